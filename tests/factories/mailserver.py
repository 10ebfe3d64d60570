"""A real mail server for tests: SMTP on a port of its own, up or down, taking mails or not."""

import email
import socket
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller


class MailServer:
    """`answer` is what it says to the next mails, `answers` to some addresses; what it took is in `taken`."""

    def __init__(self):
        self.taken: list[EmailMessage] = []
        self.answer = "250 OK"
        self.answers: dict[str, str] = {}
        self.asked = 0
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._controller: Controller | None = None

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        else:
            self.asked += 1
        return answer

    async def handle_DATA(self, server, session, envelope) -> str:
        self.asked += 1
        answer = self.answer
        if answer.startswith("250"):
            self.taken.append(email.message_from_bytes(envelope.content, policy=default))
        return answer

    def start(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        if self._controller:
            self._controller.stop(no_assert=True)
        self._controller = None


@contextmanager
def a_running_mail_server():
    """For a portal in a process of its own."""
    server = MailServer()
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def a_mail_server(settings):
    """It is down until it is started."""
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    try:
        yield server
    finally:
        server.stop()
