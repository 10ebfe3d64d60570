"""The documentation names everything an operator can set, run or make."""

import re
from pathlib import Path

from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent.parent
OWN = ("portal", "vocabularies", "people", "search", "practices", "community")


def documentation() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


def test_every_environment_value_is_documented():
    names = set(re.findall(r'(?:text|flag|words|number)\("([A-Z_]+)"', (ROOT / "portal/env.py").read_text()))
    operating = (ROOT / "docs/operating.md").read_text(encoding="utf-8")

    assert len(names) > 10
    assert {name for name in names if f"`{name}`" not in operating} == set()


def test_every_environment_value_is_read_in_one_place():
    readers = {
        str(path.relative_to(ROOT))
        for package in OWN
        for path in (ROOT / package).rglob("*.py")
        if "os.environ" in path.read_text(encoding="utf-8")
    }

    # The entry points only name the settings module; serve hands the environment on to its children.
    assert readers == {"portal/env.py", "portal/wsgi.py", "portal/management/commands/serve.py"}


def test_every_command_is_documented():
    text = documentation()
    commands = {name for name, package in get_commands().items() if package in OWN}

    assert "prepare" in commands
    assert {name for name in commands if name not in text} == set()


def test_every_make_target_explains_itself():
    makefile = (ROOT / "Makefile").read_text()
    targets = re.findall(r"^([a-z]+):", makefile, re.MULTILINE)

    assert {"run", "test", "check", "bench"} <= set(targets)
    assert [name for name in targets if not re.search(rf"^{name}:.*## ", makefile, re.MULTILINE)] == []


def test_links_between_documents_lead_somewhere():
    broken = []
    for path in [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            if not (path.parent / target).exists():
                broken.append((path.name, target))

    assert broken == []
