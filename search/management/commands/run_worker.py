"""Do what has to be done beside the web: index what changed, publish what is due, tell who asked. manage.py run_worker"""

import logging
import signal
import time

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from portal.duties import Duties
from search import indexer
from search.translating.working import Translating
from search.translations.nightly import Nightly
from search.upkeep import Upkeep
from search.watching.alerts import Alerts

log = logging.getLogger(__name__)
PAUSE = 0.25  # seconds between looks into an empty outbox
LONGEST_PAUSE = 30.0
SCHEDULE_EVERY = 60.0


class Command(BaseCommand):
    help = "Keep the index in step, publish what is scheduled and send alerts of saved searches, until stopped."

    def handle(self, *args, **options):
        self.stopping = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        pause, scheduled_at = PAUSE, 0.0
        upkeep, alerts, nightly, translating = Upkeep(lambda: self.stopping), Alerts(), Nightly(), Translating()
        beside = Duties()
        while not self.stopping:
            upkeep.turn()
            try:
                if time.monotonic() - scheduled_at > SCHEDULE_EVERY:
                    scheduled_at = time.monotonic()
                    call_command("publish_scheduled", verbosity=0)
                indexed = indexer.step()  # last: what is due is published though there be no index
                if indexed < indexer.BATCH:
                    alerts.turn(changed=indexed > 0)
                nightly.turn()
                translating.turn()
                beside.turn()
                pause = PAUSE
            except Exception:
                log.exception("The worker failed; what waits is tried again in %.0f s.", pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            close_old_connections()
            self._sleep(pause)
        nightly.stop()
        translating.stop()

    def _stop(self, *_args):
        self.stopping = True

    def _sleep(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self.stopping and time.monotonic() < until:
            time.sleep(min(0.1, seconds))
