"""Concept pages of the schemes readers browse, for crawlers."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from portal.languages import CODES
from vocabularies import labels
from vocabularies.models import Concept


class Concepts(Sitemap):
    """One entry for each concept in each language."""

    i18n = True
    alternates = True
    languages = CODES
    limit = 500

    def items(self) -> list[tuple[str, str]]:
        schemes = {row["scheme"] for row in settings.PRAXIS_FACETS if row.get("scheme")}
        rows = Concept.objects.current().filter(scheme__notation__in=schemes).order_by("scheme", "position", "pk")
        return [
            (labels.scheme_notation(scheme), notation) for scheme, notation in rows.values_list("scheme", "notation")
        ]

    def location(self, item: tuple[str, str]) -> str:
        return reverse("concept", kwargs={"scheme": item[0], "notation": item[1]})
