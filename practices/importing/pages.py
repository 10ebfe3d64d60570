"""Pages made from records: fields, parts, state."""

import hashlib
import re
from functools import lru_cache

from anyascii import anyascii
from django.db.models import Model
from django.utils import timezone
from django.utils.text import slugify

from people.models import User
from practices.importing.mapping import SCHEMES
from practices.importing.organisations import Identity, identity
from practices.importing.records import Funding, Record, texts_of
from practices.models import CaseStudy, Organisation, Participation, Suggestion
from search.concepts import concepts_in
from vocabularies.models import Concept

PLAIN = (
    "title",
    "summary",
    "what_was_done",
    "one_line_result",
    "resources_note",
    "region",
    "year",
    "source_name",
    "source_url",
    "source_note",
    "credited_to",
)
SCHEME_OF = {**{name: scheme for scheme, name in SCHEMES.items()}, "countries": "country"}
SUGGESTED = ("factor", "topic")
UNCHECKED = {"path", "depth", "numchild", "content_type", "locale", "translation_key", "owner", "source_key"}
FIELDS_WITH_CONCEPTS = tuple(SCHEME_OF)


def new_page(record: Record) -> CaseStudy:
    page = CaseStudy(source_language=record.language, slug=slug_of(record), source_key=record.key)
    return fill(page, record)


def fill(page: CaseStudy, record: Record) -> CaseStudy:
    """The record's content; the page keeps its address, its language and whether it is published."""
    for name in PLAIN:
        setattr(page, name, getattr(record, name))
    page.draft_title = page.title
    page.funding = [("funding", _block(record.funding))] if record.funding else []
    page.links = [("link", {"title": host_of(url), "url": url, "language": ""}) for url in record.links]
    page.provenance = "human"
    page.source_digest = record.digest
    return page


def as_draft(page: CaseStudy, owner: User | None) -> CaseStudy:
    page.live, page.has_unpublished_changes, page.owner = False, True, owner
    return page


def as_published(page: CaseStudy, owner: User | None) -> CaseStudy:
    page.live, page.has_unpublished_changes, page.owner = True, False, owner
    page.first_published_at = page.last_published_at = timezone.now()
    return page


def check(record: Record) -> None:
    """Raises ValidationError naming the field. Concepts and the place in the tree are right by construction."""
    page = new_page(record)
    foreign = {field.name for field in page._meta.fields if field.is_relation}
    page.clean_fields(exclude=UNCHECKED | foreign)


def save_row(page: CaseStudy) -> None:
    """The rows of the page itself; parts and the outbox are written for the whole batch in the same transaction."""
    Model.save(page)


def slug_of(record: Record) -> str:
    """Speaking, and unlike any other: addresses are shared by all languages."""
    words = slugify(anyascii(record.title))
    if len(words) > 60:
        words = words[:60].rpartition("-")[0] or words[:60]
    return f"{words}-{hashlib.sha256(record.key.encode()).hexdigest()[:8]}".strip("-")


def host_of(url: str) -> str:
    return re.sub(r"^https?://(www\.)?([^/?#]+).*", r"\2", url)[:160]


def _block(funding: Funding) -> dict:
    return {name: getattr(funding, name) for name in Funding.__dataclass_fields__}


# --- parts ----------------------------------------------------------------------------------------


def write_parts(pages: list[tuple[Record, CaseStudy]], organisations: dict[Identity, Organisation]) -> None:
    """Concepts, organisations and suggestions of a whole batch, replacing what imports wrote before."""
    ids = [page.pk for _record, page in pages]
    concepts = _Concepts()
    for name in FIELDS_WITH_CONCEPTS:
        through = CaseStudy._meta.get_field(name).remote_field.through
        through.objects.filter(casestudy_id__in=ids).delete()
        through.objects.bulk_create(
            through(casestudy_id=page.pk, concept_id=pk)
            for record, page in pages
            for pk in concepts.of(SCHEME_OF[name], dict(record.concepts).get(name, ()))
        )
    Participation.objects.filter(page_id__in=ids).delete()
    Participation.objects.bulk_create(
        Participation(page=page, organisation=organisations[identity(party)], role=party.role, sort_order=order)
        for record, page in pages
        for order, party in enumerate(record.parties)
    )
    Suggestion.objects.filter(page_id__in=ids).delete()
    Suggestion.objects.bulk_create(
        Suggestion(page=page, concept_id=pk, found=found, sort_order=order)
        for record, page in pages
        for order, (pk, found) in enumerate(concepts.suggested(record))
    )


class _Concepts:
    """Primary keys by scheme and notation, read once for a batch."""

    def __init__(self):
        self._of = lru_cache(lambda scheme: {one.notation: one.pk for one in Concept.objects.of(scheme).current()})

    def of(self, scheme: str, notations: tuple[str, ...]) -> list[int]:
        have = self._of(scheme)
        return [have[notation] for notation in notations if notation in have]

    def suggested(self, record: Record) -> list[tuple[int, str]]:
        text = "\n".join(part for part in texts_of(record) if part)
        found = []
        for path, words in concepts_in(text, record.language, schemes=SUGGESTED):
            if len(words) < 3 and not words.isupper():
                continue  # an abbreviation ("AI", "KI") is spelt in capitals; anything else so short is chance
            scheme, _slash, notation = path.partition("/")
            found += [(pk, " ".join(words.split())[:200]) for pk in self.of(scheme, (notation,))]
        return found
