"""Words of posts in a case study, and whether who wrote them agrees."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PERSON = settings.AUTH_USER_MODEL


class QuotationQuerySet(models.QuerySet):
    def of(self, page) -> "QuotationQuerySet":
        """In use in this case study, whichever of its languages or revisions is at hand."""
        return self.filter(case_study__translation_key=page.translation_key, dropped_at=None)

    def agreed(self) -> "QuotationQuerySet":
        return self.filter(state__in=AGREED)

    def open(self) -> "QuotationQuerySet":
        """Not agreed to: nothing may be published with them."""
        return self.exclude(state__in=AGREED)

    def for_lists(self) -> "QuotationQuerySet":
        return self.select_related("post__thread__group", "person", "case_study__owner", "case_study__locale")


class Quotation(models.Model):
    """A post whose words went into a case study: the provenance of that part, and the consent of who wrote them."""

    class State(models.TextChoices):
        OWN = "own", _("Your own words")
        ASKED = "asked", _("Asked, no answer yet")
        GIVEN = "given", _("Agreed")
        REFUSED = "refused", _("Does not agree")
        WITHDRAWN = "withdrawn", _("No longer agrees")

    case_study = models.ForeignKey("practices.CaseStudy", models.CASCADE, related_name="quotations")  # the original
    post = models.ForeignKey("community.Post", models.CASCADE, related_name="quotations")
    person = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="quotations")
    part = models.CharField(max_length=40)  # the field of the case study the words went into
    words = models.TextField()  # as they were when she was asked
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)  # the author took the words out

    objects = QuotationQuerySet.as_manager()

    class Meta:
        ordering = ["post__thread", "post__number"]
        constraints = [models.UniqueConstraint(fields=["case_study", "post"], name="quoted_once")]

    def __str__(self) -> str:
        return f"{self.post} → {self.case_study}"

    def get_absolute_url(self) -> str:
        return reverse("quotation", kwargs={"pk": self.pk})

    @property
    def is_agreed(self) -> bool:
        return self.state in AGREED


AGREED = (Quotation.State.OWN, Quotation.State.GIVEN)
