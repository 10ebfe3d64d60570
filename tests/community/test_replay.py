"""A year of questions: nearly all of them reach five suitable people within an hour, and nobody is asked too often.

Who is suitable is judged here by a rule of its own: she shares a declared concept with the question and reads its language.
"""

import random
from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from community.answering import routing
from community.answering.candidates import Pool
from community.models import Ask, Attention, Post, Routing, Thread, Watch
from people.models import User
from vocabularies.models import Concept

MEMBERS, QUESTIONS = 2000, 1500
WILLING, WATCHING, ANSWERING = 0.6, 0.05, 0.3  # shares: of members; of interests watched too; of asks answered
START = datetime(2025, 9, 1, tzinfo=UTC)
YEAR, WEEK, HOUR = timedelta(days=365), timedelta(days=7), timedelta(hours=1)
PACE = timedelta(minutes=30)  # the worker's: far slower than in life
# Speakers are not spread evenly, nor is any language so small that it has none.
LANGUAGES = {
    "de": 14, "fr": 12, "it": 10, "es": 10, "pl": 8, "ro": 6, "nl": 5, "pt": 5, "el": 4, "cs": 4, "hu": 4, "sv": 4, "bg": 3,
    "da": 3, "fi": 3, "sk": 3, "en": 3, "hr": 3, "lt": 3, "sl": 2, "lv": 2, "et": 2, "ga": 2, "mt": 2,
}  # fmt: skip


@dataclass
class World:
    interests: dict[int, set[int]]
    reads: dict[int, set[str]]
    willing: set[int]
    watches: dict[int, set[int]]


@pytest.fixture
def chance():
    return random.Random(20250901)


def _members(chance: random.Random) -> World:
    concepts = list(Concept.objects.filter(scheme__notation__in=("factor", "topic")).order_by("pk"))
    weights = [1 / (rank + 1) for rank in range(len(concepts))]  # a few topics are everybody's, many are few people's
    people = []
    for number in range(MEMBERS):
        languages = _languages(chance)
        people.append(
            User(
                email=f"p{number}@example.org",
                password="!",
                name=f"P {number}",
                languages=languages,
                language=languages[0],
                adult_confirmed_at=START,
            )
        )
    people = User.objects.bulk_create(people)
    interests = {
        person.pk: {one.pk for one in chance.choices(concepts, weights, k=chance.randint(6, 14))} for person in people
    }
    willing = {person.pk for person in people if chance.random() < WILLING}
    watches = {pk: {one for one in own if chance.random() < WATCHING} for pk, own in interests.items()}
    through = User.interests.through
    through.objects.bulk_create(
        through(user_id=pk, concept_id=one) for pk, own in interests.items() for one in sorted(own)
    )
    Attention.objects.bulk_create(Attention(person_id=pk, takes_questions=True) for pk in sorted(willing))
    Watch.objects.bulk_create(
        Watch(person_id=pk, topic=f"concept:{one}", level=Watch.Level.WATCHING)
        for pk, own in watches.items()
        for one in sorted(own)
    )
    return World(interests, {person.pk: set(person.languages) for person in people}, willing, watches)


def _languages(chance: random.Random) -> list[str]:
    """Her own; English for most; sometimes a third."""
    own = chance.choices(list(LANGUAGES), LANGUAGES.values())[0]
    more = ["en"] if chance.random() < 0.6 else []
    more += chance.choices(list(LANGUAGES), LANGUAGES.values()) if chance.random() < 0.25 else []
    return list(dict.fromkeys([own, *more]))


