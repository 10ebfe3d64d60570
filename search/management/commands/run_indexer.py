"""Keep the index in step with the database: manage.py run_indexer."""

import logging
import signal
import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from search import indexer

log = logging.getLogger(__name__)
PAUSE = 0.25  # seconds between looks into an empty outbox
LONGEST_PAUSE = 30.0


class Command(BaseCommand):
    help = "Take changes out of the outbox into the search index, until stopped."

    def handle(self, *args, **options):
        self.stopping = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        pause = PAUSE
        while not self.stopping:
            try:
                pause = PAUSE if indexer.step() else min(pause, PAUSE)
            except Exception:
                log.exception("Indexing failed; the changes wait in the outbox. Next try in %.0f s.", pause)
                pause = min(pause * 2, LONGEST_PAUSE)
                close_old_connections()
            self._sleep(pause)

    def _stop(self, *_args):
        self.stopping = True

    def _sleep(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self.stopping and time.monotonic() < until:
            time.sleep(min(0.25, seconds))
