"""Elasticsearch nodes on this machine: built once from Maven Central, started on free ports, killed one by one."""

import argparse
import contextlib
import fcntl
import hashlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

SOURCES = Path(__file__).resolve().parent / "server"
HOST = "127.0.0.1"
START_WITHIN = 300  # seconds, on a machine busy with other tests
PORTS = range(20_000, 32_000)  # below those the system gives to clients, so a killed node finds its port free again


class Unavailable(Exception):
    """This machine cannot build or run a server; the message says what to install."""


def start(nodes: int = 1, data: Path | None = None, heap: str = "256m") -> "Cluster":
    """All nodes of a new cluster, or of the one kept in `data`; without `data` it is gone after `stop()`."""
    home = build()
    cluster = Cluster(nodes, Path(data) if data else None, heap, home)
    try:
        for node in cluster.nodes:
            node.start()
        cluster.wait()
    except BaseException:
        cluster.stop()
        raise
    return cluster


def build() -> Path:
    """The server's folder; made from `server/` unless these very sources were built before."""
    _need("java", "openjdk-17-jdk-headless")
    cache = Path(os.environ.get("ELASTICSEARCH_HOME") or Path(tempfile.gettempdir()) / "praxis-elasticsearch")
    home = cache / _state() / "home"
    with _locked(cache):
        if not home.exists():
            _need("mvn", "maven")
            unfinished = cache / "unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            _maven(f"-Dmaven.repo.local={cache / 'maven'}", f"-Dtarget={unfinished}", "package")
            unfinished.replace(home.parent)
    return home


def _need(program: str, package: str) -> None:
    if not shutil.which(program):
        raise Unavailable(
            f"Elasticsearch needs {program}: install {package}, or name a server in TEST_ELASTICSEARCH_URL"
        )


def _maven(*arguments: str) -> None:
    done = subprocess.run(["mvn", "-q", "-B", *arguments], cwd=SOURCES, capture_output=True, text=True)
    if done.returncode:
        raise Unavailable(f"Elasticsearch could not be built from {SOURCES}:\n{(done.stdout + done.stderr)[-3000:]}")


