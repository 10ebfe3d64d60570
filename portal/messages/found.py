"""Messages as the sources hold them, and those Django and allauth leave untranslated."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import polib
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

from portal import env

PACKAGES = ("portal", "vocabularies", "people", "search", "practices", "community")
KEYWORDS = {
    "_": None, "_l": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip

# What of Django and allauth a visitor or member can come to read.
BORROWED = {
    "django/conf": ("core/validators", "django/forms/", "utils/dates", "utils/timesince", "utils/dateformat", "template/defaultfilters"),
    "django/contrib/auth": ("contrib/auth/password_validation",),
    "allauth": ("account/", "mfa/", "usersessions/", "core/", "templates/account", "templates/mfa", "templates/usersessions", "templates/allauth"),
}  # fmt: skip
NOT_SHOWN = ("socialaccount", "openid", "idp/", "headless", "management/", "admin.py", "phone")
NOT_ASKED = (
    "IPv",
    "multiple of step",
    "%(protocol)s",
    "comma",
    "JSON",
    "UUID",
    "slug",
)  # kinds of field no public form has


@dataclass(frozen=True)
class Message:
    msgid: str
    plural: str = ""
    context: str = ""
    where: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        return (self.context, self.msgid)


def own() -> list[Message]:
    """Every message of the portal's own packages, once, in a stable order."""
    found: dict[tuple[str, str], Message] = {}
    for path in _sources():
        where = path.relative_to(env.ROOT).as_posix()
        for context, msgid, plural in _in_file(path):
            have = found.get((context, msgid))
            places = tuple(sorted({*(have.where if have else ()), where}))
            found[context, msgid] = Message(msgid, plural or (have.plural if have else ""), context, places)
    return sorted(found.values(), key=lambda message: (message.where[0], message.msgid, message.context))


def borrowed(language: str) -> list[Message]:
    """Messages of Django and allauth that a reader may meet and that their own catalogues lack in `language`."""
    lacking = []
    for package, wanted in BORROWED.items():
        english = _catalogue(package, "en")
        translated = {
            (entry.msgctxt or "", entry.msgid) for entry in _catalogue(package, language) if entry.translated()
        }
        for entry in english:
            places = [place for place, _line in entry.occurrences]
            shown = any(_is_shown(place, wanted) for place in places)
            key = (entry.msgctxt or "", entry.msgid)
            if any(kind in entry.msgid for kind in NOT_ASKED):
                continue
            if shown and key not in translated and not entry.obsolete:
                lacking.append(Message(entry.msgid, entry.msgid_plural, entry.msgctxt or "", (package,)))
    return sorted({message.key: message for message in lacking}.values(), key=lambda message: message.key)


def _is_shown(place: str, wanted: tuple[str, ...]) -> bool:
    return any(part in place for part in wanted) and not any(part in place for part in NOT_SHOWN)


def _catalogue(package: str, language: str) -> list[polib.POEntry]:
    root = Path(find_spec(package.split("/")[0]).submodule_search_locations[0]).parent / package / "locale"
    country = {"pt": "pt_PT", "hr": "hr_HR", "sk": "sk_SK"}.get(language, language)
    for name in (language, country):
        path = root / name / "LC_MESSAGES" / "django.po"
        if path.exists():
            return list(polib.pofile(str(path)))
    return []


def _sources() -> Iterator[Path]:
    for package in PACKAGES:
        for path in sorted((env.ROOT / package).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts and path.is_file():
                yield path


def _in_file(path: Path) -> Iterator[tuple[str, str, str]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        if "templates" not in path.parts:
            return
        # templatize makes Python-like lines out of a template; their indentation means nothing.
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    options = {"encoding": "utf-8"}
    for _line, function, messages, _comments in extract_python(io.BytesIO(text.encode()), KEYWORDS, [], options):
        yield from _parts(function, messages)


def _parts(function: str, messages) -> Iterator[tuple[str, str, str]]:
    parts = [messages] if isinstance(messages, str) else list(messages)
    context = parts.pop(0) if "pgettext" in function and parts else ""
    if parts and isinstance(parts[0], str) and parts[0]:
        plural = parts[1] if function.startswith("n") and len(parts) > 1 else ""
        yield context or "", parts[0], plural or ""
