"""The tabs on which editors work on a case study."""

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface

STORY = [
    FieldPanel("title"),
    FieldPanel("one_line_result"),
    FieldPanel("summary"),
    FieldPanel("challenge"),
    FieldPanel("what_was_done"),
    FieldPanel("steps"),
    FieldPanel("lessons"),
    FieldPanel("transferability"),
    FieldPanel("sustainability"),
    FieldPanel("equity"),
]
FACTS = [
    MultiFieldPanel([FieldPanel(name) for name in ("outcome", "stage", "evidence", "scale")], heading=_("Judgement")),
    *(
        FieldPanel(name, widget=CheckboxSelectMultiple)
        for name in ("levels", "sectors", "aims", "target_groups", "topics")
    ),
    FieldPanel("countries"),
    FieldPanel("region"),
    FieldPanel("region_code"),
    FieldPanel("concepts"),
]
FACTORS = [
    InlinePanel("factor_statements", label=_("Success factor")),
    InlinePanel("suggestions", label=_("Suggestion"), heading=_("Suggested from the text"), classname="collapsed"),
]
CONTEXT = [
    FieldPanel(name)
    for name in (
        "year", "duration_months", "setting", "school_size", "device_ratio", "connection", "learner_age_from",
        "learner_age_to", "participants", "context_note", "cost", "resources_note", "staff_hours", "training_hours",
        "results", "technologies", "standards",
    )
]  # fmt: skip
PEOPLE = [InlinePanel("participations", label=_("Organisation")), FieldPanel("credited_to"), FieldPanel("funding")]
FILES = [
    InlinePanel("images", label=_("Image")),
    InlinePanel("attachments", label=_("File")),
    FieldPanel("links"),
    FieldPanel("licence"),
]
SOURCE = [
    FieldPanel("owner", read_only=True),
    *(
        FieldPanel(name)
        for name in (
            "source_language", "provenance", "pupils_visible", "rights_confirmed", "privacy_confirmed", "source_name",
            "source_url", "source_note", "withdrawal_note", "is_demo",
        )
    ),
]  # fmt: skip


def tabs(promote, settings) -> TabbedInterface:
    return TabbedInterface(
        [
            ObjectList(STORY, heading=_("Story")),
            ObjectList(FACTS, heading=_("Facts")),
            ObjectList(FACTORS, heading=_("Success factors")),
            ObjectList(CONTEXT, heading=_("Context")),
            ObjectList(PEOPLE, heading=_("Organisations")),
            ObjectList(FILES, heading=_("Files")),
            ObjectList(SOURCE, heading=_("Declarations and source")),
            ObjectList([*promote, *settings], heading=_("Publication")),
        ]
    )
