"""Do what has to be done beside the web: index what changed, publish what is due, tell who asked. manage.py run_worker"""

import signal
import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from search.worker import Worker

PAUSE = 0.25  # seconds between two turns


class Command(BaseCommand):
    help = "Keep the index in step, publish what is scheduled and send alerts of saved searches, until stopped."

    def handle(self, *args, **options):
        self.stopping = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        worker = Worker(lambda: self.stopping)
        while not self.stopping:
            worker.turn()
            close_old_connections()
            self._sleep(PAUSE)
        worker.stop()

    def _stop(self, *_args):
        self.stopping = True

    def _sleep(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self.stopping and time.monotonic() < until:
            time.sleep(min(0.1, seconds))
