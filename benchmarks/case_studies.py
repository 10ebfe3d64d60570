"""Synthetic case studies as real rows: sentences of the demonstration in 24 languages, mixed anew, stored as an import stores them."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from django.db import transaction

from practices.demo import loader
from practices.importing import account, actions
from practices.importing.records import Party, Record
from practices.models import CaseStudy, FactorStatement
from practices.models.case_study import SINGLE, TEXTS
from vocabularies.models import Concept

SEED = 20_260
BATCH = 500
SENTENCE = re.compile(r"(?<=[.!?;·])\s+")
# Words in no language, planted in so many of a hundred case studies.
PLANTED = {"vombrelik": 30.0, "quastomir": 3.0, "zefrandol": 0.1}
SEVERAL = {
    "levels": "level", "sectors": "sector", "countries": "country", "topics": "topic", "aims": "aim", "target_groups": "target",
}  # fmt: skip


def make(count: int) -> None:
    chance = random.Random(SEED)
    store = actions.store_published(None)
    records = _records(count, chance)
    while batch := list(islice(records, BATCH)):
        with transaction.atomic():
            entries = store(actions.plan(batch))
            failed = [entry for entry in entries if entry.outcome != account.CREATED]
            if failed:
                raise SystemExit(f"{len(failed)} rows could not be made, the first: {failed[0]}")
            _deepen([record.key for record in batch], chance)


def _records(count: int, chance: random.Random) -> Iterator[Record]:
    corpus = _Corpus()
    for number in range(count):
        language = corpus.languages[number % len(corpus.languages)]
        yield corpus.record(number, language, chance)


class _Corpus:
    def __init__(self):
        self.sentences: dict[str, list[str]] = defaultdict(list)
        self.titles: dict[str, list[str]] = defaultdict(list)
        self.values: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for told in loader.contents():
            for language, texts in {told["language"]: told, **told.get("translations", {})}.items():
                self.titles[language].append(texts["title"])
                for name in TEXTS:
                    self.sentences[language] += SENTENCE.split(texts.get(name) or "")
            for name in SEVERAL:
                self.values[name].append(tuple(told.get(name) or ()))
        self.languages = sorted(self.titles)

    def record(self, number: int, language: str, chance: random.Random) -> Record:
        planted = [word for word, percent in PLANTED.items() if chance.random() * 100 < percent]
        words = chance.choice(self.titles[language]).split()
        title = " ".join(chance.sample(words, len(words)))[:100]
        concepts = {name: chance.choice(self.values[name]) for name in SEVERAL}
        return Record(
            key=f"bench:{number}",
            language=language,
            title=f"{title} {number}",
            summary=self._text(language, 4, chance)[:1500],
            what_was_done=" ".join([self._text(language, 12, chance), *planted]),
            one_line_result=self._text(language, 1, chance)[:200],
            resources_note="",
            region="",
            year=chance.randint(2012, 2026),
            source_name="Benchmark",
            source_url="",
            source_note="",
            credited_to="",
            links=(),
            funding=None,
            parties=(Party(f"School {number % 2000}", "lead", country=next(iter(concepts["countries"]), "")),),
            concepts=tuple((name, notations) for name, notations in concepts.items() if notations),
            about="",
        )

    def _text(self, language: str, count: int, chance: random.Random) -> str:
        return " ".join(chance.choices(self.sentences[language], k=count))


def _deepen(keys: list[str], chance: random.Random) -> None:
    """What a list of projects doesn't know and an author tells: outcome, evidence, cost, factors, dates."""
    of = {name: list(Concept.objects.filter(scheme__notation=name.replace("_", "-")).current()) for name in SINGLE}
    factors = list(Concept.objects.filter(scheme__notation="factor"))
    roles = list(Concept.objects.filter(scheme__notation="role"))
    pages = list(CaseStudy.objects.filter(source_key__in=keys))
    start = datetime(2024, 1, 1, tzinfo=UTC)
    for page in pages:
        for name, concepts in of.items():
            setattr(page, name, chance.choice(concepts) if concepts else None)
        page.first_published_at = page.last_published_at = start + timedelta(minutes=chance.randrange(1_000_000))
    CaseStudy.objects.bulk_update(pages, [*SINGLE, "first_published_at", "last_published_at"], batch_size=100)
    FactorStatement.objects.bulk_create(
        FactorStatement(page=page, factor=factor, role=chance.choice(roles), locale_id=page.locale_id, sort_order=order)
        for page in pages
        for order, factor in enumerate(chance.sample(factors, chance.randint(2, 4)))
    )
