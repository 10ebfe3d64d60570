"""What search keeps in the database: the outbox, questions that found nothing, and questions that go on being asked."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from search.querysets import OutboxQuerySet
from search.translating.querysets import MachineTextQuerySet


class OutboxRow(models.Model):
    """A thing that changed and has to be indexed anew; written in the same transaction as the change."""

    key = models.CharField(max_length=100)
    created_at = models.DateTimeField(auto_now_add=True)
    refusal = models.CharField(max_length=500, blank=True)  # why the engine can't keep the thing as it is
    refused_times = models.PositiveIntegerField(default=0)
    held_until = models.DateTimeField(null=True)  # then it is tried again

    objects = OutboxQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["key"])]
        verbose_name = _("change to index")
        verbose_name_plural = _("changes to index")

    def __str__(self) -> str:
        return self.key


class Clock(models.Model):
    """The one row of search/clock.py."""

    moment = models.BigIntegerField()  # the last that was given out

    def __str__(self) -> str:
        return str(self.moment)


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


class Change(models.Model):
    """When an entry last said something else: what alerts, feeds and "new since your last visit" look through."""

    key = models.CharField(max_length=100, unique=True)
    at = models.DateTimeField(null=True, db_index=True)  # None: known, and no news since
    digest = models.CharField(max_length=32, default="")  # of what it says; empty where that was not kept yet

    def __str__(self) -> str:
        return self.key


class SavedSearch(models.Model):
    """A question somebody wants to go on asking, and how often they want to hear of new answers."""

    class Cadence(models.TextChoices):
        NEVER = "never", _("No messages")
        AT_ONCE = "at-once", _("At once")
        DAILY = "daily", _("Daily")
        WEEKLY = "weekly", _("Weekly")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(_("name"), max_length=120)
    question = models.TextField(_("search"))  # the canonical parameters of its address
    language = models.CharField(max_length=12)  # the reader's, when it was saved: words mean something in it
    cadence = models.CharField(_("Messages"), max_length=10, choices=Cadence, default=Cadence.WEEKLY)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # opens its feed without signing in
    created_at = models.DateTimeField(auto_now_add=True)
    asked_until = models.DateTimeField()  # changes up to then have been asked about
    resumed_at = models.DateTimeField(null=True)  # messages began again: none of what changed before

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "question", "language"], name="saved_once")]
        indexes = [models.Index(fields=["cadence", "asked_until"])]
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")

    def __str__(self) -> str:
        return self.name


class Told(models.Model):
    """An answer a person was told of, by this saved search: never twice."""

    saved = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="told")
    key = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["saved", "key"], name="told_once")]

    def __str__(self) -> str:
        return self.key


class Visit(models.Model):
    """When a member was here, to show what is new since the time before."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="visit")
    began_at = models.DateTimeField()  # of this visit
    last_at = models.DateTimeField()
    before_at = models.DateTimeField(null=True)  # the end of the visit before

    def __str__(self) -> str:
        return f"{self.person} {self.last_at:%Y-%m-%d}"


class MachineText(models.Model):
    """A text as the translation provider made it, or what of it is still to be asked for."""

    key = models.CharField(max_length=100)
    language = models.CharField(max_length=12)
    digest = models.CharField(max_length=32)  # of the text it is made from
    title = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    engine = models.CharField(max_length=50, blank=True)
    made_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)  # in vain
    error = models.CharField(max_length=500, blank=True)

    objects = MachineTextQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "language"], name="machine_text_once")]
        indexes = [models.Index(fields=["made_at", "tried_at"])]

    def __str__(self) -> str:
        return f"{self.key} {self.language}"


class IndexRun(models.Model):
    """A long task of the search's upkeep: how far it is, or how it ended."""

    class Kind(models.TextChoices):
        REBUILD = "rebuild", _("Rebuild")
        RECONCILE = "reconcile", _("Check")
        TRANSLATIONS = "translations", _("Learning translations")

    FIGURES = {
        "entries": _("Entries"),
        "compared": _("Compared"),
        "missing": _("Missing"),
        "stale": _("Out of date"),
        "surplus": _("Surplus"),
        "rows": _("Texts in several languages"),
        "pairs": _("Pairs of languages"),
        "links": _("Translations of words"),
        "seconds": _("Seconds"),
        "megabytes": _("Megabytes"),
    }

    kind = models.CharField(max_length=20, choices=Kind)
    started_at = models.DateTimeField(auto_now_add=True)
    beat_at = models.DateTimeField(auto_now=True)  # last sign of life
    finished_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    outcome = models.JSONField(default=dict)  # figures to show; {"error": "..."} where it failed

    class Meta:
        ordering = ["-started_at"]
        indexes = [models.Index(fields=["kind", "-started_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def error(self) -> str:
        return self.outcome.get("error", "")

    @property
    def figures(self) -> list[tuple[str, float]]:
        """Each with what it is called."""
        return [(label, self.outcome[name]) for name, label in self.FIGURES.items() if name in self.outcome]
