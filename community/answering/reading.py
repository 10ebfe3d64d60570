"""What the answering part of a thread's page, and a member's own page, show."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from community.answering import asking, claims, matching, permissions, querysets, wording
from community.answering.candidates import Pool, willing
from community.models import Ask, Attention, Routing, Thread
from people.models import User

OPEN = (Ask.State.ASKED, Ask.State.TAKEN)


@dataclass(frozen=True)
class Standing:
    """How far one question is, as one reader may see it."""

    thread: Thread
    asked: int
    holder: Ask | None
    mine: Ask | None
    reasons: list[str]
    waits: bool
    is_late: bool
    given_up: bool
    may_take: bool
    may_ask_others: bool
    is_author: bool
    asks_author: bool

    @property
    def is_holder(self) -> bool:
        return self.holder is not None and self.mine is not None and self.holder.pk == self.mine.pk


@dataclass(frozen=True)
class Row:
    ask: Ask
    thread: Thread
    reasons: list[str]


@dataclass(frozen=True)
class Suggestion:
    person: User
    reasons: list[str]


def standing(thread: Thread, viewer, now: datetime | None = None) -> Standing:
    """A constant number of queries."""
    now = now or timezone.now()
    asks = list(Ask.objects.filter(thread=thread).select_related("person"))
    routing = Routing.objects.filter(thread=thread).first()
    waits = claims.waits(thread)
    holder = next((ask for ask in asks if ask.state == Ask.State.TAKEN and ask.due_at > now), None) if waits else None
    mine = next((ask for ask in asks if ask.person_id == viewer.pk), None)
    is_author = permissions.may_decide_on(viewer, thread)
    return Standing(
        thread=thread,
        asked=sum("volunteer" not in ask.reasons for ask in asks),
        holder=holder,
        mine=mine,
        reasons=wording.reasons(mine.reasons) if mine and mine.state in OPEN else [],
        waits=waits,
        is_late=waits and is_late(thread, routing, now),
        given_up=bool(routing and routing.given_up_at),
        may_take=waits and holder is None and permissions.may_take_on(viewer, thread),
        may_ask_others=waits and permissions.may_ask_others(viewer, thread),
        is_author=is_author,
        asks_author=bool(waits and is_author and routing and routing.author_asked_at and not routing.given_up_at),
    )


def is_late(thread: Thread, routing: Routing | None, now: datetime) -> bool:
    """A clinic without its first answer three days after it began."""
    began = routing.opened_at if routing else thread.created_at
    return thread.kind == Thread.Kind.CLINIC and now > began + claims.EXPERT_HOLDS


def mine(person: User) -> dict:
    rows = [Row(ask, ask.thread, wording.reasons(ask.reasons)) for ask in querysets.asks_of(person)]
    return {
        "taken": [row for row in rows if row.ask.state == Ask.State.TAKEN],
        "asked": [row for row in rows if row.ask.state == Ask.State.ASKED],
        "answered": querysets.answered_by(person)[:10],
        "takes_questions": Attention.objects.filter(person=person, takes_questions=True).exists(),
        "is_willing": willing().filter(pk=person.pk).exists(),
    }


def suggestions(thread: Thread, wanted: int = 10) -> list[Suggestion]:
    """By the same matching that asks people; without who was asked already. What they share is said, not whence it is known."""
    now = timezone.now()
    pool = Pool(now)
    routing = Routing.objects.filter(thread=thread).first()
    question = matching.question_of(thread, routing.languages if routing else [])
    before = set(Ask.objects.filter(thread=thread).values_list("person", flat=True))
    among = asking.may_answer_in(thread)
    found = matching.best(question, pool, now, wanted=wanted, without=before, among=among)
    people = User.objects.select_related("country").in_bulk([match.person for match in found])
    return [Suggestion(people[match.person], wording.shared(match.reasons)) for match in found]
