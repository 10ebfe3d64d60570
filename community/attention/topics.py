"""What can be watched, and how it is written: thread:4, group:2, concept:7, practice:<translation key>."""

from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError

from community.models import Group, Thread
from practices.models import CaseStudy
from vocabularies.models import Concept

KINDS = {Thread: "thread", Group: "group", Concept: "concept", CaseStudy: "practice"}


def of(thing) -> str:
    """A topic may be given as one already."""
    if isinstance(thing, str):
        return thing
    if isinstance(thing, CaseStudy):
        return f"practice:{thing.translation_key}"
    return f"{KINDS[type(thing)]}:{thing.pk}"


def of_thread(thread: Thread) -> list[str]:
    """Everything whose watchers hear of what happens in a thread."""
    concepts = thread.concepts.values_list("pk", flat=True)
    topics = [of(thread), *(f"concept:{pk}" for pk in concepts)]
    if thread.group_id:
        topics.append(f"group:{thread.group_id}")
    if thread.case_study_id:
        topics.append(of(thread.case_study))
    return topics


def seen_by(person, topics: Iterable[str]) -> dict[str, object]:
    """The things behind topics, as far as they are there and she may see them; one look for each kind."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for topic in topics:
        kind, _colon, key = topic.partition(":")
        by_kind[kind].append(key)
    things = (thing for kind, keys in by_kind.items() for thing in _things(kind, keys, person))
    return {of(thing): thing for thing in things}


def _things(kind: str, keys: list[str], person):
    try:
        match kind:
            case "thread":
                return list(Thread.objects.visible_to(person).filter(pk__in=keys))
            case "group":
                return list(Group.objects.visible_to(person).filter(pk__in=keys))
            case "concept":
                return list(Concept.objects.filter(pk__in=keys).select_related("scheme"))
            case "practice":
                found = CaseStudy.objects.visible_to(person).filter(translation_key__in=keys)
                return sorted(found.select_related("locale"), key=lambda study: study.is_original)
    except (ValueError, OverflowError, ValidationError):  # not the form of a key
        pass
    return []
