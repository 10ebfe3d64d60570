"""Mails as members' programs write them when somebody answers."""

from email.message import EmailMessage
from itertools import count

from django.conf import settings

from community.attention.replying import addresses
from community.attention.replying.addresses import Target
from community.models import Thread
from people.models import User

_numbers = count(1)
ADDRESS = "Praxis <reply+8-4-3-abcdefghijklmnop@praxis.example.org>"
QUOTED = """> --- Answer above this line ---
>
> Teresa answered you: Radio lessons
>
> We did it on Fridays.
"""

# How programs in the 24 languages announce what they quote.
ANNOUNCEMENTS = {
    "bg": f"На пн, 23.11.2026 г. в 17:24 ч. {ADDRESS} написа:",
    "cs": f"po 23. 11. 2026 v 17:24 odesílatel {ADDRESS} napsal:",
    "da": f"Den man. 23. nov. 2026 kl. 17.24 skrev {ADDRESS}:",
    "de": f"Am Mo., 23. Nov. 2026 um 17:24 Uhr schrieb {ADDRESS}:",
    "el": f"Στις Δευ 23 Νοε 2026 στις 5:24 μ.μ., ο χρήστης {ADDRESS} έγραψε:",
    "en": f"On Mon, Nov 23, 2026 at 5:24 PM {ADDRESS} wrote:",
    "es": f"El lun, 23 nov 2026 a las 17:24, {ADDRESS} escribió:",
    "et": f"Kuupäev E, 23. november 2026 kell 17:24 kirjutas {ADDRESS}:",
    "fi": f"ma 23. marrask. 2026 klo 17.24 {ADDRESS} kirjoitti:",
    "fr": f"Le lun. 23 nov. 2026 à 17:24, {ADDRESS} a écrit :",
    "ga": f"Ar Luan 23 Samh 2026 ag 17:24, scríobh {ADDRESS}:",
    "hr": f"pon, 23. stu 2026. u 17:24 {ADDRESS} napisao je:",
    "hu": f"{ADDRESS} ezt írta (időpont: 2026. nov. 23., H, 17:24):",
    "it": f"Il giorno lun 23 nov 2026 alle ore 17:24 {ADDRESS} ha scritto:",
    "lt": f"2026-11-23, pr, 17:24 {ADDRESS} rašė:",
    "lv": f"pirmd., 2026. g. 23. nov., plkst. 17:24 — lietotājs {ADDRESS} rakstīja:",
    "mt": f"Nhar it-Tnejn, 23 ta’ Nov 2026 fil-17:24, {ADDRESS} kiteb:",
    "nl": f"Op ma 23 nov 2026 om 17:24 schreef {ADDRESS}:",
    "pl": f"pon., 23 lis 2026 o 17:24 {ADDRESS} napisał(a):",
    "pt": f"{ADDRESS} escreveu (segunda, 23/11/2026 à(s) 17:24):",
    "ro": f"În lun., 23 nov. 2026 la 17:24, {ADDRESS} a scris:",
    "sk": f"po 23. 11. 2026 o 17:24 {ADDRESS} napísal(a):",
    "sl": f"V V pon., 23. nov. 2026 ob 17:24 je oseba {ADDRESS} napisala:",
    "sv": f"Den mån 23 nov. 2026 kl 17:24 skrev {ADDRESS}:",
}

# Outlook's block above the mail: from, sent, to, subject.
BLOCKS = {
    "bg": ("От", "Изпратено", "До", "Тема"),
    "cs": ("Od", "Odesláno", "Komu", "Předmět"),
    "da": ("Fra", "Sendt", "Til", "Emne"),
    "de": ("Von", "Gesendet", "An", "Betreff"),
    "el": ("Από", "Στάλθηκε", "Προς", "Θέμα"),
    "en": ("From", "Sent", "To", "Subject"),
    "es": ("De", "Enviado", "Para", "Asunto"),
    "et": ("Saatja", "Saadetud", "Adressaat", "Teema"),
    "fi": ("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"),
    "fr": ("De", "Envoyé", "À", "Objet"),
    "ga": ("Ó", "Seolta", "Chuig", "Ábhar"),
    "hr": ("Šalje", "Poslano", "Prima", "Predmet"),
    "hu": ("Feladó", "Elküldve", "Címzett", "Tárgy"),
    "it": ("Da", "Inviato", "A", "Oggetto"),
    "lt": ("Nuo", "Išsiųsta", "Kam", "Tema"),
    "lv": ("No", "Nosūtīts", "Kam", "Tēma"),
    "mt": ("Minn", "Mibgħut", "Lil", "Suġġett"),
    "nl": ("Van", "Verzonden", "Aan", "Onderwerp"),
    "pl": ("Od", "Wysłano", "Do", "Temat"),
    "pt": ("De", "Enviado", "Para", "Assunto"),
    "ro": ("De la", "Trimis", "Către", "Subiect"),
    "sk": ("Od", "Odoslané", "Komu", "Predmet"),
    "sl": ("Od", "Poslano", "Za", "Zadeva"),
    "sv": ("Från", "Skickat", "Till", "Ämne"),
}


def outlook_block(language: str) -> str:
    sender, sent, to, subject = BLOCKS[language]
    return f"""{sender}: {ADDRESS}
{sent}: 23.11.2026 17:24
{to}: Teresa Valadares <teresa@example.org>
{subject}: Re: Radio lessons

Teresa answered you: Radio lessons

We did it on Fridays.
"""


def an_answer(
    person: User, thread: Thread, text: str = "We did it twice.", *, html: str = "", **headers
) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = f"{person.name} <{person.email}>"
    mail["To"] = addresses.address_of(Target(person.pk, thread.pk, 0)) if settings.PRAXIS_REPLY_ADDRESS else ""
    mail["Subject"] = f"Re: {thread.title}"
    mail["Message-ID"] = f"<answer{next(_numbers)}@mail.example.org>"
    for name, value in headers.items():
        name = name.replace("_", "-")
        del mail[name]
        if value:
            mail[name] = value
    if text or not html:
        mail.set_content(text)
    if html and text:
        mail.add_alternative(html, subtype="html")
    elif html:
        mail.set_content(html, subtype="html")
    return mail
