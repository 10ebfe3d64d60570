"""Looks through the mailbox that takes answers by mail (IMAP), and empties it."""

import imaplib
import logging
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

from django.conf import settings

from community.attention.replying import intake
from portal import duties

log = logging.getLogger(__name__)
TIMEOUT = 10  # seconds
AT_ONCE = 50  # mails in one look


def look() -> int:
    """The number of mails taken. What can't be taken now stays and is tried again."""
    if not settings.PRAXIS_REPLY_IMAP:
        return 0
    with _opened(settings.PRAXIS_REPLY_IMAP) as box:
        _status, found = box.uid("SEARCH", None, "UNDELETED")
        taken = sum(_take(box, uid.decode()) for uid in (found[0] or b"").split()[:AT_ONCE])
        if taken:
            box.expunge()
        return taken


def _take(box: imaplib.IMAP4, uid: str) -> bool:
    _status, parts = box.uid("FETCH", uid, "(BODY.PEEK[])")
    raw = next((part[1] for part in parts if isinstance(part, tuple)), None)
    if raw is None:  # gone meanwhile
        return False
    try:
        intake.take(raw)
    except Exception:
        log.exception("A mail could not be taken; it stays in the mailbox.")
        return False
    box.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen \Deleted)")
    return True


@contextmanager
def _opened(address: str):
    """imaps://user:password@host:port/folder"""
    parts = urlsplit(address)
    kind = imaplib.IMAP4_SSL if parts.scheme == "imaps" else imaplib.IMAP4
    port = parts.port or (993 if parts.scheme == "imaps" else 143)
    with kind(parts.hostname, port, timeout=TIMEOUT) as box:
        box.login(unquote(parts.username or ""), unquote(parts.password or ""))
        box.select(unquote(parts.path.strip("/")) or "INBOX")
        yield box


duties.register("answers by mail", 60, look)
