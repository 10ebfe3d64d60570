"""What search keeps in the database: the outbox, and questions that found nothing."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutboxRow(models.Model):
    """A thing that changed and has to be indexed anew; written in the same transaction as the change."""

    key = models.CharField(max_length=100)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("change to index")
        verbose_name_plural = _("changes to index")

    def __str__(self) -> str:
        return self.key


class DemandGap(models.Model):
    """A question that found nothing, kept without the person who asked."""

    text = models.CharField(_("words"), max_length=200)
    language = models.CharField(_("language"), max_length=12)
    filters = models.CharField(_("filters"), max_length=500, blank=True)
    times = models.PositiveIntegerField(_("times asked"), default=1)
    last_at = models.DateTimeField(_("last asked"), auto_now=True)

    class Meta:
        ordering = ["-times", "-last_at"]
        constraints = [models.UniqueConstraint(fields=["text", "language", "filters"], name="gap_once")]
        verbose_name = _("demand gap")
        verbose_name_plural = _("demand gaps")

    def __str__(self) -> str:
        return self.text
