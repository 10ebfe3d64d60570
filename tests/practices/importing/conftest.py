"""Files of every form, made where a test needs them, and the command that imports them."""

from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.factories.files import MAPPING


@pytest.fixture
def layout(tmp_path) -> str:
    path = tmp_path / "layout.toml"
    path.write_text(MAPPING, encoding="utf-8")
    return str(path)


@pytest.fixture
def written(tmp_path):
    """written("list.csv", text or bytes) -> path"""

    def write(name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


@pytest.fixture
def workbook(tmp_path):
    def make(name: str, sheets: dict[str, list[list]]) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        path = tmp_path / name
        book.save(path)
        return path

    return make


@pytest.fixture
def imported(capsys):
    """Run the command: (last line of the account, everything said, exit code)."""

    def run(*args: str) -> tuple[str, str, int]:
        code = 0
        error = ""
        try:
            call_command("import_practices", *map(str, args))
        except CommandError as fault:
            code, error = fault.returncode, str(fault)
        said = capsys.readouterr().out
        account = next((line for line in said.splitlines() if "rows read" in line), "")
        return account, said + error, code

    return run
