"""The language a record is written in: what its file says where the text doesn't speak against it, else what the text says."""

from functools import lru_cache

from babel.languages import get_official_languages

from portal.languages import CODES

SPEAKS = 60  # letters below which a text says too little against what its file declares
SURE = 0.98
BONUS = 6.0  # how much likelier the languages of the country are


def language_of(text: str, declared: str, country: str) -> str:
    """One of the 24, always."""
    letters = sum(sign.isalpha() for sign in text)
    if declared in CODES and letters < SPEAKS:
        return declared
    found, share = _detected(text[:4000], country)
    if declared in CODES and (share < SURE or found == declared):
        return declared
    return found


def _detected(text: str, country: str) -> tuple[str, float]:
    local = set(get_official_languages(country, de_facto=True)) if country else set()
    weighed = {code: share * (BONUS if code in local else 1.0) for code, share in likelihoods(text).items()}
    best = max(weighed, key=weighed.get)
    return best, weighed[best] / sum(weighed.values())


def likelihoods(text: str) -> dict[str, float]:
    """How likely each of the 24 languages is, judged by the text alone; together 1."""
    return dict(_identifier().rank(text))


@lru_cache(maxsize=1)
def _identifier():
    """Loaded on first use: a second and 60 MB."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(CODES)
    return identifier
