"""What a member's page tells: what she shared, wrote and whom she helped, as far as the reader may see it. Never a ranking."""

from dataclasses import dataclass

from community.models import Post, Reaction, Thread
from community.threads import lists
from people.models import User
from practices.models import CaseStudy

SHOWN = 10


@dataclass(frozen=True)
class Profile:
    person: User
    case_studies: tuple[CaseStudy, ...]
    threads: tuple[Thread, ...]
    helped: tuple[Post, ...]  # answers of hers that were accepted
    thanks: int
    posts: int


def profile(person: User, viewer) -> Profile:
    """A constant number of queries."""
    studies = CaseStudy.objects.visible_to(viewer).written_by(person).for_cards().order_by("-first_published_at")
    threads = Thread.objects.visible_to(viewer).filter(author=person)
    posts = Post.objects.visible_to(viewer).filter(author=person)
    accepted = posts.filter(thread__accepted__author=person, pk__in=_accepted()).select_related("thread")
    thanks = Reaction.objects.filter(kind=Reaction.Kind.THANKS, post__in=posts.values("pk"))
    return Profile(
        person,
        tuple(studies[:SHOWN]),
        tuple(lists.with_rows(threads.order_by("-created_at"), viewer)[:SHOWN]),
        tuple(accepted.order_by("-created_at")[:SHOWN]),
        thanks.count(),
        posts.count(),
    )


def _accepted():
    return Thread.objects.exclude(accepted=None).values("accepted")
