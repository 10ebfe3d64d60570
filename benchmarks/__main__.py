"""python -m benchmarks [NAME]: one benchmark or all, each in a data folder that goes when it is done."""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BENCHMARKS = ("search", "engine", "elasticsearch", "crosslingual", "concepts", "alerts", "threads")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="?", choices=BENCHMARKS, help="without a name, all of them")
    parser.add_argument(
        "--rows", type=int, default=10_000, help="case studies to make, or questions to ask (default: %(default)s)"
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--database", metavar="URL", default="", help="an empty PostgreSQL database instead of SQLite")
    where.add_argument("--postgres", action="store_true", help="the same, made for it and gone afterwards")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # servers and folders made for it go with it
    if asked.rows < 1:
        parser.error("--rows must be 1 or more")
    names = [asked.name] if asked.name else BENCHMARKS
    return max(
        _run_on_postgres(name, asked.rows) if asked.postgres else run(name, asked.rows, asked.database)
        for name in names
    )


def _run_on_postgres(name: str, rows: int) -> int:
    from benchmarks import postgres

    try:
        with postgres.database() as url:
            return run(name, rows, url)
    except postgres.Unavailable as reason:
        print(f"Nothing is measured: {reason}")
        return 0


def run(name: str, rows: int, database: str = "") -> int:
    with tempfile.TemporaryDirectory(prefix="praxis-bench-") as data:
        environment = {
            **{key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "SEARCH_URL")},
            "PRAXIS_DATA": data,
            "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
            "PYTHONDONTWRITEBYTECODE": "1",
            **({"DATABASE_URL": database} if database else {}),
        }
        command = [sys.executable, "-m", f"benchmarks.{name}", str(rows)]
        with subprocess.Popen(command, cwd=ROOT, env=environment) as measuring:
            try:
                return measuring.wait()
            except KeyboardInterrupt:
                measuring.terminate()
                raise


if __name__ == "__main__":
    sys.exit(main())
