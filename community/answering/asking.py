"""Asking people: the memory proposes, the rows decide, so that nobody is asked whom the rules protect."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q

from community.answering import matching, moderators
from community.answering.candidates import AT_MOST, WEEK, Pool, willing
from community.answering.matching import Match
from community.attention.telling import Happening, tell
from community.models import Ask, Barrier, Membership, Notification, Routing, Thread
from community.threads import permissions
from people.models import User

WAVE, MOST = 5, 15  # people asked at once, and in all
SPARE = 3  # times as many are proposed as are wanted: some may have just been asked elsewhere
PATIENCE = {Thread.Kind.QUESTION: timedelta(days=3), Thread.Kind.CLINIC: timedelta(days=2)}
OPEN = (Ask.State.ASKED, Ask.State.TAKEN)
REACHES = list(Routing.Reach)


def missing(thread: Thread) -> int:
    return WAVE - Ask.objects.filter(thread=thread, state__in=OPEN).count()


def ask_more(routing: Routing, thread: Thread, now: datetime, pool: Pool, wanted: int) -> bool:
    """Whether as many as wanted were asked, or nobody more shall be."""
    before = set(Ask.objects.filter(thread=thread).values_list("person", flat=True))
    wanted = min(wanted, MOST - len(before))
    if wanted <= 0:
        return True
    question = matching.question_of(thread, routing.languages)
    proposed = matching.best(question, pool, now, wanted=wanted * SPARE, without=before, among=may_answer_in(thread))
    allowed = _allowed(willing(), [match.person for match in proposed], thread, now)
    chosen = [match for match in proposed if match.person in allowed][:wanted]
    if len(chosen) < wanted and thread.group_id and not routing.waves:
        chosen += _moderators(thread, now, before | {match.person for match in chosen}, wanted - len(chosen))
    _ask(routing, thread, chosen, now, pool)
    return len(chosen) >= wanted


def may_answer_in(thread: Thread) -> set[int] | None:
    """Members who may write in its group; None where everybody may."""
    if thread.group_id is None:
        return None
    rows = Membership.objects.active().filter(group=thread.group_id, group__state="active")
    return set(rows.exclude(role=Membership.Role.OBSERVER).values_list("person", flat=True))


def ask_by_hand(routing: Routing, thread: Thread, person: User, now: datetime) -> bool:
    """A moderator's choice; the limit of two a week holds for it too."""
    everybody = User.objects.filter(is_active=True, adult_confirmed_at__isnull=False)
    if person.pk not in _allowed(everybody, [person.pk], thread, now):
        return False
    _ask(routing, thread, [Match(person.pk, "", {"by_hand": True})], now, None)
    return True


def _moderators(thread: Thread, now: datetime, without: set[int], wanted: int) -> list[Match]:
    found = [pk for pk in moderators.of(thread) if pk not in without and pk != thread.author_id]
    active = User.objects.filter(is_active=True, adult_confirmed_at__isnull=False)
    allowed = _allowed(active, found, thread, now)
    reasons = {"reach": str(Routing.Reach.MODERATORS)}
    return [Match(pk, Routing.Reach.MODERATORS, reasons) for pk in found if pk in allowed][:wanted]


def _allowed(people, proposed: list[int], thread: Thread, now: datetime) -> set[int]:
    """As the rows have it now. They stay locked until all is written: two workers can't both ask somebody for the second time."""
    rows = people.filter(pk__in=proposed).order_by("pk").select_for_update(of=("self",), no_key=True)
    locked = {person.pk: person for person in rows}
    asks = Ask.objects.filter(person__in=locked, asked_at__gte=now - WEEK).values_list("person", flat=True)
    often = {person for person, count in Counter(asks).items() if count >= AT_MOST}
    return {pk for pk in set(locked) - often - _barred(thread.author_id, locked) if _may_answer(locked[pk], thread)}


def _barred(author: int | None, people: Iterable[int]) -> set[int]:
    if author is None:
        return set()
    rows = Barrier.objects.filter(Q(by=author, against__in=people) | Q(against=author, by__in=people))
    return {one for pair in rows.values_list("by", "against") for one in pair} - {author}


def _may_answer(person: User, thread: Thread) -> bool:
    """What lies in nobody's group and below no case study is open to every member: there is nothing to look up."""
    if person.pk == thread.author_id:
        return False
    is_open = thread.group_id is None and thread.case_study_id is None
    return is_open or permissions.may_reply(person, thread)


def _ask(routing: Routing, thread: Thread, matches: list[Match], now: datetime, pool: Pool | None) -> None:
    if not matches:
        return
    routing.waves += 1
    due_at = now + PATIENCE[thread.kind]
    Ask.objects.bulk_create(
        Ask(
            thread=thread,
            person_id=match.person,
            asked_at=now,
            due_at=due_at,
            reasons={**match.reasons, "wave": routing.waves},
        )
        for match in matches
    )
    reached = [match.reach for match in matches if match.reach] + ([routing.reach] if routing.reach else [])
    routing.reach = max(reached, key=REACHES.index, default="")
    people = [match.person for match in matches]
    tell(people, Notification.Reason.ASKED, Happening(f"asked:{thread.pk}", thread.author, {"thread": thread}))
    for person in people if pool else ():
        pool.note(person, now)
