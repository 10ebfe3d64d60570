"""All the worker does, a turn at a time: nothing waits for what fails, least of all letters for the index."""

from collections.abc import Callable

from django.core.management import call_command

from portal.duties import Duties, Duty
from search import indexer
from search.translating.working import Translating
from search.translations.nightly import Nightly
from search.upkeep import Upkeep
from search.watching.alerts import Alerts

SCHEDULE_EVERY = 60.0  # seconds


class Worker:
    def __init__(self, stopping: Callable[[], bool] = lambda: False):
        self._alerts, self._learning, self._translating = Alerts(), Nightly(), Translating()
        self._indexed, beside = 0, Duties()
        self._duties = (
            beside,
            Duty(
                "Publishing what is scheduled", SCHEDULE_EVERY, lambda: call_command("publish_scheduled", verbosity=0)
            ),
            Duty("The upkeep of the index", 0.0, Upkeep(stopping, beside.turn).turn),
            Duty("Indexing", 0.0, self._index),
            Duty("Telling who asked", 0.0, self._tell),
            Duty("Learning translations", 0.0, self._learning.turn),
            Duty("Translating", 0.0, self._translating.turn),
        )

    def turn(self) -> None:
        for duty in self._duties:
            duty.turn()

    def stop(self) -> None:
        self._learning.stop()
        self._translating.stop()

    def _index(self) -> None:
        self._indexed = 0
        self._indexed = indexer.step()

    def _tell(self) -> None:
        """Not while more waits to be indexed."""
        if self._indexed < indexer.BATCH:
            self._alerts.turn(changed=self._indexed > 0)
