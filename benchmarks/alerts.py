"""Alerts: ten thousand saved searches against one day's changes, in one round; beside it, each search asked for itself."""

import random
import sys
import time
from datetime import timedelta

from benchmarks import preparing
from benchmarks.measuring import machine, say, step

SEED = 20_261
SEARCHES, DISTINCT, PEOPLE = 10_000, 1_500, 4_000
CHANGED = 500  # in one day
ALONE = 500  # searches asked for themselves, to compare
LIMIT = 300  # seconds a round may take


def main(rows: int) -> int:
    preparing.portal_with(rows)
    with step(f"Making {SEARCHES} saved searches"):
        distinct = make_searches()
    with step(f"Changing {CHANGED} case studies"):
        changed = change(CHANGED)
    return report(rows, distinct, changed)


def make_searches() -> int:
    """Most people ask what many ask; the number of distinct questions."""
    from django.utils import timezone

    from people.models import User
    from search.models import SavedSearch

    chance = random.Random(SEED)
    questions = _questions(chance)
    User.objects.bulk_create(
        User(email=f"bench{number}@example.org", name=f"Bench {number}", password="!") for number in range(PEOPLE)
    )
    people = list(User.objects.filter(email__startswith="bench").values_list("pk", flat=True))
    then = timezone.now() - timedelta(days=1)
    saved: dict[tuple, SavedSearch] = {}
    while len(saved) < SEARCHES:
        at = len(saved) if len(saved) < DISTINCT else min(int(chance.expovariate(4 / DISTINCT)), DISTINCT - 1)
        question, language = questions[at]
        person = chance.choice(people)
        saved[person, question, language] = SavedSearch(
            person_id=person, name=question[:100], question=question, language=language, cadence="at-once", asked_until=then
        )  # fmt: skip
    SavedSearch.objects.bulk_create(saved.values(), batch_size=500)
    SavedSearch.objects.update(created_at=then)
    return len({(question, language) for _person, question, language in saved})


def _questions(chance: random.Random) -> list[tuple[str, str]]:
    """Words of the case studies and one to three filters, as people choose them."""
    from django.http import QueryDict

    from benchmarks.case_studies import _Corpus
    from search import facets
    from search.query import Query
    from search.watching import questions
    from vocabularies import labels

    corpus = _Corpus()
    values = {facet.name: list(labels.values(facet.scheme, "en")) for facet in facets.all_facets() if facet.scheme}
    made: set[tuple[str, str]] = set()
    while len(made) < DISTINCT:
        language = chance.choice(corpus.languages)
        address = QueryDict(mutable=True)
        if chance.random() < 0.7:
            words = [word for word in chance.choice(corpus.sentences[language]).split() if word.isalpha()]
            address["q"] = " ".join(chance.sample(words, min(len(words), chance.randint(1, 2))))
        for name in chance.sample(["level", "country", "factor", "topic", "outcome", "aim"], chance.randint(0, 2)):
            address.setlist(name, chance.sample(values[name], chance.randint(1, 3)))
        if address:
            made.add((questions.canonical(Query.from_params(address, language)), language))
    return sorted(made, key=lambda _one: chance.random())


def change(count: int) -> int:
    """One day: some case studies are called otherwise, and the worker indexes them."""
    from practices.models import CaseStudy
    from search import indexer, outbox
    from search.models import Change

    pages = list(CaseStudy.objects.published().order_by("?")[:count])
    for page in pages:
        page.title += " (2)"
    CaseStudy.objects.bulk_update(pages, ["title"])
    outbox.touch(*(page.search_key for page in pages))
    indexer.drain()
    return Change.objects.exclude(at=None).count()


def report(rows: int, distinct: int, changed: int) -> int:
    from search.models import Told
    from search.watching.alerts import Alerts

    say(
        f"{rows} case studies, {changed} of them changed; {SEARCHES} saved searches of {PEOPLE} people, {distinct} questions"
    )
    say(machine())
    say()
    alone = _each_for_itself() / ALONE * SEARCHES
    worker, mails, turns = Alerts(), 0, 0
    started = time.perf_counter()
    while True:
        mails, turns = mails + worker.turn(changed=not turns), turns + 1
        if worker.is_resting:
            break
    seconds = time.perf_counter() - started
    told = Told.objects.count()
    say(f"one round, equal questions asked once: {seconds:7.1f} s   {mails} mails, {told} answers told, {turns} turns")
    say(f"only asking, each search for itself:   {alone:7.1f} s   reckoned from {ALONE} searches")
    say()
    say(f"Limit: {LIMIT} s: {'kept' if seconds <= LIMIT else 'NOT KEPT'}.")
    return int(seconds > LIMIT)


def _each_for_itself() -> float:
    """Seconds for asking some of the searches without remembering what others asked."""
    from people.access import PUBLIC
    from search.models import Change, SavedSearch
    from search.watching import answers, questions

    keys = list(Change.objects.exclude(at=None).values_list("key", flat=True))
    searches = list(SavedSearch.objects.order_by("?")[:ALONE])
    started = time.perf_counter()
    for saved in searches:
        answers.ask(questions.of(saved).query, frozenset({PUBLIC}), keys)
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
