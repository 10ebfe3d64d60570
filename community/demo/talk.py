"""Threads of the demonstration: opened, asked around, answered, accepted and thanked for as members would."""

from datetime import datetime, timedelta

from django.db.models import Min
from django.utils import timezone

from community.answering import actions as answering
from community.answering import routing
from community.answering.claims import OPEN
from community.demo import settling
from community.demo.material import Material
from community.groups import pinning
from community.models import Ask, Group, Post, Reaction, ReadingPlace, Routing, Thread
from community.threads import actions

KEY = "demo:"  # how the key of an opening post begins
A_MOMENT, HOUR = timedelta(minutes=1), timedelta(hours=1)
NIGHT = timedelta(hours=6)
MOST_TURNS = 500


def is_there(data: dict) -> bool:
    return Post.objects.filter(idempotency_key=f"{KEY}{data['key']}").exists()


def load(data: dict, groups: dict[str, Group], known: Material) -> Thread:
    begun = _awake(timezone.now() - timedelta(days=data["days"]))
    work(begun)
    with settling.on(begun):
        thread = _open(data, groups, known, begun)
    if thread.wants_an_answer:
        Routing.objects.filter(thread=thread).update(opened_at=begun, look_at=begun + A_MOMENT)
        work(begun + A_MOMENT)
    with settling.on(begun + HOUR):
        _assign(thread, data, known, begun + HOUR)
        _react(thread.posts.get(number=1), data, known)
        for post in data.get("posts", ()):
            _answer(thread, post, known, begun)
        _conclude(thread, data, known)
    _read(thread)
    return thread


def work(until: datetime) -> None:
    """What the worker would have done for questions by then, at its own hours."""
    for _turn in range(MOST_TURNS):
        moment = _next()
        if moment is None or moment > until:
            return
        with settling.on(moment):
            routing.turn(moment)


def _next() -> datetime | None:
    looks = Routing.objects.aggregate(at=Min("look_at"))["at"]
    ends = Ask.objects.filter(state__in=OPEN).aggregate(at=Min("due_at"))["at"]
    return min((at for at in (looks, ends) if at), default=None)


def _open(data: dict, groups: dict[str, Group], known: Material, begun: datetime) -> Thread:
    starts, ends = data.get("from_days"), data.get("to_days")  # ago, of a written discussion
    opening = actions.Opening(
        title=data["title"],
        text=known.text(data["text"]),
        language=data["language"],
        kind=data["kind"],
        group=groups.get(data.get("group")),
        case_study=known.study(data["case_study"]) if data.get("case_study") else None,
        concepts=known.concepts(data.get("concepts", ())),
        starts_at=_hour(starts),
        ends_at=_hour(ends),
        idempotency_key=f"{KEY}{data['key']}",
        **data.get("case", {}),
    )
    thread = actions.open_thread(opening, by=known.people[data["by"]], at=begun)
    if data.get("pinned"):
        pinning.pin(thread.group, thread, by=thread.group.created_by)
    return thread


def _awake(moment: datetime) -> datetime:
    """Nobody writes at night."""
    return moment + NIGHT if moment.hour < NIGHT // HOUR else moment


def _hour(days: float | None) -> datetime | None:
    """Of a written discussion: a full one."""
    return (timezone.now() - timedelta(days=days)).replace(minute=0, second=0, microsecond=0) if days else None


def _assign(thread: Thread, data: dict, known: Material, moment: datetime) -> None:
    if data.get("expert"):
        answering.assign(thread, known.people[data["expert"]], by=known.people["admin"], now=moment)


def _answer(thread: Thread, data: dict, known: Material, begun: datetime) -> None:
    last = thread.posts.latest("number").created_at
    post = actions.reply(
        thread,
        known.text(data["text"], thread),
        by=known.people[data["by"]],
        language=data["language"],
        to=thread.posts.get(number=data["to"]) if data.get("to") else None,
        at=min(max(_awake(begun + timedelta(hours=data["after"])), last + A_MOMENT), timezone.now()),
    )
    _react(post, data, known)


def _react(post: Post, data: dict, known: Material) -> None:
    for kind in Reaction.Kind.values:
        for person in known.several(data.get(kind, ())):
            actions.react(post, kind, by=person)
    post.reactions.update(at=min(post.created_at + 3 * HOUR, timezone.now()))


def _conclude(thread: Thread, data: dict, known: Material) -> None:
    thread.refresh_from_db()
    if data.get("accepted"):
        actions.accept(thread.posts.get(number=data["accepted"]), by=thread.author)
    if data.get("outcome"):
        answering.record_outcome(thread, data["outcome"], by=thread.author)
    if data.get("summary"):
        points = [(row["sentence"], thread.posts.get(number=row["post"])) for row in data["summary"]]
        actions.publish_summary(thread, points, by=thread.host, language=data["language"])
        Thread.objects.filter(pk=thread.pk).update(summary_at=thread.ends_at + timedelta(days=2))
    Thread.objects.filter(pk=thread.pk).update(changed_at=thread.last_post_at)


def _read(thread: Thread) -> None:
    """Who wrote in an older thread has read it to its end."""
    if thread.last_post_at > timezone.now() - settling.UNREAD:
        return
    readers = thread.posts.exclude(author=None).order_by().values_list("author", flat=True).distinct()
    rows = [ReadingPlace(person_id=pk, thread=thread, number=thread.last_number) for pk in readers]
    ReadingPlace.objects.bulk_create(rows, ignore_conflicts=True)
