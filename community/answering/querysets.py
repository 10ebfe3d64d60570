"""Reading what waits for an answer: for one person, and what she was asked."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from community.answering.candidates import languages_of
from community.models import Ask, Barrier, Group, Membership, Routing, Thread
from people.models import User

RECENT = timedelta(days=60)
FOUND = 10  # people by name


def waiting_for(person) -> QuerySet[Thread]:
    """Questions without an answer which she may answer in her languages; who has waited longest comes first."""
    if person is None or not person.is_authenticated:
        return Thread.objects.none()
    member = Membership.objects.active().filter(person=person).exclude(role=Membership.Role.OBSERVER)
    given_up = Routing.objects.filter(thread=OuterRef("pk"), given_up_at__isnull=False)
    return (
        Thread.objects.visible_to(person)
        .unanswered()
        .in_languages(languages_of(person))
        .filter(Q(group=None) | Q(group__state="active", group__in=member.values("group")))
        .filter(created_at__gte=timezone.now() - RECENT)
        .exclude(author=person)
        .exclude(author__in=Barrier.objects.filter(by=person).values("against"))
        .exclude(author__in=Barrier.objects.filter(against=person).values("by"))
        .exclude(Exists(given_up))
        .order_by("created_at", "pk")
    )


def asks_of(person) -> QuerySet[Ask]:
    """Open ones of questions she may still see and nobody has answered, what she holds first."""
    rows = Ask.objects.filter(person=person, state__in=(Ask.State.TAKEN, Ask.State.ASKED))
    rows = rows.filter(thread__in=Thread.objects.visible_to(person).unanswered().values("pk"))
    return rows.select_related("thread__group", "thread__author").order_by("-state", "asked_at", "pk")


def answered_by(person) -> QuerySet[Ask]:
    """What came of what she was asked, the latest first."""
    rows = Ask.objects.filter(person=person, state=Ask.State.ANSWERED)
    rows = rows.filter(thread__in=Thread.objects.visible_to(person).values("pk"))
    return rows.select_related("thread").order_by("-asked_at", "-pk")


def people_named(words: str, thread: Thread) -> QuerySet[User]:
    """Members whose name holds the words; in a group, members of that group."""
    people = User.objects.filter(is_active=True, adult_confirmed_at__isnull=False, name__icontains=words)
    if thread.group_id:
        members = Membership.objects.active().filter(group=thread.group_id)
        people = people.filter(pk__in=members.exclude(role=Membership.Role.OBSERVER).values("person"))
    return people.exclude(pk=thread.author_id).order_by("name", "pk")[:FOUND]


def groups_about(thread: Thread, person) -> QuerySet[Group]:
    """Active groups she knows of that are about what the question is about."""
    concepts = thread.concepts.values("pk")
    groups = Group.objects.visible_to(person).active().filter(concepts__in=concepts)
    return groups.exclude(pk=thread.group_id or 0).distinct().order_by("title")[:FOUND]
