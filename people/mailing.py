"""Handing mails to the mail server, one after the other: what it refuses, what is only late, and when the server itself is down."""

from contextlib import suppress
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.core.mail import EmailMultiAlternatives, get_connection

FAILURES = 3  # in a row: then it is not the mail but the server


class NotSent(Exception):
    """The mail server did not take this mail now."""


class Refused(Exception):
    """This mail can't be made or is not taken; others may be."""


class ServerDown(Exception):
    """Several mails in a row were not taken."""


class Mailer:
    """One connection, opened when it is needed."""

    def __init__(self):
        self._connection = get_connection()
        self._failures = 0

    def send(self, message: EmailMultiAlternatives) -> None:
        try:
            self._connection.open()
            self._connection.send_messages([message])
        except (SMTPRecipientsRefused, SMTPDataError, ValueError) as error:
            self.close()
            if not _is_passing(error):
                raise Refused from error
            self._count(error)
        except OSError as error:
            self.close()
            self._count(error)
        self._failures = 0

    def close(self) -> None:
        with suppress(OSError):
            self._connection.close()

    def _count(self, error: Exception) -> None:
        self._failures += 1
        raise (ServerDown if self._failures >= FAILURES else NotSent) from error


def _is_passing(error: Exception) -> bool:
    """Answers from 400 to 499 ask to come again."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(400 <= code < 500 for code, _answer in error.recipients.values())
    return isinstance(error, SMTPDataError) and 400 <= error.smtp_code < 500