@contextlib.contextmanager
def _locked(cache: Path):
    try:
        cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (cache / "lock").open("w")
    except OSError as error:
        raise Unavailable(f"{cache} cannot be written: name another folder in ELASTICSEARCH_HOME") from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _state() -> str:
    digest = hashlib.sha256()
    for path in sorted(SOURCES.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(SOURCES)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _free_ports(count: int) -> list[int]:
    found: list[int] = []
    while len(found) < count:
        port = random.choice(PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind((HOST, port))
            if port not in found:
                found.append(port)
    return found


@dataclass(frozen=True)
class Given:
    """A server that somebody else runs."""

    url: str

    @property
    def urls(self) -> list[str]:
        return [self.url]

    @property
    def hosts(self) -> list[str]:
        """What the Python client takes."""
        return (
            ["http" + self.url.removeprefix("elasticsearch")] if self.url.startswith("elasticsearch:") else [self.url]
        )


class Node:
    """One process; its data and its log are in `folder`."""

    def __init__(self, number: int, folder: Path, http: int, command: list[str], settings: dict):
        self.number, self.folder, self.http = number, folder, http
        self.address = f"http://{HOST}:{http}"
        self._command, self._settings = command, settings
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        settings = dict(self._settings)
        if (self.folder / "data").exists():  # only the very first start may form a cluster: later this could split it
            settings.pop("cluster.initial_master_nodes", None)
        (self.folder / "tmp").mkdir(parents=True, exist_ok=True)
        command = [*self._command, *(f"{name}={value}" for name, value in settings.items())]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=self.folder, stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True
            )

    def end(self, number: signal.Signals) -> None:
        if self.process is None:
            return
        self.process.send_signal(number)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdin.close()
        self.process = None

    def ask(self, path: str) -> dict:
        """The answer, or nothing where the node does not answer."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=10) as answer:
                return json.load(answer)
        except (OSError, ValueError):
            return {}

    def last_words(self) -> str:
        return "\n".join((self.folder / "log").read_text(errors="replace").splitlines()[-30:])


class Cluster:
    """`kill` is SIGKILL, what a crash is; `restart` starts that node again with the data it left."""

    def __init__(self, nodes: int, data: Path | None, heap: str, home: Path):
        self._temporary = None if data else tempfile.TemporaryDirectory(prefix="praxis-elasticsearch-")
        data = Path(data or self._temporary.name).resolve()
        ports = _free_ports(2 * nodes)
        self.nodes = []
        for number in range(1, nodes + 1):
            folder = data / f"node-{number}"
            settings = _settings(number, folder, home, ports[:nodes], ports[nodes:])
            command = _java(home, heap, folder)
            self.nodes.append(Node(number, folder, ports[number - 1], command, settings))

    @property
    def hosts(self) -> list[str]:
        """What the Python client takes."""
        return [node.address for node in self.nodes]

    @property
    def urls(self) -> list[str]:
        return [f"elasticsearch://{HOST}:{node.http}" for node in self.nodes]

    @property
    def url(self) -> str:
        return self.urls[0]

    def kill(self, number: int) -> None:
        self.nodes[number - 1].end(signal.SIGKILL)

    def restart(self, number: int) -> None:
        """Returns when this node answers and every shard has its copies again."""
        self.nodes[number - 1].end(signal.SIGTERM)
        self.nodes[number - 1].start()
        self.wait()

    def wait(self, status: str = "green", seconds: float = START_WITHIN) -> None:
        """Until every running node sees the others and no shard lacks a copy."""
        running = [node for node in self.nodes if node.process]
        deadline = time.monotonic() + seconds
        path = f"/_cluster/health?wait_for_status={status}&wait_for_nodes={len(running)}&timeout=5s"
        for node in running:
            while node.ask(path).get("timed_out") is not False:
                if node.process.poll() is not None:
                    raise RuntimeError(f"node {node.number} ended with {node.process.returncode}:\n{node.last_words()}")
                if time.monotonic() > deadline:
                    raise TimeoutError(f"node {node.number} is not {status} after {seconds} s:\n{node.last_words()}")
                time.sleep(0.1)

    def stop(self) -> None:
        """What is thrown away afterwards need not be closed in order."""
        for node in self.nodes:
            node.end(signal.SIGKILL if self._temporary else signal.SIGTERM)
        if self._temporary:
            self._temporary.cleanup()


def _settings(number: int, folder: Path, home: Path, http: list[int], transport: list[int]) -> dict:
    settings = {
        "path.home": home,
        "path.data": folder / "data",
        "path.logs": folder,
        "cluster.name": "praxis-tests",
        "node.name": f"node-{number}",
        "network.host": HOST,
        "http.port": http[number - 1],
        "transport.port": transport[number - 1],
        "cluster.routing.allocation.disk.threshold_enabled": "false",
    }
    if len(http) == 1:
        return settings | {"discovery.type": "single-node"}
    return settings | {
        "discovery.seed_hosts": ",".join(f"{HOST}:{port}" for port in transport),
        "cluster.initial_master_nodes": ",".join(f"node-{number + 1}" for number in range(len(http))),
    }


def _java(home: Path, heap: str, folder: Path) -> list[str]:
    return [
        "java", f"-Xms{heap}", f"-Xmx{heap}", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=1",
        "-Djava.awt.headless=true", "-Dfile.encoding=UTF-8", f"-Djava.io.tmpdir={folder / 'tmp'}",
        "-Dio.netty.noUnsafe=true", "-Dio.netty.noKeySetOptimization=true", "-Dio.netty.recycler.maxCapacityPerThread=0",
        "-Dlog4j.shutdownHookEnabled=false", "-Dlog4j2.disable.jmx=true", "-Djava.locale.providers=SPI,COMPAT",
        "-Des.distribution.type=tar", "--add-opens=java.base/java.io=ALL-UNNAMED",
        "-cp", f"{home / 'lib'}/*", "search.node.NodeMain",
    ]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.elasticsearch.node", description="Run until Ctrl-C.")
    parser.add_argument("--nodes", type=int, default=1)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--heap", default="256m")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    cluster = start(arguments.nodes, arguments.data, arguments.heap)
    print(*cluster.urls, flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        signal.pause()
    cluster.stop()


if __name__ == "__main__":
    main()
