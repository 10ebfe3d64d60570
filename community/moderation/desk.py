"""What the moderators' desk shows: cases of a kind and state, and everything known of one thing."""

from dataclasses import dataclass

from django.core.paginator import Page
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from community import logbook
from community.groups.permissions import moderates_all
from community.models import Flag, LogEntry, Notice, Post, Suspension, Thread
from community.models.moderation import Ground
from community.moderation import permissions, querysets, screening, things, verbs
from people.models import User
from practices.models import CaseStudy
from practices.permissions import may_withdraw

KINDS = ("flag", "notice", "complaint")
LAST = 10  # decisions and log entries shown beside a thing


@dataclass(frozen=True)
class Asked:
    """What of the queue is to be seen."""

    what: str = "flag"
    state: str = "open"
    group: str = ""
    ground: str = ""

    @classmethod
    def of(cls, values) -> "Asked":
        what, state = values.get("what", ""), values.get("state", "")
        return cls(
            what=what if what in KINDS else "flag",
            state=state if state in ("open", "settled") else "open",
            group=values.get("group", "")[:80],
            ground=values.get("ground", "") if values.get("ground") in Ground.values else "",
        )


def rows(person: User, asked: Asked) -> QuerySet:
    if asked.what == "complaint":
        return querysets.in_group(querysets.complaints_for(person), asked.group)
    found = querysets.flags_for(person) if asked.what == "flag" else querysets.notices_for(person)
    found = querysets.in_state(found, asked.state)
    return querysets.with_ground(querysets.in_group(found, asked.group), asked.ground)


def shown(page: Page, asked: Asked) -> list[dict]:
    return [_row(case, asked.what) for case in page]


def _row(case, what: str) -> dict:
    target = case.target
    return {
        "case": case,
        "address": reverse("decision", args=[case.pk]) if what == "complaint" else page_of(case),
        "title": things.title_of(target) if target else getattr(case, "address", _("It is gone.")),
        "title_language": things.language_of_title(target) if target else "",
        "language": things.language_of(target) if target else "",
        "excerpt": _excerpt(target) if target else "",
        "group": things.group_of(target) if target else None,
        "author": things.author_of(target) if target else None,
        "why": why(case) if what == "flag" else "",
    }


def _excerpt(target) -> str:
    """Of what is loaded already: the words of a thread are its title."""
    return "" if isinstance(target, Thread) else things.text_of(target)[:300]


def why(flag: Flag) -> str:
    return screening.told(flag.text) if flag.is_automatic else flag.text


def choices(person: User) -> dict:
    """For the filters."""
    groups = None if moderates_all(person) else querysets.moderated_groups(person)
    waiting = {what: rows(person, Asked(what)).count() for what in KINDS}
    return {
        "grounds": Ground.choices,
        "groups": groups,
        "tabs": [
            ("flag", _("Flags"), waiting["flag"]),
            ("notice", _("Notices"), waiting["notice"]),
            ("complaint", _("Complaints"), waiting["complaint"]),
        ],
        "reads_log": moderates_all(person),
    }


def page_of(case: Flag | Notice) -> str:
    """Where it is dealt with: with the thing it is about, or on its own."""
    if case.target:
        return address_of(case.target)
    return reverse("answer_notice", args=[case.pk]) if isinstance(case, Notice) else reverse("moderation")


def address_of(thing) -> str:
    """The moderators' page about it."""
    return reverse("moderate", args=[things.kind_of(thing), thing.pk])


def known_of(thing, person: User) -> dict:
    author = things.author_of(thing)
    about = Q(**things.about(thing))
    if isinstance(thing, Thread):
        about |= Q(post__thread=thing, post__number=1)
    flags = list(querysets.flags_for(person).filter(about))
    for flag in flags:
        flag.why = why(flag)
    return {
        **_named(thing),
        "kind": things.kind_of(thing),
        "text": things.text_of(thing),
        "language": things.language_of(thing),
        "html": thing.html if isinstance(thing, Post) else "",
        "author": author,
        "group": things.group_of(thing),
        "flags": flags,
        "notices": querysets.notices_for(person).filter(**things.about(thing)),
        "verbs": verbs.fitting(thing, person),
        "may_let_through": isinstance(thing, Post) and thing.state == Post.State.HELD,
        "decisions": querysets.decisions_about(author)[:LAST],
        "log": LogEntry.objects.filter(about=logbook.key_of(thing)).select_related("by")[:LAST],
        "suspension": Suspension.objects.filter(person=author, lifted_at=None).first() if author else None,
        "reaches_person": author is not None and permissions.may_suspend(person, author),
    }


def logged(page: Page, person: User) -> list[dict]:
    """Entries of the log, with the things they are about as far as the reader may see them."""
    seen = things.seen_among(person, (entry.about for entry in page))
    return [{"entry": entry} | (_named(seen[entry.about]) if entry.about in seen else {}) for entry in page]


def _named(thing) -> dict:
    return {"thing": thing, "title": things.title_of(thing), "title_language": things.language_of_title(thing)}


def proposed(thing) -> dict:
    """The reason most of those gave who reported it."""
    flag = Flag.objects.filter(**things.about(thing), state__in=("waiting", "taken"), is_automatic=False).first()
    return {"ground": flag.ground if flag else Ground.OFF_TOPIC}


def case_study_at(address: str, person: User) -> CaseStudy | None:
    """The case study at an address, where this moderator may withdraw it."""
    page = things.case_study_at(address)
    return page if page and may_withdraw(person, page) else None
