"""A parent that forks a worker for each command it reads, as gunicorn does with --preload, and says when each began and ended."""

import os
import sys
import traceback
from collections.abc import Callable

import django


def say(*words) -> None:
    """One write: a line is there whole or not at all, whenever the process dies."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def set_up() -> None:
    """What a process does only once should not fill a worker's short life."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.dev"
    django.setup()
    import portal.urls  # noqa: F401
    import search.indexer  # noqa: F401


def serve(verbs: dict[str, Callable]) -> None:
    for line in sys.stdin:
        command, *arguments = line.split()
        pid = os.fork()
        if pid == 0:
            _work(verbs[command], arguments)
        _pid, status = os.waitpid(pid, 0)
        say("ended", os.waitstatus_to_exitcode(status))


def _work(verb: Callable, arguments: list[str]) -> None:
    try:
        say("worker", os.getpid())
        verb(*arguments)
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
