"""The real server, on a port and in a data folder of its own."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from tests.factories.mailserver import MailServer, a_running_mail_server

ROOT = Path(__file__).resolve().parent.parent.parent
REPLY_ADDRESS = "reply@praxis.example.org"
START_WITHIN = 900  # seconds, database and demonstration included, on a machine busy with other tests


@dataclass(frozen=True)
class Server:
    address: str
    data: Path
    mail: MailServer
    environment: dict[str, str]

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

    def join(self, page, name: str, email: str, language: str) -> None:
        """Sign up as anybody does, with the code that comes by mail."""
        page.goto(f"/{language}/accounts/signup/")
        page.fill("[name=name]", name)
        page.fill("[name=email]", email)
        page.fill("[name=password1]", "um-barco-azul-7")
        page.check("[name=adult]")
        page.locator("main form button.button").first.click()
        assert until(lambda: bool(self.mails(email)))
        code = re.search(r"^\s*([A-Z0-9]{4}-?[A-Z0-9]{2,4})\s*$", text_of(self.mails(email)[-1]), re.MULTILINE).group(1)
        page.fill("[name=code]", code)
        page.locator("main form button[type=submit], main form button.button").first.click()
        page.wait_for_load_state()

    def mails(self, to: str = "") -> list[EmailMessage]:
        """What its mail server has taken."""
        return [mail for mail in self.mail.taken if not to or mail["To"] == to]

    def manage(self, *command: str, **options) -> str:
        """What the command says; `input` is its standard input."""
        run = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
            **options,
        )
        return run.stdout.decode()


def text_of(mail: EmailMessage) -> str:
    return mail.get_body(("plain",)).get_content()


@contextlib.contextmanager
def served(data: Path, *, demo: bool = True) -> Iterator[Server]:
    with a_running_mail_server() as mail:
        yield from _served(data, demo, mail)


def _served(data: Path, demo: bool, mail: MailServer) -> Iterator[Server]:
    port = _free_port()
    environment = {
        **os.environ,
        "PRAXIS_DATA": str(data),
        "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail.port}",
        "MAIL_REPLY_ADDRESS": REPLY_ADDRESS,
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
        yield Server(address, data, mail, environment)
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
