"""Countries and languages as concept schemes, named in 24 languages by the Unicode CLDR that Babel carries."""

import hashlib

import babel
from babel import Locale

from portal.languages import CODES
from vocabularies.skos import ConceptData, SchemeData

BASE = "urn:praxis"

EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
EFTA = "CH IS LI NO"
CANDIDATES = "AL BA GE MD ME MK RS TR UA XK"
NEIGHBOURS = "AD AM AZ BY GB MC SM VA"
# Names people search by that CLDR doesn't hold as the usual name
ALSO = {
    "GR": ["EL", "Hellas"],
    "GB": ["UK", "England", "Scotland", "Wales"],
    "CZ": ["Czech Republic"],
    "NL": ["Holland"],
}


def countries() -> SchemeData:
    """EU first, then EFTA, candidates, neighbours and the rest of the world: ISO 3166-1 alpha-2."""
    first = f"{EU} {EFTA} {CANDIDATES} {NEIGHBOURS}".split()
    territories = Locale("en").territories
    rest = sorted(code for code in territories if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES)
    codes = first + [code for code in rest if code not in first]
    return _scheme("country", codes, lambda locale: locale.territories, _COUNTRY_TITLES, ALSO)


def languages() -> SchemeData:
    """The 24 official languages first, then others taught or spoken in European schools: ISO 639-1."""
    rest = (
        "ar be bs ca cy eo eu fa fy gd gl he hy is ja ka kk kl ko lb mk mn no oc ru rm se so sq sr sw ti tr uk ur vi zh"
    )
    codes = CODES + rest.split()
    return _scheme("language", codes, lambda locale: locale.languages, _LANGUAGE_TITLES, {})


_NOT_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}


def _scheme(notation: str, codes: list[str], names_of, titles: dict, also: dict) -> SchemeData:
    names = {code: names_of(Locale(code)) for code in CODES}
    concepts = []
    for position, code in enumerate(codes, 1):
        labels = {(language, "pref", names[language][code]) for language in CODES if code in names[language]}
        labels |= {("en", "hidden", text) for text in also.get(code, [])}
        concepts.append(ConceptData(f"{BASE}:{notation}:{code}", code, position, labels))
    digest = hashlib.sha256(repr((babel.__version__, [(c.notation, sorted(c.labels)) for c in concepts])).encode())
    return SchemeData(
        f"{BASE}:{notation}", notation, f"cldr-babel-{babel.__version__}", titles, {}, concepts, digest.hexdigest()
    )


_COUNTRY_TITLES = dict(
    bg="Държави", cs="Země", da="Lande", de="Länder", el="Χώρες", en="Countries", es="Países", et="Riigid",
    fi="Maat", fr="Pays", ga="Tíortha", hr="Države", hu="Országok", it="Paesi", lt="Šalys", lv="Valstis",
    mt="Pajjiżi", nl="Landen", pl="Kraje", pt="Países", ro="Țări", sk="Krajiny", sl="Države", sv="Länder",
)  # fmt: skip
_LANGUAGE_TITLES = dict(
    bg="Езици", cs="Jazyky", da="Sprog", de="Sprachen", el="Γλώσσες", en="Languages", es="Idiomas", et="Keeled",
    fi="Kielet", fr="Langues", ga="Teangacha", hr="Jezici", hu="Nyelvek", it="Lingue", lt="Kalbos", lv="Valodas",
    mt="Lingwi", nl="Talen", pl="Języki", pt="Línguas", ro="Limbi", sk="Jazyky", sl="Jeziki", sv="Språk",
)  # fmt: skip
