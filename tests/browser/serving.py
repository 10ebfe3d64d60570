"""The real server, on a port and in a data folder of its own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
START_WITHIN = 900  # seconds, database and demonstration included, on a machine busy with other tests


@dataclass(frozen=True)
class Server:
    address: str
    data: Path

    def login_of(self, role: str) -> tuple[str, str]:
        """E-mail address and password of a demonstration sign-in."""
        for line in (self.data / "demo-logins.txt").read_text(encoding="utf-8").splitlines():
            parts = line.split()
            if parts and parts[0] == role:
                return parts[1], parts[2]
        raise LookupError(role)

    def sign_in(self, page, role: str, then: str = "/en/my/") -> None:
        """Through the form, with or without scripts; the page is where it was to lead."""
        login, password = self.login_of(role)
        page.goto(f"/en/accounts/login/?next={then}")
        page.fill("#id_login", login)
        page.fill("#id_password", password)
        page.press("#id_password", "Enter")
        page.wait_for_url(f"**{then}")

    def mails(self) -> list[str]:
        folder = self.data / "mail"
        return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.log"))] if folder.exists() else []


@contextlib.contextmanager
def served(data: Path, *, demo: bool = True) -> Iterator[Server]:
    port = _free_port()
    environment = {
        **os.environ,
        "PRAXIS_DATA": str(data),
        "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
    }
    environment.pop("DATABASE_URL", None)
    manage = [sys.executable, "manage.py"]
    for command in (["compile_messages"], ["prepare", *(["--demo"] if demo else [])]):
        subprocess.run(
            [*manage, *command], cwd=ROOT, env=environment, check=True, capture_output=True, timeout=START_WITHIN
        )
    process = subprocess.Popen([*manage, "serve"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address + "/health/ready", process)
        yield Server(address, data)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(address: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        time.sleep(0.2)
    raise TimeoutError(address)


def until(true: Callable[[], bool], seconds: float = 15.0) -> bool:
    """Whether it became true in time: what the worker does follows a moment after the click."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.3)
    return true()
