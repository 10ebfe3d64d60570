"""Storing records: what is to be done is planned by reading, then carried out in one transaction for each batch."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from people.models import User
from practices.importing import account, pages
from practices.importing.account import Entry
from practices.importing.organisations import organisations_of
from practices.importing.records import Record
from practices.importing.tree import add_children
from practices.importing.wagtail_indexes import built_afterwards
from practices.models import CaseStudy
from search import outbox

EDITED = "kept as it is: edited here since it was imported"
WITHDRAWN = "kept as it is: withdrawn here"
REMEDY = "Correct it in the file and import again."


@dataclass(frozen=True)
class Plan:
    """What is to become of a record."""

    record: Record
    outcome: str
    reason: str = ""
    page_id: int | None = None

    def entry(self, outcome: str = "", **more) -> Entry:
        record = self.record
        details = {"reason": self.reason, "notes": record.notes, **more}
        return Entry(record.row, outcome or self.outcome, record.title, record.key, **details)


def plan(records: list[Record]) -> list[Plan]:
    """Compare records with what is there. Reads only."""
    fields = ("source_key", "id", "source_digest", "latest_revision_id", "withdrawn_at")
    rows = CaseStudy.objects.filter(source_key__in=[record.key for record in records]).values_list(*fields)
    have = {key: rest for key, *rest in rows}
    return [_planned(record, have.get(record.key)) for record in records]


def _planned(record: Record, have: list | None) -> Plan:
    if have is None:
        return Plan(record, account.CREATED)
    page_id, digest, revision_id, withdrawn_at = have
    if digest == record.digest:
        return Plan(record, account.UNCHANGED, page_id=page_id)
    if withdrawn_at:
        return Plan(record, account.SKIPPED, WITHDRAWN, page_id)
    if revision_id:
        return Plan(record, account.SKIPPED, EDITED, page_id)
    return Plan(record, account.UPDATED, page_id=page_id)


def only_tell(plans: list[Plan]) -> list[Entry]:
    """What storing would do, nothing written."""
    return [_checked(one) or one.entry() for one in plans]


def store_as_drafts(owner: User | None) -> Callable[[list[Plan]], list[Entry]]:
    return partial(_store, prepare=partial(pages.as_draft, owner=owner))


def store_published(owner: User | None) -> Callable[[list[Plan]], list[Entry]]:
    return partial(_store, prepare=partial(pages.as_published, owner=owner))


def _store(plans: list[Plan], prepare: Callable) -> list[Entry]:
    """A batch in one transaction; where the database refuses it, row by row, so that one bad row costs only itself."""
    faults = {one.record.key: fault for one in plans if (fault := _checked(one))}
    good = [one for one in plans if one.record.key not in faults]
    try:
        _write(good, prepare)
        entries = {one.record.key: one.entry() for one in good}
    except DatabaseError:
        entries = {one.record.key: _alone(one, prepare) for one in good}
    return [faults.get(one.record.key) or entries[one.record.key] for one in plans]


def _alone(one: Plan, prepare: Callable) -> Entry:
    try:
        _write([one], prepare)
        return one.entry()
    except DatabaseError as fault:
        return one.entry(account.FAILED, reason=f"the database refused it: {fault}", remedy=REMEDY)


def _checked(one: Plan) -> Entry | None:
    """The entry of a record that no valid page can be made of."""
    if one.outcome not in (account.CREATED, account.UPDATED):
        return None
    try:
        pages.check(one.record)
    except ValidationError as fault:
        name, messages = next(iter(fault.message_dict.items()))
        return one.entry(account.FAILED, column=name, reason=" ".join(messages), remedy=REMEDY)
    return None


@transaction.atomic
def _write(plans: list[Plan], prepare: Callable) -> None:
    """Pages, their parts and their rows in the outbox: all of them or none."""
    wanted = [one for one in plans if one.outcome in (account.CREATED, account.UPDATED)]
    if not wanted:
        return
    organisations = organisations_of([party for one in wanted for party in one.record.parties])
    with built_afterwards() as saved:
        new = [(one.record, prepare(pages.new_page(one.record))) for one in wanted if one.outcome == account.CREATED]
        by_language = defaultdict(list)
        for _record, page in new:
            by_language[page.source_language].append(page)
        for language, children in by_language.items():
            add_children(language, children)
        changed = _change([one for one in wanted if one.outcome == account.UPDATED])
        pages.write_parts(new + changed, organisations)
        saved.extend(page for _record, page in new + changed)
        outbox.touch(*(page.search_key for page in saved))


def _change(plans: list[Plan]) -> list[tuple[Record, CaseStudy]]:
    have = CaseStudy.objects.select_for_update().in_bulk([one.page_id for one in plans])
    changed = []
    for one in plans:
        page = pages.fill(have[one.page_id], one.record)
        if page.live:
            page.last_published_at = timezone.now()
        pages.save_row(page)
        changed.append((one.record, page))
    return changed
