"""Learning at a quiet hour, where texts have changed: in a process of its own, so that the index follows meanwhile."""

import logging
import subprocess
import sys
import time
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from search.models import IndexRun
from search.translations import storing, tables

log = logging.getLogger(__name__)
LOOK_EVERY = 60.0  # seconds
QUIET = range(2, 5)  # hours of the portal's time zone
APART = timedelta(hours=20)  # between two beginnings, however the first ended
COMMAND = (sys.executable, "-m", "django", "learn_translations", "--only-changes", "--gently")


class Nightly:
    def __init__(self) -> None:
        self.looked = time.monotonic()  # first after a while: who just starts has other things to do
        self.child: subprocess.Popen | None = None

    def turn(self) -> None:
        now = time.monotonic()
        if now - self.looked < LOOK_EVERY:
            return
        self.looked = now
        if self.child and self.child.poll() is None:
            return
        if self.child and self.child.returncode:
            log.error("Learning translations failed; the old ones serve on. Run: manage.py learn_translations")
        self.child = None
        if is_due(timezone.now()):
            self.child = subprocess.Popen(COMMAND, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL)

    def stop(self) -> None:
        """What was half learned is thrown away by the next one."""
        if self.child and self.child.poll() is None:
            self.child.terminate()
            self.child.wait()


def is_due(now: datetime) -> bool:
    """Once a night; at once where nothing has been learned yet."""
    last = IndexRun.objects.filter(kind=IndexRun.Kind.TRANSLATIONS).first()
    if last and now - last.started_at < APART:
        return False
    return timezone.localtime(now).hour in QUIET or storing.folder_in(tables.home()) is None
