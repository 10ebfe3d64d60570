"""Offers and requests of organisations that look for partners."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.partners.querysets import OfferQuerySet
from portal.languages import LANGUAGES

PERSON = settings.AUTH_USER_MODEL


class Offer(models.Model):
    class Kind(models.TextChoices):
        OFFER = "offer", _("We offer")
        REQUEST = "request", _("We look for")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        FOUND = "found", _("Partners found")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        HIDDEN = "hidden", _("Hidden by a moderator")

    kind = models.CharField(_("type"), max_length=8, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    author = models.ForeignKey(PERSON, models.CASCADE, related_name="offers")
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("what it is about"), max_length=5000)
    language = models.CharField(_("language of this text"), max_length=12, choices=LANGUAGES)
    languages = models.JSONField(_("languages to work in"), default=list, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    country = models.ForeignKey(
        "vocabularies.Concept", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    concepts = models.ManyToManyField(
        "vocabularies.Concept", blank=True, related_name="+", verbose_name=_("topics, levels and partner countries")
    )
    programme = models.CharField(_("programme"), max_length=120, blank=True)
    places = models.PositiveSmallIntegerField(_("partners wanted"), null=True, blank=True)
    starts_on = models.DateField(_("begins"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    expires_on = models.DateField(_("open until"))
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "expires_on"])]
        verbose_name = _("partner offer")
        verbose_name_plural = _("partner offers")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("offer", kwargs={"pk": self.pk})

    @property
    def search_key(self) -> str:
        return f"offer:{self.pk}"


class Contact(models.Model):
    """A message to who made an offer, handed on without showing anybody's address."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="contacts")
    sender = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    receiver = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    text = models.TextField(_("message"), max_length=3000)
    language = models.CharField(max_length=12, choices=LANGUAGES)
    at = models.DateTimeField(auto_now_add=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.offer} {self.at:%Y-%m-%d}"
