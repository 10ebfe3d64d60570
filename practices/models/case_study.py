"""The case study: a Wagtail page for each language it exists in, held together by its translation key."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail_localize.fields import SynchronizedField, TranslatableField

from portal.languages import LANGUAGES
from practices import panels, revisions, routing
from practices.blocks import FundingBlock, LinkBlock, ResultBlock, StepBlock, TechnologyBlock
from practices.fields import Concepts, OneConcept
from practices.querysets import CaseStudyQuerySet
from search import outbox

TEXTS = (
    "one_line_result",
    "summary",
    "challenge",
    "what_was_done",
    "lessons",
    "transferability",
    "sustainability",
    "equity",
    "resources_note",
    "context_note",
    "region",
)
SINGLE = (
    "stage",
    "outcome",
    "evidence",
    "cost",
    "licence",
    "scale",
    "setting",
    "school_size",
    "device_ratio",
    "connection",
)
SEVERAL = ("levels", "sectors", "countries", "topics", "aims", "target_groups", "concepts")
NUMBERS = (
    "learner_age_from",
    "learner_age_to",
    "participants",
    "staff_hours",
    "training_hours",
    "duration_months",
    "year",
)


class CaseStudyIndex(Page):
    """The place case studies live under, one in each language."""

    max_count = 1
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["practices.CaseStudy"]
    template = "practices/index.html"
    translatable_fields: list = []

    class Meta:
        verbose_name = _("case study index")
        verbose_name_plural = _("case study indexes")

    def route(self, request, path_components):
        return routing.route(self, request, path_components)

    def serve(self, request, *args, **kwargs):
        return routing.to_search(request)


class CaseStudy(Page):
    class PupilsVisible(models.TextChoices):
        NO = "no", _("No pupil can be recognised")
        YES = "yes", _("Pupils can be recognised, and we have consent")

    UNTITLED = "…"  # a page must have a title; a draft may not have one yet

    # Texts, in the language of this page
    one_line_result = models.CharField(_("result in one line"), max_length=200, blank=True)
    summary = models.TextField(_("summary"), max_length=1500, blank=True)
    challenge = models.TextField(_("challenge"), blank=True)
    what_was_done = models.TextField(_("what was done"), blank=True)
    steps = StreamField([("step", StepBlock())], blank=True, verbose_name=_("steps"))
    lessons = models.TextField(_("lessons, and what we would do differently"), blank=True)
    transferability = models.TextField(_("conditions for doing it elsewhere"), blank=True)
    sustainability = models.TextField(_("how it goes on"), blank=True)
    equity = models.TextField(_("who took part, who was left out"), blank=True)
    resources_note = models.TextField(_("what it took"), blank=True)
    context_note = models.TextField(_("more about the context"), blank=True)
    region = models.CharField(_("region"), max_length=160, blank=True)
    results = StreamField([("result", ResultBlock())], blank=True, verbose_name=_("results in figures"))

    # Concepts
    stage = OneConcept(_("stage"), "stage")
    outcome = OneConcept(_("what happened"), "outcome")
    evidence = OneConcept(_("strength of evidence"), "evidence")
    cost = OneConcept(_("cost"), "cost")
    licence = OneConcept(_("licence"), "licence")
    scale = OneConcept(_("scale"), "scale")
    setting = OneConcept(_("setting"), "setting")
    school_size = OneConcept(_("size of the institution"), "school-size")
    device_ratio = OneConcept(_("devices per learner"), "device-ratio")
    connection = OneConcept(_("internet connection"), "connection")
    levels = Concepts(_("education levels"), "level")
    sectors = Concepts(_("sectors"), "sector")
    countries = Concepts(_("countries"), "country")
    topics = Concepts(_("topics"), "topic")
    aims = Concepts(_("cross-cutting aims"), "aim")
    target_groups = Concepts(_("target groups"), "target")
    concepts = Concepts(_("further concepts"))

    # Figures
    region_code = models.CharField(_("NUTS code"), max_length=5, blank=True)
    learner_age_from = models.PositiveSmallIntegerField(_("learners' age from"), null=True, blank=True)
    learner_age_to = models.PositiveSmallIntegerField(_("learners' age to"), null=True, blank=True)
    participants = models.PositiveIntegerField(_("number of participants"), null=True, blank=True)
    staff_hours = models.PositiveIntegerField(_("staff hours"), null=True, blank=True)
    training_hours = models.PositiveIntegerField(_("training hours"), null=True, blank=True)
    duration_months = models.PositiveSmallIntegerField(_("duration in months"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("year it began"), null=True, blank=True)

    technologies = StreamField([("technology", TechnologyBlock())], blank=True, verbose_name=_("technology used"))
    standards = models.CharField(_("standards used"), max_length=200, blank=True)
    links = StreamField([("link", LinkBlock())], blank=True, verbose_name=_("links"))
    funding = StreamField([("funding", FundingBlock())], blank=True, verbose_name=_("funding"))

    # Declarations
    pupils_visible = models.CharField(
        _("pupils in texts and images"), max_length=3, choices=PupilsVisible.choices, blank=True
    )
    rights_confirmed = models.BooleanField(_("I may publish these texts and files"), default=False)
    privacy_confirmed = models.BooleanField(_("nobody is named without having agreed"), default=False)

    # Where it comes from, and what became of it
    source_language = models.CharField(_("language of the original"), max_length=12, choices=LANGUAGES)
    provenance = models.CharField(_("how this text came about"), max_length=60, default="human")
    credited_to = models.CharField(_("credited to"), max_length=300, blank=True)
    source_name = models.CharField(_("source"), max_length=160, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    source_note = models.CharField(_("note on the licence of the source"), max_length=300, blank=True)
    source_key = models.CharField(max_length=160, null=True, blank=True, unique=True, editable=False)
    source_digest = models.CharField(max_length=64, blank=True, editable=False)
    is_demo = models.BooleanField(_("demonstration content"), default=False)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawal_note = models.CharField(_("reason for the withdrawal"), max_length=300, blank=True)

    parent_page_types = ["practices.CaseStudyIndex"]
    subpage_types: list[str] = []
    template = "practices/case_study.html"
    translatable_fields = [
        TranslatableField("title"),
        *(TranslatableField(name) for name in TEXTS),
        TranslatableField("steps"),
        TranslatableField("results"),
        TranslatableField("factor_statements"),
        SynchronizedField("slug", overridable=False),
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                *SINGLE,
                *SEVERAL,
                *NUMBERS,
                "region_code",
                "technologies",
                "standards",
                "links",
                "funding",
                "participations",
                "images",
                "attachments",
                "suggestions",
                "pupils_visible",
                "rights_confirmed",
                "privacy_confirmed",
                "source_language",
                "credited_to",
                "source_name",
                "source_url",
                "source_note",
                "is_demo",
                "withdrawn_at",
                "withdrawal_note",
            )
        ),
    ]

    edit_handler = panels.tabs(Page.promote_panels, Page.settings_panels)
    exclude_fields_in_copy = ["source_key", "source_digest", "submitted_at"]

    objects = PageManager.from_queryset(CaseStudyQuerySet)()

    class Meta:
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")

    @property
    def language(self) -> str:
        return self.locale.language_code

    @property
    def is_untitled(self) -> bool:
        return self.title in ("", self.UNTITLED)

    @property
    def is_original(self) -> bool:
        return self.language == self.source_language

    def get_absolute_url(self) -> str | None:
        """The path, as that of other things; None where it has no address yet."""
        return self.url

    @property
    def search_key(self) -> str:
        return f"practice:{self.translation_key}"

    def save(self, *args, **kwargs):
        """Every save leaves its row in the outbox, in the same transaction."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            outbox.touch(self.search_key)

    @classmethod
    def from_serializable_data(cls, data, check_fks=True, strict_fks=False):
        """A draft opens whatever became of the organisations and concepts it names."""
        return super().from_serializable_data(
            revisions.mended(cls, data) if check_fks else data, check_fks=False, strict_fks=strict_fks
        )

    def get_context(self, request, *args, **kwargs) -> dict:
        from practices import reading

        return {**super().get_context(request, *args, **kwargs), **reading.context_of(self, request)}

    def get_template(self, request, *args, **kwargs) -> str:
        return "practices/withdrawn.html" if self.withdrawn_at else self.template

    def serve(self, request, *args, **kwargs):
        return routing.serve(self, request)
