"""Why somebody was asked, in the reader's words."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from community.answering.candidates import COUNTRY, DISCUSSED, INTERESTS, WRITTEN
from portal.languages import name_in
from vocabularies import labels


def reasons(data: dict) -> list[str]:
    """Of an Ask, to the one who was asked."""
    said = [sentence % {"topics": _named(data[key])} for key, sentence in _by_topics().items() if data.get(key)]
    return said + _others(data)


def _by_topics() -> dict[str, str]:
    return {
        WRITTEN: _("because you wrote about %(topics)s"),
        DISCUSSED: _("because you discussed %(topics)s"),
        INTERESTS: _("because %(topics)s is among your interests"),
        COUNTRY: _("because you work in %(topics)s"),
    }


def _others(data: dict) -> list[str]:
    said = []
    if language := data.get("language"):
        sentence = _("because you write %(language)s") if data.get("writes") else _("because you read %(language)s")
        said.append(sentence % {"language": name_in(language, get_language() or "en")})
    if data.get("reach") == "moderators":
        said.append(_("because you moderate this group"))
    if data.get("by_hand"):
        said.append(_("because a moderator thought of you"))
    if data.get("expert"):
        said.append(_("because a moderator chose you as the expert"))
    if data.get("volunteer"):
        said.append(_("because you offered it"))
    return said


def _named(concepts: list[int]) -> str:
    return ", ".join(labels.label_of(pk, get_language()) for pk in concepts)


def shared(data: dict) -> list[str]:
    """What somebody has in common with a question, to a moderator: not whence the portal knows it."""
    concepts = [pk for key in (WRITTEN, DISCUSSED, INTERESTS) for pk in data.get(key, [])]
    language = name_in(data["language"], get_language() or "en")
    return [*(labels.label_of(pk, get_language()) for pk in concepts), language]
