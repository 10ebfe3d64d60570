"""Writing saved searches: each in one transaction."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import User
from search.models import SavedSearch, Told
from search.query import Query
from search.watching import questions

LIMIT = 100  # saved searches of one person
Cadence = SavedSearch.Cadence


class Refused(Exception):
    """It can't be done; the message tells why and what to do."""


@transaction.atomic
def save(person: User, query: Query, name: str, cadence: str) -> SavedSearch:
    User.objects.select_for_update().get(pk=person.pk)  # two browsers at once don't pass the limit
    if same := saved_before(person, query):
        raise Refused(_("You have saved this search already: %(name)s") % {"name": same.name})
    if SavedSearch.objects.filter(person=person).count() >= LIMIT:
        message = _("You can keep %(limit)s saved searches. Delete one first.")
        raise Refused(message % {"limit": LIMIT})
    return SavedSearch.objects.create(
        person=person,
        name=name,
        question=questions.canonical(query),
        language=query.language,
        cadence=cadence,
        asked_until=timezone.now(),
    )


def saved_before(person: User, query: Query) -> SavedSearch | None:
    same = {"person": person, "question": questions.canonical(query), "language": query.language}
    return SavedSearch.objects.filter(**same).first()


@transaction.atomic
def change(saved: SavedSearch, name: str, cadence: str) -> None:
    """Messages that begin again begin with what changes from now on."""
    before = SavedSearch.objects.select_for_update().get(pk=saved.pk)
    fields = {"name": name, "cadence": cadence}
    if before.cadence == Cadence.NEVER and cadence != Cadence.NEVER:
        fields["asked_until"] = fields["resumed_at"] = timezone.now()
    SavedSearch.objects.filter(pk=saved.pk).update(**fields)


def delete(saved: SavedSearch) -> None:
    saved.delete()


def stop(person_id: int, saved_id: int | None) -> None:
    """No more messages about one search, or about any."""
    hers = SavedSearch.objects.filter(person_id=person_id)
    (hers.filter(pk=saved_id) if saved_id else hers).update(cadence=Cadence.NEVER)


@transaction.atomic
def note_told(keys: dict[int, Iterable[str]], until: datetime) -> None:
    """{search: keys} went out: they are not told again, and what changed up to then is asked about no more."""
    there = SavedSearch.objects.select_for_update().filter(pk__in=list(keys))
    kept = list(there.values_list("pk", flat=True))
    rows = [Told(saved_id=pk, key=key) for pk in kept for key in keys[pk]]
    Told.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    note_asked(kept, until)


def note_asked(searches: list[int], until: datetime) -> None:
    SavedSearch.objects.filter(pk__in=searches, asked_until__lt=until).update(asked_until=until)
