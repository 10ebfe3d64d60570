"""What the writing form asks, in which order: the short form first, everything else deepens it later."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Section:
    name: str
    title: str | Promise
    fields: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()  # names of repeatable parts
    hint: str | Promise = ""


SHORT = (
    Section("what", _("What happened"), ("title", "one_line_result", "outcome", "stage")),
    Section("where", _("Where and for whom"), ("levels", "sectors", "countries", "region")),
    Section(
        "factors",
        _("Success factors"),
        rows=("factors",),
        hint=_("Which condition mattered, what part did it play, and how do you know?"),
    ),
    Section(
        "story",
        _("The story"),
        ("summary", "challenge", "what_was_done", "lessons", "transferability"),
        hint=_("Leave an empty line between paragraphs. Lists begin with a hyphen."),
    ),
    Section("cost", _("What it took"), ("cost", "resources_note")),
    Section(
        "declarations",
        _("Before it is public"),
        ("licence", "pupils_visible", "rights_confirmed", "privacy_confirmed"),
    ),
)
DEEP = (
    Section("themes", _("Topics and aims"), ("topics", "aims", "target_groups", "concepts")),
    Section(
        "context",
        _("Context"),
        ("year", "duration_months", "setting", "school_size", "device_ratio", "connection", "learner_age_from",
         "learner_age_to", "participants", "context_note"),
    ),
    Section("steps", _("Steps"), rows=("steps",)),
    Section("results", _("Results in figures"), rows=("results",)),
    Section(
        "effort", _("Effort and future"), ("staff_hours", "training_hours", "scale", "sustainability", "equity")
    ),
    Section("organisations", _("Organisations"), rows=("organisations",)),
    Section("technologies", _("Technology used"), ("standards",), rows=("technologies",)),
    Section("links", _("Links and funding"), rows=("links", "funding")),
    Section("files", _("Images and files"), rows=("images", "attachments")),
)  # fmt: skip
PARTS = {"short": SHORT, "deep": DEEP}


def anchor_of(name: str) -> str:
    """The id of the section a field or a repeatable part stands in."""
    sections = [section for part in PARTS.values() for section in part]
    return next((f"section-{one.name}" for one in sections if name in (*one.fields, *one.rows)), "main")
