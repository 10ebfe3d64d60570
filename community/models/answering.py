"""Requests to answer a question."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Ask(models.Model):
    """One person asked to look at one question."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        TAKEN = "taken", _("Taken on")
        ANSWERED = "answered", _("Answered")
        PASSED = "passed", _("Passed on")
        EXPIRED = "expired", _("Not answered in time")

    thread = models.ForeignKey("community.Thread", models.CASCADE, related_name="asks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="asks")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    reasons = models.JSONField(default=dict, blank=True)  # why this person: {"topics": [...], "language": "fi", ...}
    asked_at = models.DateTimeField(_("asked"))
    taken_at = models.DateTimeField(_("taken on"), null=True, blank=True)
    due_at = models.DateTimeField(_("free again for others"), null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["thread", "person"], name="asked_once")]
        indexes = [models.Index(fields=["person", "asked_at"]), models.Index(fields=["state", "due_at"])]

    def __str__(self) -> str:
        return f"{self.person} · {self.thread}"
