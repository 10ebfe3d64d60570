"""Run the whole portal in one foreground process: manage.py serve."""

import os
import signal
import socket
import subprocess
import sys
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal import env

RESTART_PAUSE = 1.0  # seconds before a dead process is started again
STOP_WITHIN = 10.0


class Command(BaseCommand):
    help = "Serve the portal on PORT and keep its search index; Ctrl+C stops both."

    def add_arguments(self, parser):
        parser.add_argument("--bind", default="127.0.0.1", help="address to listen on")

    def handle(self, *args, bind: str, **options):
        self._check_port(bind)
        self.stopping = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        commands = {"web": self._web(bind), "worker": [sys.executable, "manage.py", "run_worker"]}
        children = {name: self._start(command) for name, command in commands.items()}
        self._greet(bind)
        while not self.stopping:
            for name, child in children.items():
                if child.poll() is not None and not self.stopping:
                    self.stderr.write(f"The {name} process ended ({child.returncode}); starting it again.")
                    time.sleep(RESTART_PAUSE)
                    children[name] = self._start(commands[name])
            time.sleep(0.2)
        self._end(children.values())

    @staticmethod
    def _web(bind: str) -> list[str]:
        return [
            sys.executable, "-m", "gunicorn", "portal.wsgi:application",
            "--bind", f"{bind}:{env.PORT}",
            "--workers", str(env.WORKERS),
            "--threads", "4",
            "--worker-class", "gthread",
            "--timeout", "60",
            "--max-requests", "5000",
            "--max-requests-jitter", "500",
            "--preload",
            "--log-level", "warning",
            "--no-control-socket",
        ]  # fmt: skip

    @staticmethod
    def _start(command: list[str]) -> subprocess.Popen:
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]}
        return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, start_new_session=True)

    def _stop(self, *_args):
        self.stopping = True

    @staticmethod
    def _end(children) -> None:
        for child in children:
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + STOP_WITHIN
        for child in children:
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)

    @staticmethod
    def _check_port(bind: str) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((bind, env.PORT))
            except OSError as error:
                raise CommandError(
                    f"Port {env.PORT} is in use. Stop what listens there, or choose another: PORT={env.PORT + 1} make run"
                ) from error

    def _greet(self, bind: str) -> None:
        self.stdout.write(f"\n{settings.WAGTAIL_SITE_NAME} is at http://{bind}:{env.PORT}/ (Ctrl+C stops it)")
        logins = settings.DATA_DIR / "demo-logins.txt"
        if logins.exists():
            self.stdout.write(logins.read_text(encoding="utf-8"))
        self.stdout.flush()
