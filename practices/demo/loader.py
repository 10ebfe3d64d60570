"""Loading the demonstration through the same actions members use; running it again adds only what is missing."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.admin import signal_handlers
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_submitted

from people.models import User
from practices import actions
from practices.demo import people
from practices.models import CaseStudy, FactorStatement, Organisation, Participation
from practices.models.case_study import NUMBERS, SEVERAL, SINGLE, TEXTS
from practices.site_tree import index_in
from vocabularies.models import Concept

CONTENT = Path(__file__).parent / "content"
WHAT = "case studies"
SCHEMES = {
    "levels": "level", "sectors": "sector", "countries": "country", "topics": "topic", "aims": "aim",
    "target_groups": "target", "school_size": "school-size", "device_ratio": "device-ratio",
}  # fmt: skip
SPREAD = 17  # days between one publication and the next
NOTIFIERS = (
    (
        task_submitted,
        signal_handlers.task_submission_email_notifier,
        {"sender": TaskState, "dispatch_uid": "group_approval_task_submitted_email_notification"},
    ),
    (
        workflow_submitted,
        signal_handlers.workflow_submission_email_notifier,
        {"sender": WorkflowState, "dispatch_uid": "workflow_state_submitted_email_notification"},
    ),
)
DRAFT, SUBMITTED = "en-3", "nl-3"  # left unfinished, so that the editors' desk is not empty


def load(progress=iter) -> int:
    """Add what is missing; the number of case studies added."""
    members = people.make()
    known = _Concepts()
    added = 0
    with _unmailed():
        for number, data in enumerate(progress(contents())):
            if not CaseStudy.objects.filter(source_key=_key(data)).exists():
                _load_one(data, members, known, number)
                added += 1
    return added


@contextmanager
def _unmailed() -> Iterator[None]:
    """Nobody is told by mail of each case study that is put on the desk."""
    told = [one for one in NOTIFIERS if one[0].disconnect(**one[2])]
    try:
        yield
    finally:
        for signal, notifier, place in told:
            signal.connect(notifier, **place)


def contents() -> list[dict]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(CONTENT.glob("*.json"))]


def remove() -> int:
    """Take away everything the demonstration brought, members too."""
    pages = CaseStudy.objects.filter(is_demo=True)
    count = pages.count()
    for page in pages:
        page.delete()
    User.objects.filter(email__endswith=f"@{people.DOMAIN}").delete()
    (settings.DATA_DIR / "demo-logins.txt").unlink(missing_ok=True)
    return count


class _Concepts:
    """All concepts of the shipped schemes, asked for once."""

    def __init__(self):
        rows = Concept.objects.select_related("scheme")
        self._by_path = {f"{concept.scheme.notation}/{concept.notation}": concept for concept in rows}

    def one(self, scheme: str, notation: str | None) -> Concept | None:
        return self._by_path.get(f"{scheme}/{notation}") if notation else None

    def several(self, scheme: str, notations: Iterable[str]) -> list[Concept]:
        return [self._by_path[f"{scheme}/{notation}"] for notation in notations]


def _key(data: dict) -> str:
    return f"demo:{data['key']}"


@transaction.atomic
def _load_one(data: dict, members: dict[str, User], known: _Concepts, number: int) -> None:
    author, editor = members[data["language"]], members["editor"]
    page = actions.save_draft(_page(data, known), by=author)
    if data["key"] == DRAFT:
        return
    actions.submit(page, by=author)
    if data["key"] == SUBMITTED:
        return
    actions.publish(page, by=editor)
    for language, texts in data.get("translations", {}).items():
        translation = _translation(page, language, texts)
        actions.publish(actions.save_draft(translation, by=author), by=editor)
    _backdate(page, timezone.now() - timedelta(days=number * SPREAD % 540, hours=number))


def _page(data: dict, known: _Concepts) -> CaseStudy:
    page = CaseStudy(
        title=data["title"][:120],
        locale=index_in(data["language"]).locale,
        source_language=data["language"],
        source_key=_key(data),
        is_demo=True,
        pupils_visible="no",
        rights_confirmed=True,
        privacy_confirmed=True,
        **{name: data[name] for name in TEXTS if data.get(name)},
        **{name: data[name] for name in NUMBERS if data.get(name) is not None},
        **{name: known.one(SCHEMES.get(name, name), data.get(name)) for name in SINGLE},
    )
    for name in SEVERAL:
        if name in SCHEMES:
            setattr(page, name, known.several(SCHEMES[name], data.get(name, ())))
    page.steps = [("step", step) for step in data["steps"]]
    page.results = [("result", result) for result in data.get("results", ())]
    page.technologies = [("technology", _technology(row)) for row in data.get("technologies", ())]
    if data.get("funding"):
        page.funding = [("funding", data["funding"])]
    page.factor_statements = [
        FactorStatement(
            factor=known.one("factor", row["factor"]),
            role=known.one("role", row["role"]),
            sentence=row["sentence"],
            locale=page.locale,
        )
        for row in data["factors"]
    ]
    page.participations = [_participation(row, known) for row in data["organisations"]]
    return page


def _technology(row: dict) -> dict:
    said = {True: "yes", False: "no", None: ""}
    return {
        "name": row["name"],
        "open_source": said[row.get("open_source")],
        "hosting": row.get("hosting") if row.get("hosting") in {"own", "eu", "other"} else "",
        "personal_data": said[row.get("personal_data")],
        "ai": bool(row.get("ai")),
        "ai_note": row.get("ai_note") or "",
    }


def _participation(row: dict, known: _Concepts) -> Participation:
    organisation, _made = Organisation.objects.get_or_create(
        name=row["name"],
        country=known.one("country", row["country"]),
        defaults={"type": known.one("organisation-type", row["type"]), "city": row.get("city", "")},
    )
    return Participation(organisation=organisation, role=row["role"])


def _translation(page: CaseStudy, language: str, texts: dict) -> CaseStudy:
    """A page of its own in the tree of its language, with the same address and facts."""
    translation = page.copy_for_translation(index_in(language).locale)
    translation.title = texts["title"][:120]
    for name in TEXTS:
        if texts.get(name):
            setattr(translation, name, texts[name])
    translation.steps = [("step", step) for step in texts["steps"]]
    translation.results = [("result", result) for result in texts.get("results", ())]
    for statement, sentence in zip(translation.factor_statements.all(), texts["factors_sentences"], strict=False):
        statement.sentence = sentence
    return translation


def _backdate(page: CaseStudy, moment: datetime) -> None:
    """Published one after the other over a year and a half, not all in one minute."""
    versions = CaseStudy.objects.filter(translation_key=page.translation_key)
    versions.update(first_published_at=moment, last_published_at=moment)
