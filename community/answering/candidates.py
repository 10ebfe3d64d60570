"""Everybody who may be asked, held in memory for one turn: what they know, read and write, and how often they were asked."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from community.models import Ask, Barrier, Post, Reaction, Thread, Watch
from community.threads.querysets import ASKING
from people.models import User
from practices.models import CaseStudy

WEEK, AT_MOST = timedelta(days=7), 2  # asks of one person
LATELY = timedelta(days=28)
TAGGED = ("topics", "levels", "countries", "aims", "concepts", "factor_statements__factor")
WRITTEN, DISCUSSED, INTERESTS, COUNTRY = "written", "discussed", "interests", "country"
SURENESS = {WRITTEN: 1.0, DISCUSSED: 0.8, INTERESTS: 0.6, COUNTRY: 0.3}  # of who wrote about it, one may expect more


@dataclass
class Candidate:
    pk: int
    reads: set[str]
    writes: set[str] = field(default_factory=set)
    knows: dict[int, str] = field(default_factory=dict)  # concept -> how one knows it, the surest
    helped: Counter = field(default_factory=Counter)  # concept -> answers accepted or thanked for
    asked: list[datetime] = field(default_factory=list)

    def was_asked_since(self, moment: datetime) -> int:
        return sum(at >= moment for at in self.asked)

    def learn(self, concept: int, source: str) -> None:
        known = self.knows.get(concept)
        if known is None or SURENESS[source] > SURENESS[known]:
            self.knows[concept] = source


def willing() -> QuerySet[User]:
    """Adults with an account in use who said they take questions."""
    return User.objects.filter(attention__takes_questions=True, is_active=True, adult_confirmed_at__isnull=False)


def languages_of(person: User) -> list[str]:
    """Those she named; the one of her portal only where she named none."""
    return list(person.languages or ([person.language] if person.language else []))


class Pool:
    """A constant number of queries, however many people there are."""

    def __init__(self, now: datetime):
        self.people: dict[int, Candidate] = {}
        self.holders: dict[int, set[int]] = defaultdict(set)
        self.readers: dict[str, set[int]] = defaultdict(set)
        self.muted: dict[str, set[int]] = defaultdict(set)
        self.barred: dict[int, set[int]] = defaultdict(set)
        self._read_people()
        self._read_knowledge()
        self._read_help()
        self._read_distance()
        self._read_asks(now)

    def note(self, person: int, at: datetime) -> None:
        if person in self.people:
            self.people[person].asked.append(at)

    def _read_people(self) -> None:
        for person in willing().only("pk", "languages", "language", "country"):
            one = Candidate(person.pk, set(languages_of(person)))
            self.people[person.pk] = one
            for language in one.reads:
                self.readers[language].add(person.pk)
            self._learn([(person.pk, person.country_id)], COUNTRY)

    def _read_knowledge(self) -> None:
        theirs = CaseStudy.objects.published().filter(owner__in=willing().values("pk"))
        for name in TAGGED:
            self._learn(theirs.values_list("owner", name).distinct(), WRITTEN)
        posts = Post.objects.shown().filter(author__in=willing().values("pk"))
        discussed = posts.exclude(number=1, thread__kind__in=ASKING)  # who asks needn't know
        self._learn(discussed.values_list("author", "thread__concepts").order_by().distinct(), DISCUSSED)
        self._learn(willing().values_list("pk", "interests"), INTERESTS)
        written = [
            *theirs.values_list("owner", "source_language").distinct(),
            *posts.values_list("author", "language").order_by().distinct(),
        ]
        for person, language in written:
            if person in self.people and language in self.people[person].reads:
                self.people[person].writes.add(language)

    def _learn(self, rows, source: str) -> None:
        for person, concept in rows:
            if concept is not None and person in self.people:
                self.people[person].learn(concept, source)
                self.holders[concept].add(person)

    def _read_help(self) -> None:
        accepted = Thread.objects.filter(accepted__author__in=willing().values("pk"), concepts__isnull=False)
        thanked = Reaction.objects.filter(
            kind=Reaction.Kind.THANKS, post__author__in=willing().values("pk"), post__thread__concepts__isnull=False
        )
        rows = [
            *accepted.values_list("accepted__author", "concepts").order_by().annotate(n=Count("pk")),
            *thanked.values_list("post__author", "post__thread__concepts").order_by().annotate(n=Count("pk")),
        ]
        for person, concept, count in rows:
            if person in self.people:
                self.people[person].helped[concept] += count

    def _read_distance(self) -> None:
        """Who keeps whom away, and who wants to hear nothing of what."""
        for by, against in Barrier.objects.values_list("by", "against"):
            self.barred[by].add(against)
            self.barred[against].add(by)
        muted = Watch.objects.filter(level=Watch.Level.MUTED, person__in=willing().values("pk"))
        for topic, person in muted.values_list("topic", "person"):
            self.muted[topic].add(person)

    def _read_asks(self, now: datetime) -> None:
        asks = Ask.objects.filter(asked_at__gte=now - LATELY)
        for person, at in asks.values_list("person", "asked_at"):
            self.note(person, at)
