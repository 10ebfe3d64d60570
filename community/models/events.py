"""Events and who comes."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.events.querysets import EventQuerySet
from portal.languages import LANGUAGES

PERSON = settings.AUTH_USER_MODEL


class Event(models.Model):
    class Kind(models.TextChoices):
        WORKSHOP = "workshop", _("Workshop")
        WEBINAR = "webinar", _("Webinar")
        DEADLINE = "deadline", _("Deadline")
        OTHER = "other", _("Other event")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        CANCELLED = "cancelled", _("Cancelled")
        HIDDEN = "hidden", _("Hidden by a moderator")

    kind = models.CharField(_("type"), max_length=8, choices=Kind.choices, default=Kind.WEBINAR)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PLANNED)
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("what happens there"), max_length=10_000)
    language = models.CharField(_("language of this text"), max_length=12, choices=LANGUAGES)
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)
    host = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="events")
    group = models.ForeignKey("community.Group", models.PROTECT, null=True, blank=True, related_name="events")
    starts_at = models.DateTimeField(_("begins"), db_index=True)
    ends_at = models.DateTimeField(_("ends"))
    time_zone = models.CharField(_("time zone"), max_length=60, default="Europe/Brussels")
    is_online = models.BooleanField(_("online"), default=False)
    link = models.URLField(_("link to take part"), max_length=500, blank=True)  # shown to who is registered
    place = models.CharField(_("place"), max_length=200, blank=True)
    country = models.ForeignKey(
        "vocabularies.Concept", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    audience_note = models.CharField(_("for whom"), max_length=200, blank=True)
    concepts = models.ManyToManyField(
        "vocabularies.Concept", blank=True, related_name="+", verbose_name=_("topics, factors and levels")
    )
    places = models.PositiveIntegerField(_("places"), null=True, blank=True)  # empty: no limit
    takes_registrations = models.BooleanField(_("registration"), default=True)
    sequence = models.PositiveIntegerField(default=0)  # of its calendar entry: one more with each change
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("event", kwargs={"pk": self.pk})

    @property
    def search_key(self) -> str:
        return f"event:{self.pk}"


class Registration(models.Model):
    class State(models.TextChoices):
        COMING = "coming", _("Registered")
        WAITING = "waiting", _("On the waiting list")
        CANCELLED = "cancelled", _("Cancelled")

    event = models.ForeignKey(Event, models.CASCADE, related_name="registrations")
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="registrations")
    state = models.CharField(max_length=9, choices=State.choices)
    since = models.DateTimeField(auto_now_add=True)  # of the state: the waiting list keeps its order
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="registered_once")]

    def __str__(self) -> str:
        return f"{self.person} · {self.event}"
