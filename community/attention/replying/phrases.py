"""How mail programs announce what they quote, in the 24 languages."""

import re

WROTE = re.compile(
    r"\b(wrote|schrieb|geschrieben|a écrit|escribió|escribi[oó]|ha scritto|scrive|escreveu|schreef|geschreven|skrev|skrivit|kirjoitti"
    r"|kirjutas|rakst[iī]ja|ra[sš][eė]|para[sš][eė]|napisał|napisała|napsal|napsala|napísal|napísala|napisal|napisala|napisao|írta"
    r"|a scris|написа|написал|έγραψε|kiteb|kitbet|scríobh)\b",
    re.IGNORECASE,
)
DATE = re.compile(r"\b(19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{1,2}[:.]\d{2}\b")
FROM = re.compile(
    r"^[\s*]*(from|von|de|da|van|från|fra|lähettäjä|saatja|kellelt|no|s[uū]t[iī]t[aā]js|nuo|siunt[eė]jas|od|odesílatel|odosielateľ"
    r"|pošiljatelj|šalje|feladó|de la|expeditor|expéditeur|remitente|mittente|remetente|absender|afzender|от|από|αποστολέας"
    r"|minn|mingħand|ó)\s*:[\s*]*\S",
    re.IGNORECASE,
)
FIELD = re.compile(r"^[\s*]*[^\W\d_][^:\n@]{0,24}:[\s*]*\S")
BETWEEN_DASHES = re.compile(r"^[\s>*]*-{2,}\s*[^\W\d_].{1,80}?\s*-{2,}[\s*]*$")
UNDERLINE = re.compile(r"^\s*_{5,}\s*$")
SENT_WITH = re.compile(
    r"^[\s*_]*(sent (from|with|via)|get outlook|von meinem .+ gesendet|gesendet (von|mit|über)|envoyé (de|depuis|à partir|avec)"
    r"|obtenir outlook|télécharger outlook|outlook für|enviado (desde|do|de|a partir|con)|obter o outlook|obtener outlook|inviato da|scarica outlook"
    r"|verzonden (vanaf|met|vanuit)|verstuurd (vanaf|met)|skickat från|sendt fra|lähetetty|saadetud|nos[uū]t[iī]ts no|išsi[uų]sta iš"
    r"|wysłan[eoy] z|odesláno z|odoslané z|poslano (z|s|iz)|küldve|elküldve|trimis de pe|изпратено от|στάλθηκε από|απεστάλη από"
    r"|mibgħut|seolta ó)\b.{0,80}$",
    re.IGNORECASE,
)
