"""Synthetic case studies as real rows: sentences of the demonstration in 24 languages, mixed anew, written in bulk: as rows of Page and CaseStudy and their parts.

Nothing of what follows a save is done: no revisions, no references, no row in the outbox, no index.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from django.db import connection, transaction
from wagtail.models import Page

from portal.languages import CODES
from practices.demo import loader
from practices.importing import pages
from practices.importing.organisations import identity, organisations_of
from practices.importing.records import Party, Record
from practices.models import CaseStudy, FactorStatement, Participation
from practices.models.case_study import SINGLE, TEXTS
from practices.site_tree import index_in
from vocabularies.models import Concept

SEED = 20_260
BATCH = 500
START = datetime(2024, 1, 1, tzinfo=UTC)
SENTENCE = re.compile(r"(?<=[.!?;·])\s+")
# Words in no language, planted in so many of a hundred case studies.
PLANTED = {"vombrelik": 30.0, "quastomir": 3.0, "zefrandol": 0.1}
SEVERAL = {
    "levels": "level", "sectors": "sector", "countries": "country", "topics": "topic", "aims": "aim", "target_groups": "target",
}  # fmt: skip


def make(count: int) -> None:
    chance = random.Random(SEED)
    records = _records(count, chance)
    concepts = _Concepts(chance)
    indexes = {language: index_in(language) for language in CODES}
    places = dict.fromkeys(CODES, 0)
    while batch := list(islice(records, BATCH)):
        with transaction.atomic():
            new = [(record, _page(record, concepts, chance)) for record in batch]
            for _record, page in new:
                places[page.source_language] += 1
                _place(page, indexes[page.source_language], places[page.source_language])
            _insert([page for _record, page in new])
            _insert_parts(new, concepts, chance)
    for language, index in indexes.items():
        Page.objects.filter(pk=index.pk).update(numchild=places[language])


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


class _Concepts:
    """Primary keys, read once."""

    def __init__(self, chance: random.Random):
        self._chance = chance
        self._of: dict[str, dict[str, int]] = defaultdict(dict)
        for scheme, notation, pk in Concept.objects.current().values_list("scheme__notation", "notation", "pk"):
            self._of[scheme][notation] = pk

    def pks(self, scheme: str, notations: tuple[str, ...]) -> list[int]:
        return [self._of[scheme][notation] for notation in notations if notation in self._of[scheme]]

    def some(self, scheme: str, count: int) -> list[int]:
        return self._chance.sample(list(self._of[scheme].values()), count)


def _page(record: Record, concepts: _Concepts, chance: random.Random) -> CaseStudy:
    """What a list of projects knows and what an author tells besides: outcome, evidence, cost, dates."""
    page = pages.as_published(pages.new_page(record), None)
    for name in SINGLE:
        (pk,) = concepts.some(name.replace("_", "-"), 1)
        setattr(page, f"{name}_id", pk)
    page.first_published_at = page.last_published_at = START + timedelta(minutes=chance.randrange(1_000_000))
    return page


def _place(page: CaseStudy, index: Page, number: int) -> None:
    page.depth, page.locale_id = index.depth + 1, index.locale_id
    page.path = Page._get_path(index.path, page.depth, number)
    page.set_url_path(index)


def _insert(new: list[CaseStudy]) -> None:
    """Into both tables at once: Django's bulk_create refuses a model that has a parent."""
    names = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    parents = Page.objects.bulk_create(Page(**{name: getattr(page, name) for name in names}) for page in new)
    for page, parent in zip(new, parents, strict=True):
        page.pk = page.page_ptr_id = parent.pk
    fields = CaseStudy._meta.local_concrete_fields
    size = min(len(new), connection.ops.bulk_batch_size(fields, new))
    for at in range(0, len(new), size):
        CaseStudy._base_manager._insert(new[at : at + size], fields=fields, using=connection.alias)


def _insert_parts(new: list[tuple[Record, CaseStudy]], concepts: _Concepts, chance: random.Random) -> None:
    for name, scheme in SEVERAL.items():
        through = CaseStudy._meta.get_field(name).remote_field.through
        through.objects.bulk_create(
            through(casestudy_id=page.pk, concept_id=pk)
            for record, page in new
            for pk in concepts.pks(scheme, dict(record.concepts).get(name, ()))
        )
    organisations = organisations_of(party for record, _page in new for party in record.parties)
    Participation.objects.bulk_create(
        Participation(page_id=page.pk, organisation=organisations[identity(party)], role=party.role, sort_order=0)
        for record, page in new
        for party in record.parties
    )
    FactorStatement.objects.bulk_create(
        FactorStatement(page_id=page.pk, factor_id=factor, role_id=role, locale_id=page.locale_id, sort_order=order)
        for _record, page in new
        for order, factor in enumerate(concepts.some("factor", chance.randint(2, 4)))
        for role in concepts.some("role", 1)
    )
