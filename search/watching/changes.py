"""When what the index holds last said something else: noted by the indexer, looked through by alerts, feeds, lists and the home page."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils import timezone

from search import sources
from search.contract import Entry
from search.models import Change, OutboxRow

BATCH = 500
PAGE, PAGES = 200, 6


def note(held: Iterable[Entry], gone: Iterable[str]) -> None:
    """The engine holds these now, and those no more. Call it after the engine, in one transaction with the outbox.

    A draft, a lock and a count on a card touch the outbox too: no news is what says the same as before to the same people.
    """
    digests = {entry.key: said(entry) for entry in held}
    known = dict(Change.objects.filter(key__in=digests).values_list("key", "digest"))
    now = timezone.now()
    Change.objects.bulk_create(
        [Change(key=key, at=now, digest=digest) for key, digest in digests.items() if known.get(key) != digest],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["at", "digest"],
    )
    Change.objects.filter(key__in=list(gone)).delete()


def said(entry: Entry) -> str:
    """Digest of what it tells, and whom; of its own words, without what a machine translates. Not of where it stands and when it was saved."""
    told = {
        "texts": sorted((text.language, text.title, text.summary, text.body) for text in entry.texts),
        "facets": {name: sorted(values) for name, values in entry.facets.items() if values},
        "card": {name: entry.card.get(name) for name in sources.news_on_card(entry.kind)},
        "audience": sorted(entry.audience),
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:32]


class Learning:
    """What entries say that are no news: an index is built of them, or they were found in it as they are. In batches, as they pass.

    Left out is what waits in the outbox, for the indexer is to find out whether it is news, and what it noted meanwhile.
    """

    def __init__(self):
        self._began = timezone.now()
        self._digests: dict[str, str] = {}

    def add(self, entry: Entry) -> None:
        with suppress(TypeError, ValueError):  # no JSON, no UTF-8: the engine refuses it too
            self._digests[entry.key] = said(entry)
        if len(self._digests) >= BATCH:
            self.finish()

    def finish(self) -> None:
        digests, self._digests = self._digests, {}
        waiting = set(OutboxRow.objects.filter(key__in=digests).values_list("key", flat=True))
        rows = Change.objects.filter(key__in=digests).values_list("key", "at", "digest")
        known = {key for key, at, digest in rows if digest == digests[key] or (at and at > self._began)}
        Change.objects.bulk_create(
            [Change(key=key, digest=digest) for key, digest in digests.items() if key not in waiting | known],
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["digest"],
        )


def latest(kinds: Iterable[str], moment: datetime | None = None) -> Iterator[dict[str, datetime]]:
    """{key: when} of what changed of these kinds (since then), the latest first, each page twice as long as the one before: all in all 12,600."""
    of_kinds = reduce(or_, (Q(key__startswith=f"{kind}:") for kind in kinds))
    rows = Change.objects.filter(of_kinds, at__isnull=False).order_by("-at", "key").values_list("key", "at")
    if moment:
        rows = rows.filter(at__gt=moment)
    start = 0
    for page in range(PAGES):
        size = PAGE << page
        yield (found := dict(rows[start : start + size]))
        if len(found) < size:
            return
        start += size


def since(moment: datetime) -> dict[str, datetime]:
    """{key: when it changed}, the latest first."""
    return dict(Change.objects.filter(at__gt=moment).order_by("-at", "key").values_list("key", "at"))
