"""The 24 official languages of the European Union, and what Django doesn't know of them."""

from django.conf.locale import LANG_INFO

# Code and the language's own name, in the order the EU uses (by own name, Latin alphabet).
LANGUAGES = [
    ("bg", "български"),
    ("es", "español"),
    ("cs", "čeština"),
    ("da", "dansk"),
    ("de", "Deutsch"),
    ("et", "eesti"),
    ("el", "ελληνικά"),
    ("en", "English"),
    ("fr", "français"),
    ("ga", "Gaeilge"),
    ("hr", "hrvatski"),
    ("it", "italiano"),
    ("lv", "latviešu"),
    ("lt", "lietuvių"),
    ("hu", "magyar"),
    ("mt", "Malti"),
    ("nl", "Nederlands"),
    ("pl", "polski"),
    ("pt", "português"),
    ("ro", "română"),
    ("sk", "slovenčina"),
    ("sl", "slovenščina"),
    ("fi", "suomi"),
    ("sv", "svenska"),
]
CODES = [code for code, _ in LANGUAGES]
NAMES = dict(LANGUAGES)

LANG_INFO.setdefault("mt", {"bidi": False, "code": "mt", "name": "Maltese", "name_local": "Malti"})


def name_in(code: str, language: str) -> str:
    """The name of language `code` as readers of `language` write it: name_in("pt", "fi") == "portugali"."""
    from babel import Locale

    return Locale(language).languages.get(code) or NAMES.get(code, code)
