"""Requests to answer a question, and how far the search for an answer has come."""

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
        SETTLED = "settled", _("Settled without this person")

    thread = models.ForeignKey("community.Thread", models.CASCADE, related_name="asks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="asks")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    reasons = models.JSONField(
        default=dict, blank=True
    )  # why this person: {"written": [concept pks], "language": "fi"}
    asked_at = models.DateTimeField(_("asked"))
    taken_at = models.DateTimeField(_("taken on"), null=True, blank=True)
    due_at = models.DateTimeField(_("free again for others"), null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["thread", "person"], name="asked_once"),
            models.UniqueConstraint(fields=["thread"], condition=models.Q(state="taken"), name="one_holder"),
        ]
        indexes = [models.Index(fields=["person", "asked_at"]), models.Index(fields=["state", "due_at"])]

    def __str__(self) -> str:
        return f"{self.person} · {self.thread}"


class Routing(models.Model):
    """The way of one question to an answer: when to look after it next, and what was done already."""

    class Reach(models.TextChoices):
        """How far one had to go to find people."""

        MATCH = "match", _("same language and topic")
        BROADER = "broader", _("same language, related topics")
        ANY = "any", _("same language, anything in common")
        LANGUAGE = "language", _("same language")
        MODERATORS = "moderators", _("moderators of the group")

    thread = models.OneToOneField("community.Thread", models.CASCADE, related_name="routing")
    opened_at = models.DateTimeField(_("seen by others since"))
    look_at = models.DateTimeField(null=True, blank=True, db_index=True)  # empty: nothing to do
    reach = models.CharField(max_length=10, choices=Reach.choices, blank=True)  # the farthest
    waves = models.PositiveSmallIntegerField(default=0)
    last_step_at = models.DateTimeField(null=True, blank=True)
    asked_again_at = models.DateTimeField(null=True, blank=True)
    moderators_told_at = models.DateTimeField(null=True, blank=True)
    author_asked_at = models.DateTimeField(null=True, blank=True)
    languages = models.JSONField(default=list, blank=True)  # further ones the author takes answers in
    given_up_at = models.DateTimeField(null=True, blank=True)  # its author doesn't need an answer any more

    def __str__(self) -> str:
        return str(self.thread)
