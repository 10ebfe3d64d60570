"""Loading the demonstration of the community through the actions members use; running it again adds only what is missing.

Nobody is mailed: what it tells members counts as mailed, and its authors, whom nobody reads for, take no mails at all.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from community.demo import settling, talk
from community.demo.material import Material, Missing, content, members
from community.events import actions as events
from community.events import zones
from community.groups import actions as groups
from community.models import (
    Attention,
    Draft,
    Event,
    Group,
    LogEntry,
    Membership,
    Notification,
    Offer,
    Post,
    ReadingPlace,
    Registration,
    Thread,
    Watch,
)
from community.partners import actions as partners
from community.threads.actions import recount
from people.models import User
from practices.demo.people import SIGN_INS

WHAT = "threads, groups, events and partner offers"
JOINED = 420  # days ago: before everything they write
FRIDAY = 5
APART = 9  # days between one member of a group and the next
GROUP = ("title", "language", "aim", "guidelines", "welcome", "kind", "access", "languages", "places",
         "deliverable_title", "deliverable")  # fmt: skip
EVENT = ("kind", "title", "text", "language", "languages", "time_zone", "is_online", "link", "place",
         "audience_note", "places", "takes_registrations")  # fmt: skip
OFFER = ("kind", "title", "text", "language", "languages", "organisation", "programme", "places")


def load(progress=iter) -> int:
    """Add what is missing; the number of things added."""
    known = Material()
    _settle_in(known)
    found = {data["key"]: _group(data, known) for data in content("groups")}
    made = {key: group for key, (group, _is_new) in found.items()}
    count = sum(is_new for _group_found, is_new in found.values())
    threads = sorted(content("threads"), key=lambda data: -data["days"])
    count += sum([_thread(data, made, known) for data in progress(threads)])
    with transaction.atomic():
        talk.work(timezone.now())
    count += sum([_event(data, made, known) for data in content("events")])
    return count + sum([_offer(data, known) for data in content("offers")])


@transaction.atomic
def remove() -> int:
    """Take away what members of the demonstration began, with everything below it, and what they wrote elsewhere."""
    people = members()
    theirs = Thread.objects.filter(author__in=people)
    offers, meetings = Offer.objects.filter(author__in=people), Event.objects.filter(host__in=people)
    count = theirs.count() + offers.count() + meetings.count()
    for rows in (theirs, meetings, offers):
        rows.delete()
    elsewhere = list(Thread.objects.filter(posts__author__in=people).distinct())
    Post.objects.filter(author__in=people).delete()
    for thread in elsewhere:
        recount(thread)
    founded = Group.objects.filter(created_by__in=people, threads=None, events=None)  # others may go on in theirs
    count += founded.count()
    founded.delete()
    for model in (Attention, Draft, Membership, Notification, ReadingPlace, Registration, Watch):
        model.objects.filter(person__in=people).delete()
    LogEntry.objects.filter(by__in=people).delete()
    User.interests.through.objects.filter(user__in=people).delete()
    return count


def _ago(days: float) -> datetime:
    return timezone.now() - timedelta(days=days)


def _ahead(days: int | None) -> date | None:
    return None if days is None else timezone.localdate() + timedelta(days=days)


def _given(data: dict, names: Iterable[str]) -> dict:
    return {name: data[name] for name in names if name in data}


@transaction.atomic
def _settle_in(known: Material) -> None:
    """They joined before they write, say what they know, and are willing to be asked."""
    for data in content("members"):
        person = known.people[data["key"]]
        if not Attention.objects.filter(person=person).exists():
            person.date_joined = person.adult_confirmed_at = _ago(JOINED)
            person.languages = data["languages"]
            person.save(update_fields=["date_joined", "adult_confirmed_at", "languages"])
            person.interests.add(*known.concepts(data["interests"]))
            Attention.objects.create(person=person, takes_questions=True, **_mails(data["key"]))


def _mails(key: str) -> dict:
    """Only of members somebody signs in as."""
    return {} if key == "pt" or key in SIGN_INS else {"mails_at_once": False, "digest": Attention.Digest.NONE}


@transaction.atomic
def _group(data: dict, known: Material) -> tuple[Group, bool]:
    owner, founded = known.people[data["by"]], _ago(data["days"])
    group = Group.objects.filter(title=data["title"], created_by=owner).first()
    if group:
        return group, False
    with settling.on(founded):
        group = groups.found(Group(**_given(data, GROUP), due_on=_ahead(data.get("due_in"))), by=owner)
        group.concepts.set(known.concepts(data["concepts"]))
        group.case_studies.set(known.studies(data.get("case_studies", ())))
        homes = known.studies(data.get("organisations_of", ()))
        group.organisations.set({row.organisation for page in homes if (row := page.participations.first())})
        _gather(group, data, known)
    if data.get("delivered") and group.case_studies.exists():
        with settling.on(_ago(data["delivered"])):
            groups.deliver(group, by=owner)
        Group.objects.filter(pk=group.pk).update(delivered_at=_ago(data["delivered"]))
    Group.objects.filter(pk=group.pk).update(created_at=founded, changed_at=founded)
    for number, row in enumerate(group.memberships.order_by("pk")):
        since = min(founded + timedelta(days=APART * number), _ago(1))
        joined = since if row.joined_at else None
        Membership.objects.filter(pk=row.pk).update(since=since, joined_at=joined)
    return group, True


def _gather(group: Group, data: dict, known: Material) -> None:
    owner = known.people[data["by"]]
    for person in known.several([*data["members"], *data.get("waiting", ())]):
        if group.access in (Group.Access.INVITED, Group.Access.HIDDEN):
            groups.invite(group, person, by=owner)
        row = groups.join(group, by=person)
        if row.state == Membership.State.ASKED:
            groups.let_in(row, by=owner)
    for person in known.several(data.get("observers", ())):
        groups.observe(group, by=person)
    for person in known.several(data.get("asking", ())):
        groups.join(group, by=person, note=data["note"])
    for row in group.memberships.filter(person__in=known.several(data.get("moderators", ()))):
        groups.give_role(row, Membership.Role.MODERATOR, by=owner)


def _thread(data: dict, made: dict[str, Group], known: Material) -> bool:
    if talk.is_there(data):
        return False
    try:
        known.needs(data)
    except Missing:
        return False
    with transaction.atomic():
        talk.load(data, made, known)
    return True


@transaction.atomic
def _event(data: dict, made: dict[str, Group], known: Material) -> bool:
    """`in_days` below zero: it is over. Who came registered while it was still to come."""
    host = known.people[data["by"]]
    if Event.objects.filter(title=data["title"], host=host).exists():
        return False
    starts = _moment(data)
    ends = starts + timedelta(minutes=data["minutes"])
    away = max(timedelta(0), timezone.now() - starts + timedelta(days=1))  # into the future, and back again
    event = Event(
        **_given(data, EVENT), group=made.get(data.get("group")), country=known.country(data.get("country", ""))
    )
    event.starts_at, event.ends_at = starts + away, ends + away
    with settling.on(_ago(data["posted"])):
        events.post(event, known.concepts(data["concepts"]), by=host)
        for number, person in enumerate(known.several(data.get("coming", ()))):
            row = events.register(event, by=person)
            Registration.objects.filter(pk=row.pk).update(since=_ago(data["posted"] * (0.8 - number / 40)))
    posted = _ago(data["posted"])
    Event.objects.filter(pk=event.pk).update(starts_at=starts, ends_at=ends, created_at=posted, changed_at=posted)
    if away:
        event.registrations.update(reminded_at=starts - timedelta(days=1))
    return True


def _moment(data: dict) -> datetime:
    """The hour clocks there show, on the next working day. Clocks are put forward on Sundays, so there is such an hour."""
    day = timezone.localdate() + timedelta(days=data["in_days"])
    day += timedelta(days=8 - day.isoweekday() if day.isoweekday() > FRIDAY else 0)
    hour = datetime.strptime(data["at"], "%H:%M").time()
    return zones.moment(datetime.combine(day, hour), data["time_zone"])


@transaction.atomic
def _offer(data: dict, known: Material) -> bool:
    author = known.people[data["by"]]
    if Offer.objects.filter(title=data["title"], author=author).exists():
        return False
    days = {name: _ahead(data.get(name)) for name in ("starts_on", "ends_on", "expires_on")}
    offer = Offer(**_given(data, OFFER), **days, country=known.country(data.get("country", "")))
    posted = _ago(data["posted"])
    with settling.on(posted):
        partners.post(offer, known.concepts(data["concepts"]), by=author)
        for message in data.get("messages", ()):
            sender, to = known.people[message["by"]], message.get("to")
            partners.write(
                offer, message["text"], by=sender, to=known.people[to] if to else None, language=message["language"]
            )
        if data.get("found"):
            partners.close(offer, Offer.State.FOUND, by=author)
    Offer.objects.filter(pk=offer.pk).update(created_at=posted, changed_at=posted)
    offer.contacts.update(at=posted + timedelta(days=2), mailed_at=posted + timedelta(days=2))
    return True
