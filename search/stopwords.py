"""Words that carry no meaning of their own in a question; they need not be found."""

import unicodedata

_WORDS = {
    "bg": "и в на с от за до по при към как какво кой къде кога защо да не се са е ще или но във със че това тези",
    "cs": "a i v ve na s se z ze do po při k ke o u od pro jak co kdo kde kdy proč že je jsou být nebo ale ten ta to ty",
    "da": "og i på til fra med for af om at er var som hvad hvordan hvem hvor hvornår hvorfor den det de en et ikke eller men ved",
    "de": "und oder in im an am auf aus mit von vom zu zum zur für bei der die das den dem des ein eine einen einem einer wie was wer wo wann warum ist sind nicht als über",
    "el": "και σε στο στη στην στον στα στις στους με από για του της των το τα τη την τον οι η ο ένα μια πως πώς τι ποιος πού πότε γιατί είναι να δεν ή",
    "en": "a an and are as at be by can do for from how i in is it my of on or our that the their this to was we what when where which who why with you your not",
    "es": "y e o u en el la los las un una unos unas de del al a con por para como cómo qué que quién dónde cuándo es son no se su sus",
    "et": "ja või on ei ka kui et see need mis kes kus millal miks kuidas ning oma selle nende aga",
    "fi": "ja tai on ei se ne että kun kuin miten mitä mikä missä milloin miksi kuka sekä myös mutta ovat oli",
    "fr": "et ou en dans le la les un une des du de d l à au aux avec par pour sur comment que quoi qui où quand pourquoi est sont ne pas ce cette ces son sa ses",
    "ga": "agus nó i in sa san an na le ar ag do de ó go is tá nach ní cad conas cé cá cathain mar a bhfuil leis",
    "hr": "i ili u na s sa od do za po pri kod kako što tko gdje kada zašto je su ne se da bi o iz te a",
    "hu": "és vagy a az egy is nem hogy van volt mi ki hol mikor miért hogyan milyen de ha mint meg",
    "it": "e ed o in nel nella nei nelle il lo la i gli le un uno una di del della dei delle da dal a al alla con per su come che cosa chi dove quando perché è sono non si",
    "lt": "ir ar į iš su be nuo iki per prie po už kaip kas kur kada kodėl yra ne tai kad o bei dėl apie",
    "lv": "un vai ar no uz pie par pēc kā kas kur kad kāpēc ir nav ne tas ka bet pa ap līdz",
    "mt": "u jew fi fil f b bi bil bl fl ta tal ma mal sa sal minn mill għal għall lil lill il l id iċ in ir is it ix iz iż d ċ n r s t x z ż kif xi min fejn meta għaliex hu hi huma mhux li",
    "nl": "en of in op aan uit met van voor bij de het een te tot naar hoe wat wie waar wanneer waarom is zijn niet dat die als om",
    "pl": "i lub albo w we na z ze do od po przy dla o u jak co kto gdzie kiedy dlaczego jest są nie się że to ten ta te oraz",
    "pt": "e ou em no na nos nas o a os as um uma uns umas de do da dos das ao à aos às com por para como que quem onde quando porquê é são não se seu sua",
    "ro": "și sau în la pe cu de din dela pentru prin un o niște al ai ale cum ce cine unde când este sunt nu se că care",
    "sk": "a i alebo v vo na s so z zo do po pri k ku o od pre ako čo kto kde kedy prečo je sú nie sa že ten tá to",
    "sl": "in ali v na s z iz od do za po pri k h o kako kaj kdo kje kdaj zakaj je so ne se da ki pa tudi",
    "sv": "och eller i på till från med för av om att är var som vad hur vem när varför den det de en ett inte men vid",
}  # fmt: skip


def _as_compared(words: str, language: str) -> frozenset[str]:
    """As analysis.normalise leaves them; in Greek without accents too, for capitals have none."""
    found = words.casefold().split()
    if language == "el":
        found += (unicodedata.normalize("NFD", word).replace("\u0301", "") for word in tuple(found))
    return frozenset(found)


STOPWORDS = {language: _as_compared(words, language) for language, words in _WORDS.items()}
