"""Takes mails from the mail server beside (LMTP, RFC 2033)."""

import asyncio
import logging
import signal
from collections.abc import Callable

from aiosmtpd.lmtp import LMTP
from django.db import close_old_connections, connections

from community.attention.replying import addresses, intake

log = logging.getLogger(__name__)


class Handler:
    """One recipient for each mail: LMTP answers for every one of them, and the sender comes again with the next."""

    def __init__(self, take: Callable[[bytes, list[str]], object] = intake.take):
        self._take = take

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options) -> str:
        if not addresses.is_ours(address):
            return "550 5.1.1 No such mailbox here"
        if envelope.rcpt_tos:
            return "452 4.5.3 One recipient at a time"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        if envelope.mail_from in (None, "", "<>"):  # a bounce
            return "250 2.0.0 OK"
        try:
            await asyncio.to_thread(self._take_in_thread, envelope.content, envelope.rcpt_tos)
        except Exception:
            log.exception("A mail could not be taken; the mail server brings it again.")
            return "451 4.3.0 Try again later"
        return "250 2.0.0 OK"

    def _take_in_thread(self, raw: bytes, recipients: list[str]) -> None:
        close_old_connections()
        try:
            self._take(raw, recipients)
        finally:
            connections.close_all()


def protocol(handler: Handler) -> LMTP:
    return LMTP(handler, data_size_limit=intake.LARGEST, enable_SMTPUTF8=True, ident="Praxis")


async def serve(host: str, port: int) -> None:
    """Until SIGTERM or SIGINT."""
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    server = await loop.create_server(lambda: protocol(Handler()), host, port)
    async with server:
        log.info("Mails are taken at %s:%s.", host, port)
        await ended.wait()
