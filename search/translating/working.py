"""The queue of machine translations, worked off beside everything else: publishing never waits for it, and what fails is tried again."""

import logging
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from search import outbox
from search.contract import PUBLIC, Text
from search.keepable import keepable, what_went_wrong
from search.models import MachineText
from search.translating import provider, texts
from search.turns import turn
from search.watching import entries

log = logging.getLogger(__name__)
AT_ONCE = 100  # texts whose entries are read together
PATIENCE = 5  # failures in a row, after which the provider is taken to be away
AGAIN_AFTER = timedelta(hours=20)  # a failed text: so, once a night
REST = timedelta(hours=1)  # where the provider is away
LOOK_EVERY = 5.0  # seconds
AFTER_FAULT = 60.0  # seconds
COMMAND = (sys.executable, "-m", "django", "translate_missing", "--waiting")

Progress = Callable[[Iterable, int], Iterable]


class Away(Exception):
    """The provider fails again and again; the message tells how."""


def waiting():
    return MachineText.objects.waiting(timezone.now() - AGAIN_AFTER)


def is_away() -> bool:
    """The provider failed so often lately, and made nothing since, that it is left in peace for a while."""
    return MachineText.objects.in_a_row(timezone.now() - REST) >= PATIENCE


def try_again() -> int:
    """What failed waits as if it had never been tried; the number of texts."""
    return MachineText.objects.failed().update(tried_at=None, error="")


def work(rows, progress: Progress = lambda items, total: items) -> tuple[int, int]:
    """Translate these; (done, failed). One process at a time. Raises Away, Busy."""
    with turn(settings.DATA_DIR / "translating.lock", patience=0):
        done = failed = in_a_row = 0
        for row, source in progress(_with_source(rows), rows.count()):
            error = _translate(row, source)
            done, failed, in_a_row = done + (not error), failed + bool(error), in_a_row + 1 if error else 0
            if in_a_row == PATIENCE:
                raise Away(error)
        return done, failed


def _with_source(rows) -> Iterator[tuple[MachineText, Text]]:
    """Each with the text it is to be made from; what needs none any more leaves the queue."""
    for batch in texts.batches(list(rows.in_turn().values_list("pk", flat=True)), AT_ONCE):
        some = list(MachineText.objects.filter(pk__in=batch).in_turn())
        found = entries.of({row.key for row in some})
        for row in some:
            entry = found.get(row.key)
            if entry and PUBLIC in entry.audience and row.language not in {text.language for text in entry.texts}:
                yield row, texts.original(entry)
            else:
                row.delete()


def _translate(row: MachineText, source: Text) -> str:
    """Keep the translation, or why there is none."""
    translator, asked = provider.translator(), [text for text in (source.title, source.summary, source.body) if text]
    try:
        told = list(map(keepable, translator.translate(asked, source.language, row.language)))
        if len(told) != len(asked) or not all(text.strip() for text in told):
            raise ValueError(f"{len(asked)} texts were given, and not as many came back.")
        _keep(row, source, told, translator.name)
    except Exception as error:
        row.tried_at, row.error = timezone.now(), what_went_wrong(error)
        log.warning("%s was not translated into %s: %s", row.key, row.language, row.error)
        row.save(update_fields=["tried_at", "error"])
        return row.error
    return ""


def _keep(row: MachineText, source: Text, told: list[str], name: str) -> None:
    answers = iter(told)
    row.title, row.summary, row.body = (
        next(answers) if text else "" for text in (source.title, source.summary, source.body)
    )
    row.engine = keepable(str(name))[: MachineText._meta.get_field("engine").max_length]
    row.digest, row.made_at, row.error = texts.digest(source), timezone.now(), ""
    with transaction.atomic():
        row.save()
        outbox.touch(row.key)


class Translating:
    """The worker's part: a process of its own, so that the index follows meanwhile."""

    def __init__(self) -> None:
        self.look_at = 0.0
        self.child: subprocess.Popen | None = None

    def turn(self) -> None:
        now = time.monotonic()
        if now < self.look_at or (self.child and self.child.poll() is None):
            return
        self.look_at = now + LOOK_EVERY
        if self.child and self.child.returncode:
            log.error("The translation provider failed; what waits is tried again. Run: manage.py translate_missing")
            self.look_at, self.child = now + AFTER_FAULT, None
        elif provider.translator() and not is_away() and waiting().exists():
            self.child = subprocess.Popen(COMMAND, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL)

    def stop(self) -> None:
        """What was translated is kept; the rest goes on waiting."""
        if self.child and self.child.poll() is None:
            self.child.terminate()
            self.child.wait()