def _questions(chance: random.Random, world: World) -> dict[int, tuple[datetime, str, set[int]]]:
    """thread -> (when, language, concepts). Who asks is one of the members: about her interests, in her language."""
    authors = chance.choices(sorted(world.interests), k=QUESTIONS)
    moments = sorted(START + YEAR * chance.random() for _number in range(QUESTIONS))
    rows, about = [], []
    for number, (author, at) in enumerate(zip(authors, moments, strict=True)):
        language = chance.choice(sorted(world.reads[author]))
        about.append(set(chance.sample(sorted(world.interests[author]), k=min(2, len(world.interests[author])))))
        rows.append(
            Thread(
                kind="question",
                title=f"Question {number}",
                language=language,
                author_id=author,
                created_at=at,
                last_post_at=at,
                post_count=1,
                last_number=1,
            )
        )
    threads = Thread.objects.bulk_create(rows)
    through = Thread.concepts.through
    through.objects.bulk_create(
        through(thread_id=thread.pk, concept_id=one)
        for thread, own in zip(threads, about, strict=True)
        for one in sorted(own)
    )
    Post.objects.bulk_create(
        Post(thread=thread, number=1, author_id=thread.author_id, language=thread.language, source="?", html="?", created_at=thread.created_at)
        for thread in threads
    )  # fmt: skip
    Routing.objects.bulk_create(
        Routing(thread=thread, opened_at=thread.created_at, look_at=thread.created_at) for thread in threads
    )
    return {thread.pk: (thread.created_at, thread.language, own) for thread, own in zip(threads, about, strict=True)}


def _live(chance: random.Random) -> None:
    """The worker's turns of a year; in this world nobody joins or leaves, so who they are is read once."""
    now, pool = START, Pool(START)
    while now < START + YEAR + HOUR:
        due = (
            Routing.objects.filter(look_at__isnull=False).order_by("look_at").values_list("look_at", flat=True).first()
        )
        if due is None:
            break
        now = max(now + PACE, START + PACE * -(-(due - START) // PACE))
        routing.turn(now, pool)
        _some_answer(chance, now)


def _some_answer(chance: random.Random, now: datetime) -> None:
    """Each asked person answers or doesn't; who does, does it before the next turn."""
    asks = Ask.objects.filter(state=Ask.State.ASKED, asked_at=now).order_by("pk").values_list("thread", flat=True)
    answered = {thread for thread in asks if chance.random() < ANSWERING}
    if answered:
        Thread.objects.filter(pk__in=answered).update(first_answer_at=now)
        Ask.objects.filter(thread__in=answered).update(state=Ask.State.SETTLED, due_at=None)
        Routing.objects.filter(thread__in=answered).update(look_at=None)


def _share(questions, reached) -> float:
    """Of questions that reached five suitable people; `reached(thread)` gives who saw it within the hour."""
    return sum(len(reached(thread)) >= 5 for thread in questions) / len(questions)


@pytest.mark.slow
def test_a_year_of_questions_reaches_people_and_nobody_too_often(db, chance, capsys):
    world = _members(chance)
    questions = _questions(chance, world)
    authors = dict(Thread.objects.values_list("pk", "author"))

    _live(chance)

    def is_suitable(person: int, thread: int) -> bool:
        _at, language, concepts = questions[thread]
        shares = bool(world.interests[person] & concepts)
        return shares and language in world.reads[person] and person != authors[thread]

    within: dict[int, set[int]] = {}
    moments: dict[int, list[datetime]] = {}
    for thread, person, at in Ask.objects.order_by("asked_at").values_list("thread", "person", "asked_at"):
        moments.setdefault(person, []).append(at)
        if at <= questions[thread][0] + HOUR and is_suitable(person, thread):
            within.setdefault(thread, set()).add(person)
    watching = {
        thread: {person for person, own in world.watches.items() if own & concepts and is_suitable(person, thread)}
        for thread, (_at, _language, concepts) in questions.items()
    }
    most = max(
        len(own[bisect_left(own, at - WEEK) : number + 1]) for own in moments.values() for number, at in enumerate(own)
    )
    with_routing = _share(questions, lambda thread: within.get(thread, set()))
    without = _share(questions, lambda thread: watching[thread])
    possible = _share(questions, lambda thread: [one for one in world.willing if is_suitable(one, thread)])
    asks = sorted((len(own) for own in moments.values()), reverse=True)
    tenth = sum(asks[: len(world.willing) // 10]) / sum(asks)
    with capsys.disabled():
        print(
            f"\n{len(questions)} questions of {MEMBERS} members, {len(world.willing)} willing: {with_routing:.1%} reached "
            f"five suitable people within an hour (five exist for {possible:.1%}); with routing off {without:.1%}. "
            f"{sum(asks)} asks of {len(asks)} people, at most {most} in seven days; the busiest tenth had {tenth:.0%}."
        )

    assert with_routing >= 0.95
    assert with_routing >= possible - 0.02
    assert most <= 2
    assert set(moments) <= world.willing
    assert without < with_routing - 0.3
