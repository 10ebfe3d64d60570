"""A mailbox for tests: as much of an IMAP server as is asked for."""

import re
import socketserver
import threading
from contextlib import contextmanager


class Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.say("* OK ready")
        for line in self.rfile:
            tag, _space, command = line.decode().strip().partition(" ")
            name = command.upper().split()[0]
            if name == "UID":
                name = command.upper().split()[1]
            getattr(self, f"do_{name.lower()}", lambda _command: None)(command)
            self.say(f"{tag} OK {name} done")
            if name == "LOGOUT":
                return

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def do_capability(self, _command: str) -> None:
        self.say("* CAPABILITY IMAP4rev1")

    def do_login(self, command: str) -> None:
        self.server.signed_in = tuple(part.strip('"') for part in command.split()[1:3])

    def do_select(self, command: str) -> None:
        self.server.folder = command.split()[1].strip('"')
        self.say(f"* {len(self.server.mails)} EXISTS")

    def do_search(self, _command: str) -> None:
        self.say(f"* SEARCH {' '.join(str(uid) for uid in self.server.mails)}")

    def do_fetch(self, command: str) -> None:
        uid = int(command.split()[2])
        raw = self.server.mails[uid]
        self.wfile.write(f"* 1 FETCH (UID {uid} BODY[] {{{len(raw)}}}\r\n".encode() + raw + b")\r\n")

    def do_store(self, command: str) -> None:
        if re.search(r"\\Deleted", command):
            self.server.deleted.add(int(command.split()[2]))

    def do_expunge(self, _command: str) -> None:
        self.server.mails = {uid: raw for uid, raw in self.server.mails.items() if uid not in self.server.deleted}


@contextmanager
def an_imap_server(mails: list[bytes]):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        server.mails, server.deleted = dict(enumerate(mails, start=7)), set()
        server.signed_in, server.folder = (), ""
        server.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
