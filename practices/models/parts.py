"""What belongs to a case study and has rows of its own."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from portal.languages import LANGUAGES
from practices.fields import OneConcept


class FactorStatement(TranslatableMixin, Orderable):
    """A success factor, the role it played, and one sentence of evidence: never a bare tag."""

    page = ParentalKey("practices.CaseStudy", on_delete=models.CASCADE, related_name="factor_statements")
    factor = models.ForeignKey(
        "vocabularies.Concept",
        models.PROTECT,
        related_name="+",
        limit_choices_to={"scheme__notation": "factor"},
        verbose_name=_("success factor"),
    )
    role = models.ForeignKey(
        "vocabularies.Concept",
        models.PROTECT,
        related_name="+",
        limit_choices_to={"scheme__notation": "role"},
        verbose_name=_("role"),
    )
    sentence = models.CharField(_("evidence in one sentence"), max_length=400, blank=True)

    panels = [FieldPanel("factor"), FieldPanel("role"), FieldPanel("sentence")]
    translatable_fields = [
        TranslatableField("sentence"),
        SynchronizedField("factor", overridable=False),
        SynchronizedField("role", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("success factor")
        verbose_name_plural = _("success factors")

    def __str__(self) -> str:
        return f"{self.factor} · {self.role}"


class Organisation(models.Model):
    name = models.CharField(_("name"), max_length=300)
    type = OneConcept(_("type"), "organisation-type")
    country = OneConcept(_("country"), "country")
    city = models.CharField(_("town"), max_length=120, blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)
    ror = models.CharField(_("ROR identifier"), max_length=40, blank=True)
    pic = models.CharField(_("EU participant code (PIC)"), max_length=20, blank=True)
    national_code = models.CharField(_("national code"), max_length=60, blank=True)

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["name", "country"])]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name


class Participation(Orderable):
    class Role(models.TextChoices):
        LEAD = "lead", _("Lead")
        PARTNER = "partner", _("Partner")

    page = ParentalKey("practices.CaseStudy", on_delete=models.CASCADE, related_name="participations")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="participations", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.LEAD)

    panels = [FieldPanel("organisation"), FieldPanel("role")]

    class Meta(Orderable.Meta):
        verbose_name = _("organisation taking part")
        verbose_name_plural = _("organisations taking part")

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"


class CaseStudyImage(Orderable):
    page = ParentalKey("practices.CaseStudy", on_delete=models.CASCADE, related_name="images")
    image = models.ForeignKey("wagtailimages.Image", models.CASCADE, related_name="+", verbose_name=_("image"))
    alt = models.CharField(_("what the image shows"), max_length=250, blank=True)
    caption = models.CharField(_("caption"), max_length=250, blank=True)

    panels = [FieldPanel("image"), FieldPanel("alt"), FieldPanel("caption")]

    class Meta(Orderable.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def __str__(self) -> str:
        return self.alt or self.caption or str(self.image_id)


class Attachment(Orderable):
    page = ParentalKey("practices.CaseStudy", on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(
        "wagtaildocs.Document", models.CASCADE, related_name="attachments", verbose_name=_("file")
    )
    title = models.CharField(_("title"), max_length=160)
    language = models.CharField(_("language"), max_length=12, choices=LANGUAGES, blank=True)
    origin = OneConcept(_("origin"), "origin")
    licence = OneConcept(_("licence"), "licence")
    accessibility = models.CharField(_("note on accessibility"), max_length=200, blank=True)

    panels = [FieldPanel(name) for name in ("document", "title", "language", "origin", "licence", "accessibility")]

    class Meta(Orderable.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return self.title


class Suggestion(Orderable):
    """A concept found in the text by matching: marked as suggested, never as the author's word."""

    page = ParentalKey("practices.CaseStudy", on_delete=models.CASCADE, related_name="suggestions")
    concept = models.ForeignKey("vocabularies.Concept", models.CASCADE, related_name="+", verbose_name=_("concept"))
    found = models.CharField(_("words found"), max_length=200)

    class Meta(Orderable.Meta):
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")

    def __str__(self) -> str:
        return f"{self.concept} ({self.found})"
