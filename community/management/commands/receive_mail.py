"""Take answers that come by mail: one from standard input, or as a server beside the mail server. manage.py receive_mail"""

import asyncio
import os
import sys

from django.core.management.base import BaseCommand, CommandError

from community.attention.replying import intake, lmtp


class Command(BaseCommand):
    help = "Post an answer that came by mail: one message from standard input, or (--lmtp) whatever the mail server brings."

    def add_arguments(self, parser):
        parser.add_argument("--lmtp", metavar="HOST:PORT", help="listen there and take mails until stopped")
        parser.add_argument("--to", metavar="ADDRESS", action="append", help="the address the mail server delivers to")

    def handle(self, *args, **options):
        if options["lmtp"]:
            asyncio.run(lmtp.serve(*_place(options["lmtp"])))
            return
        try:
            outcome = intake.take(sys.stdin.buffer.read(), options["to"])
        except Exception as error:
            raise CommandError(f"The mail could not be taken now: {error}", returncode=os.EX_TEMPFAIL) from error
        self.stdout.write(outcome)


def _place(text: str) -> tuple[str, int]:
    host, _colon, port = text.rpartition(":")
    if not host or not port.isdigit():
        raise CommandError("Give a host and a port, for example --lmtp 127.0.0.1:8024.")
    return host, int(port)
