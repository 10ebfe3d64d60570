"""What holds for the whole tree."""

import re
import subprocess
from pathlib import Path

from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent.parent


def tracked(*patterns: str) -> list[Path]:
    names = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in names.split() if (ROOT / name).exists()]


def test_migrations_are_complete_and_named(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)

    assert [path.name for path in tracked("*/migrations/*.py") if "_auto_" in path.name] == []


def test_lock_files_name_no_host_and_pin_every_package():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()

        assert "http" not in text
        assert text.count("==") >= 70
        assert len(re.findall(r"^[a-z0-9-]+(?:\[.*?\])?==", text, re.MULTILINE)) <= text.count("--hash=sha256:")


def test_no_template_holds_inline_style_or_script():
    bad = []
    mails = re.compile(r"/mails?/|/mail_\w+\.html$")  # mail programs read nothing else
    for path in tracked("*.html"):
        if mails.search(str(path)):
            continue
        text = path.read_text(encoding="utf-8")
        if re.search(r'\sstyle="|\son[a-z]+="|<style|<script(?![^>]*\ssrc=)(?![^>]*application/(?:ld\+)?json)', text):
            bad.append(str(path.relative_to(ROOT)))

    assert bad == []
