"""Who fits a question: shared concepts, language, past help, and who was asked least lately."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from community.answering.candidates import AT_MOST, LATELY, SURENESS, WEEK, Candidate, Pool
from community.models import Routing, Thread
from search.concepts import concepts_in
from vocabularies import labels
from vocabularies.models import Concept

Reach = Routing.Reach
WEIGHTS = {"factor": 3.0, "topic": 3.0, "level": 1.0, "country": 1.0}  # of a shared concept, by its scheme
OTHER = 1.5
WEAK = {"level", "country"}  # alone they say little: nearly everybody teaches at some level in some country
FROM_TEXT = ("factor", "topic", "level")
WRITES, RELATED, HELPED = 1.25, 0.4, 0.5
SHOWN = 3  # reasons


@dataclass(frozen=True)
class Question:
    """What matching has to know of a thread."""

    pk: int
    author: int | None
    language: str
    languages: tuple[str, ...]  # in which an answer is welcome, its own first
    concepts: dict[int, str]  # concept -> scheme
    topics: tuple[str, ...]  # what members mute


@dataclass(frozen=True)
class Match:
    person: int
    reach: str
    reasons: dict


def question_of(thread: Thread, further: list[str] = ()) -> Question:
    concepts = dict(thread.concepts.values_list("pk", "scheme__notation")) or _in_text(thread)
    topics = [f"thread:{thread.pk}", *(f"concept:{pk}" for pk in concepts)]
    if thread.group_id:
        topics.append(f"group:{thread.group_id}")
    languages = tuple(dict.fromkeys([thread.language, *further]))
    return Question(thread.pk, thread.author_id, thread.language, languages, concepts, tuple(topics))


def _in_text(thread: Thread) -> dict[int, str]:
    """Where its author declared none, the concepts its words name."""
    opening = thread.posts.filter(number=1).values_list("source", flat=True).first() or ""
    text = "\n".join([thread.title, opening, thread.situation, thread.tried, thread.constraints])
    found = {}
    for path, _words in concepts_in(text, thread.language, FROM_TEXT):
        scheme, _slash, notation = path.partition("/")
        value = labels.values(scheme, "en").get(notation)
        if value:
            found[value.pk] = scheme
    return found


def best(
    question: Question, pool: Pool, now: datetime, *, wanted: int, without: set[int], among: set[int] | None = None
):
    """The best first, the nearest reach before all others; `among` are those who may answer there, None: everybody."""
    away = without | pool.barred.get(question.author, set()) | {question.author}
    away = away.union(*(pool.muted.get(topic, ()) for topic in question.topics))
    readers = set().union(*(pool.readers.get(language, ()) for language in question.languages)) - away
    readers = readers if among is None else readers & among
    free = {pk for pk in readers if pool.people[pk].was_asked_since(now - WEEK) < AT_MOST}
    matches: list[Match] = []
    for reach, weights in _reaches(question, pool):
        found = free if reach == Reach.LANGUAGE else free & _holders(pool, weights)
        ranked = sorted(
            (-_score(pool.people[pk], weights, question, now), _shuffled(pk, question.pk), pk) for pk in found
        )
        chosen = [pool.people[pk] for _score_of, _order, pk in ranked[: wanted - len(matches)]]
        matches += [Match(one.pk, reach, _reasons(one, weights, question, reach)) for one in chosen]
        free = free - found
        if len(matches) >= wanted:
            break
    return matches


def _reaches(question: Question, pool: Pool) -> Iterator[tuple[str, dict[int, float]]]:
    """Each step with the concepts that count in it and their weights; what it costs is paid only when it is needed."""
    weights = {pk: _weight(pk, scheme, pool) for pk, scheme in question.concepts.items()}
    if not weights:
        yield Reach.LANGUAGE, {}
        return
    strong = {pk: weight for pk, weight in weights.items() if question.concepts[pk] not in WEAK}
    yield Reach.MATCH, strong or weights
    related = _related(set(strong))
    yield Reach.BROADER, {pk: RELATED * _weight(pk, scheme, pool) for pk, scheme in related.items()}
    yield Reach.ANY, weights


def _weight(concept: int, scheme: str, pool: Pool) -> float:
    """What few know says more of them."""
    holders = len(pool.holders.get(concept, ()))
    return WEIGHTS.get(scheme, OTHER) * math.log(1 + len(pool.people) / (holders + 1))


def _related(concepts: set[int]) -> dict[int, str]:
    """The broader ones, the narrower ones, and their sisters."""
    if not concepts:
        return {}
    above = set(Concept.objects.filter(pk__in=concepts, broader__isnull=False).values_list("broader", flat=True))
    near = Concept.objects.filter(Q(pk__in=above) | Q(broader__in=above | concepts)).exclude(pk__in=concepts)
    return dict(near.values_list("pk", "scheme__notation"))


def _holders(pool: Pool, weights: dict[int, float]) -> set[int]:
    return set().union(*(pool.holders.get(concept, ()) for concept in weights))


def _score(one: Candidate, weights: dict[int, float], question: Question, now: datetime) -> float:
    score = 1 + sum(_shared(one, weights).values())
    if one.helped:
        score += HELPED * math.log1p(sum(one.helped[pk] for pk in question.concepts))
    score *= WRITES if _language(one, question) in one.writes else 1
    return score / (1 + one.was_asked_since(now - LATELY))


def _shared(one: Candidate, weights: dict[int, float]) -> dict[int, float]:
    return {pk: weight * SURENESS[one.knows[pk]] for pk, weight in weights.items() if pk in one.knows}


def _language(one: Candidate, question: Question) -> str:
    """The one she is asked in, her best."""
    common = [language for language in question.languages if language in one.reads]
    return next((language for language in common if language in one.writes), common[0])


def _reasons(one: Candidate, weights: dict[int, float], question: Question, reach: str) -> dict:
    """The weightiest, by how one knows them, to be put into words when they are shown."""
    shared, language = _shared(one, weights), _language(one, question)
    reasons: dict = {"reach": str(reach), "language": language, "writes": language in one.writes}
    for concept in sorted(shared, key=shared.get, reverse=True)[:SHOWN]:
        reasons.setdefault(one.knows[concept], []).append(concept)
    return reasons


def _shuffled(person: int, question: int) -> int:
    """An order of its own for each question, else equals would always be asked in the order they joined."""
    return (person * 2654435761 + question * 40503) % 4294967291
