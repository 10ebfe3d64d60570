"""The catalogues in locale/: brought up to date with the sources, filled by translators, checked, compiled."""

import re
from dataclasses import dataclass
from pathlib import Path

import polib

from portal import env
from portal.languages import CODES
from portal.messages import found, plurals

LANGUAGES = [code for code in CODES if code != "en"]
NAMED = re.compile(r"%\((\w+)\)[sdf]")
BRACED = re.compile(r"(?<!\{)\{(\w*)\}(?!\})")
TAG = re.compile(r"</?[a-zA-Z][^>]*>")


@dataclass(frozen=True)
class Fault:
    language: str
    msgid: str
    message: str

    def __str__(self) -> str:
        return f"{self.language}: “{self.msgid[:80]}”: {self.message}"


def path(language: str) -> Path:
    return env.ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def wanted(language: str, own: list[found.Message]) -> list[found.Message]:
    have = {message.key for message in own}
    return own + [message for message in found.borrowed(language) if message.key not in have]


def update(language: str, own: list[found.Message]) -> polib.POFile:
    """Add what is new, drop what is gone, keep every translation."""
    old = {(entry.msgctxt or "", entry.msgid): entry for entry in _read(language)}
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Project-Id-Version": "Praxis",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plurals.rule(language),
    }
    for message in wanted(language, own):
        catalogue.append(_entry(message, old.get(message.key), language))
    path(language).parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path(language)))
    return catalogue


def todo(language: str) -> list[dict]:
    """What a translator has to write, numbered; plural forms with a number for which each is used."""
    rows = []
    for number, entry in enumerate(_read(language)):
        if entry.translated():
            continue
        row = {"n": number, "msgid": entry.msgid}
        if entry.msgid_plural:
            row |= {"plural": entry.msgid_plural, "forms_for": list(plurals.examples(language))}
        if entry.msgctxt:
            row["context"] = entry.msgctxt
        rows.append(row)
    return rows


def fill(language: str, written: dict) -> list[Fault]:
    """Take over {number: text or [forms]}; what is faulty is left out and told."""
    catalogue = _read(language)
    faults = []
    for number, text in written.items():
        entry = catalogue[int(number)]
        before = (entry.msgstr, dict(entry.msgstr_plural))
        if entry.msgid_plural:
            forms = text if isinstance(text, list) else [text]
            entry.msgstr_plural = dict(enumerate(forms))
        else:
            entry.msgstr = text if isinstance(text, str) else text[0]
        bad = list(_faults(language, entry))
        if bad:
            entry.msgstr, entry.msgstr_plural = before
            faults += bad
    catalogue.save(str(path(language)))
    return faults


def check(own: list[found.Message]) -> list[Fault]:
    """Everything wrong with the catalogues: missing, fuzzy, broken."""
    faults = []
    for language in LANGUAGES:
        entries = {(entry.msgctxt or "", entry.msgid): entry for entry in _read(language)}
        for message in wanted(language, own):
            entry = entries.get(message.key)
            if entry is None:
                faults.append(Fault(language, message.msgid, "not in the catalogue. Run: manage.py extract_messages"))
            else:
                faults += _faults(language, entry)
    return faults


def compile_all() -> int:
    """Write the .mo files that are older than their catalogue; their number."""
    count = 0
    for language in CODES:
        source = path(language)
        target = source.with_suffix(".mo")
        if source.exists() and (not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns):
            catalogue = polib.pofile(str(source))
            new = target.with_suffix(".new")
            catalogue.save_as_mofile(str(new))
            new.replace(target)
            count += 1
    return count


def _read(language: str) -> polib.POFile:
    if path(language).exists():
        return polib.pofile(str(path(language)), wrapwidth=110)
    return polib.POFile(wrapwidth=110)


def _entry(message: found.Message, old: polib.POEntry | None, language: str) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.msgid,
        msgid_plural=message.plural,
        msgctxt=message.context or None,
        occurrences=[(place, "") for place in message.where[:3]],
        flags=["python-format"] if NAMED.search(message.msgid + message.plural) else [],
    )
    if message.plural:
        count = len(plurals.examples(language))
        kept = dict(old.msgstr_plural) if old is not None else {}
        entry.msgstr_plural = {number: kept.get(number, "") for number in range(count)}
    elif old is not None:
        entry.msgstr = old.msgstr
    return entry


def _faults(language: str, entry: polib.POEntry):
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not all(texts):
        yield Fault(language, entry.msgid, "not translated. Write it in the catalogue.")
        return
    if "fuzzy" in entry.flags:
        yield Fault(language, entry.msgid, "marked fuzzy. Read it, correct it and remove the mark.")
    if entry.msgid_plural and len(texts) != len(plurals.examples(language)):
        yield Fault(
            language, entry.msgid, f"{len(texts)} plural forms; the language has {len(plurals.examples(language))}."
        )
    for text in texts:
        yield from _broken(language, entry, text)


def _broken(language: str, entry: polib.POEntry, text: str):
    source = entry.msgid_plural or entry.msgid
    for pattern, name in ((NAMED, "placeholders"), (BRACED, "placeholders"), (TAG, "tags")):
        asked, given = set(pattern.findall(source)), set(pattern.findall(text))
        optional = {"count", "counter"} if entry.msgid_plural else set()
        if given - asked or asked - given - optional:
            shown = ", ".join(sorted(asked)) or "none"
            yield Fault(language, entry.msgid, f"its {name} differ from the source's. They must be: {shown}.")
    for edge in (str.startswith, str.endswith):
        if edge(entry.msgid, "\n") != edge(text, "\n"):
            yield Fault(language, entry.msgid, "line breaks at its ends differ from the source's.")
