"""The address this installation is reached at, as its operator gave it: what is mailed or fed must not depend on who asked how."""

from urllib.parse import urlsplit

from django.conf import settings


def absolute(path: str) -> str:
    """`path` begins with a slash; an address that is whole already stays as it is."""
    return path if path.startswith(("http://", "https://")) else settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def host() -> str:
    """For what needs a name that is nobody else's: numbers of mails and of events."""
    return urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
