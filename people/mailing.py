"""Handing mails to the mail server, one after the other: what it refuses, what is only late, and when the server itself is down."""

from contextlib import suppress
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.core.mail import EmailMultiAlternatives, get_connection

FAILURES = 3  # in a row: then it is not the mail but the server
CLOSING = 421  # whatever was asked, the server takes nothing more now


class NotSent(Exception):
    """The mail server did not take this mail now."""


class Postponed(NotSent):
    """The mail server asks to come again with this mail; it may take others now."""


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
        except (SMTPRecipientsRefused, ValueError) as error:
            self.close()
            self._turned_away(error)
        except SMTPDataError as error:
            self.close()
            if not _is_passing(error.smtp_code):
                raise Refused from error
            self._count(error, Postponed)
        except OSError as error:
            self.close()
            self._count(error, NotSent)
        self._failures = 0

    def close(self) -> None:
        with suppress(OSError):
            self._connection.close()

    def _turned_away(self, error: SMTPRecipientsRefused | ValueError) -> None:
        """What is said of one address says nothing of the server: it answered, and however many follow, it is not down."""
        codes = [code for code, _answer in getattr(error, "recipients", {}).values()]
        if CLOSING in codes:
            self._count(error, NotSent)
        self._failures = 0
        raise (Postponed if codes and all(map(_is_passing, codes)) else Refused) from error

    def _count(self, error: Exception, told: type[NotSent]) -> None:
        self._failures += 1
        raise (ServerDown if self._failures >= FAILURES else told) from error


def _is_passing(code: int) -> bool:
    """Answers from 400 to 499 ask to come again."""
    return 400 <= code < 500
