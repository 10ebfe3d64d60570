"""python -m benchmarks [NAME]: one benchmark or all, each in a data folder that goes when it is done."""

import argparse
import os
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
    parser.add_argument("--database", metavar="URL", default="", help="an empty PostgreSQL database instead of SQLite")
    asked = parser.parse_args()
    if asked.rows < 1:
        parser.error("--rows must be 1 or more")
    return max(run(name, asked.rows, asked.database) for name in ([asked.name] if asked.name else BENCHMARKS))


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
        return subprocess.run(command, cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
