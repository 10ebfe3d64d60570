"""What may answer in the cluster's place: nothing, or another server."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOST = "127.0.0.1"


@contextlib.contextmanager
def silent() -> Iterator[str]:
    """Takes every connection and says nothing, as a stopped process does. -> host:port"""
    with socket.socket() as listening:
        listening.bind((HOST, 0))
        listening.listen(200)
        yield f"{HOST}:{listening.getsockname()[1]}"


@contextlib.contextmanager
def another(status: int, body: bytes, **headers: str) -> Iterator[str]:
    """A server that gives one answer to everything. -> host:port"""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args):
            pass

        def do_GET(self):
            self.rfile.read(int(self.headers.get("content-length") or 0))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_PUT = do_HEAD = do_DELETE = do_GET

    server = ThreadingHTTPServer((HOST, 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"{HOST}:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
