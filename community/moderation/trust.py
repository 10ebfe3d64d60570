"""How far the portal trusts a member: from what she has done, without points anybody could see or collect."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from community.models import Flag, Post, ReadingPlace, Thread
from people.models import User

DAYS, POSTS, THREADS_READ = 3, 3, 5  # what makes a new member one of many
SHADOW = timedelta(days=30)  # after a flag against her was upheld she counts as new again
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Facts:
    """What trust rests on."""

    days: int
    posts: int
    threads_read: int
    accepted: int
    upheld: int  # flags against her that moderators agreed with, not long ago


@dataclass(frozen=True)
class Limits:
    posts: int  # in 24 hours
    a_minute: int
    threads: int
    mentions: int  # in one post
    holds_links: bool


def facts_of(person: User) -> Facts:
    own = Q(post__author=person) | Q(thread__author=person) | Q(offer__author=person) | Q(event__host=person)
    upheld = Flag.objects.filter(own | Q(person=person), state=Flag.State.UPHELD)
    return Facts(
        days=(timezone.now() - person.date_joined).days,
        posts=Post.objects.shown().filter(author=person).count(),
        threads_read=ReadingPlace.objects.filter(person=person).count(),
        accepted=Thread.objects.filter(accepted__author=person).exclude(author=person).count(),
        upheld=upheld.filter(settled_at__gte=timezone.now() - SHADOW).count(),
    )


def is_new(facts: Facts) -> bool:
    """Until she has been here some days and has read and written a little, or somebody took her answer as the right one."""
    if facts.upheld:
        return True
    has_helped = facts.accepted > 0 and facts.days >= 1
    has_settled_in = facts.days >= DAYS and facts.posts >= POSTS and facts.threads_read >= THREADS_READ
    return not (has_helped or has_settled_in)


def is_exempt(person: User) -> bool:
    """Who answers for the portal is not screened by it."""
    return person.is_superuser or person.has_perm("community.moderate") or person.has_perm("wagtailadmin.access_admin")


def limits_for(person: User) -> Limits:
    if is_new(facts_of(person)):
        return Limits(**settings.PRAXIS_NEW_MEMBERS, holds_links=True)
    return Limits(**settings.PRAXIS_MEMBERS, holds_links=False)


def free_again_at(moments: list[datetime], limit: int) -> datetime | None:
    """When the next one fits into 24 hours; None where it fits now. `moments`: of the last 24 hours, the latest first."""
    return moments[limit - 1] + DAY if len(moments) >= limit else None
