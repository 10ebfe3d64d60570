"""What others say, be it a provider, a cluster or an error, as every database can keep it."""

import re

_KEPT_NOWHERE = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL takes no NUL, UTF-8 has no half of a pair


def keepable(text: str) -> str:
    return _KEPT_NOWHERE.sub(" ", text)


def what_went_wrong(error: BaseException) -> str:
    """No longer than there is room for."""
    return keepable(f"{type(error).__name__}: {error}".rstrip(": "))[:500]
