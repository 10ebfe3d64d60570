"""Concept schemes after SKOS: schemes, concepts, labels by language, matches to other schemes."""

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vocabularies import labels
from vocabularies.querysets import ConceptQuerySet


class ConceptScheme(models.Model):
    notation = models.SlugField(_("notation"), unique=True)
    uri = models.CharField(_("address (URI)"), max_length=500, unique=True)
    version = models.CharField(_("version"), max_length=50, blank=True)
    title = models.JSONField(_("title by language"), default=dict, blank=True)
    description = models.JSONField(_("description by language"), default=dict, blank=True)
    digest = models.CharField(_("digest of the file last loaded"), max_length=64, blank=True, editable=False)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        ordering = ["notation"]
        verbose_name = _("concept scheme")
        verbose_name_plural = _("concept schemes")

    def __str__(self) -> str:
        return labels.best(self.title, get_language()) or self.notation


class Concept(models.Model):
    scheme = models.ForeignKey(ConceptScheme, models.CASCADE, related_name="concepts", verbose_name=_("scheme"))
    uri = models.CharField(_("address (URI)"), max_length=500, unique=True)
    notation = models.CharField(_("notation"), max_length=100)
    position = models.PositiveIntegerField(_("position"), default=0)
    broader = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="narrower", verbose_name=_("broader concept")
    )
    since_version = models.CharField(_("since version"), max_length=50, blank=True)
    deprecated_since = models.CharField(_("deprecated since version"), max_length=50, blank=True)
    replaced_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, verbose_name=_("replaced by"))

    objects = ConceptQuerySet.as_manager()

    class Meta:
        ordering = ["scheme", "position", "notation"]
        constraints = [models.UniqueConstraint(fields=["scheme", "notation"], name="concept_notation_once_per_scheme")]
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The preferred label in the active language (or the best there is)."""
        return labels.label_of(self.pk, get_language()) or self.notation

    def get_absolute_url(self) -> str:
        scheme = labels.scheme_notation(self.scheme_id)
        return reverse("concept", kwargs={"scheme": scheme, "notation": self.notation})


class ConceptLabel(models.Model):
    class Kind(models.TextChoices):
        PREFERRED = "pref", _("preferred label")
        ALTERNATIVE = "alt", _("alternative label")
        HIDDEN = "hidden", _("hidden label")
        DEFINITION = "def", _("definition")

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="labels", verbose_name=_("concept"))
    language = models.CharField(_("language"), max_length=12)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices)
    text = models.TextField(_("text"))

    class Meta:
        ordering = ["concept", "language", "kind", "id"]
        indexes = [models.Index(fields=["language", "kind"])]
        verbose_name = _("label")
        verbose_name_plural = _("labels")

    def __str__(self) -> str:
        return f"{self.text} ({self.language})"


class ConceptMatch(models.Model):
    """A SKOS mapping to a concept of another scheme, loaded here or not."""

    class Kind(models.TextChoices):
        EXACT = "exact", _("exact match")
        CLOSE = "close", _("close match")
        BROAD = "broad", _("broad match")
        NARROW = "narrow", _("narrow match")
        RELATED = "related", _("related match")

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="matches", verbose_name=_("concept"))
    kind = models.CharField(_("kind"), max_length=7, choices=Kind.choices)
    uri = models.CharField(_("address (URI)"), max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["concept", "kind", "uri"], name="match_once")]
        verbose_name = _("match")
        verbose_name_plural = _("matches")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.uri}"
