"""Case studies everybody may read, for crawlers: each text once, with the languages it can be read in."""

from collections import defaultdict

from django.contrib.sitemaps import Sitemap

from portal import own_address
from practices.models import CaseStudy


class CaseStudies(Sitemap):
    limit = 2000

    def items(self):
        return CaseStudy.objects.visible_to(None).order_by("pk")

    def get_urls(self, page=1, site=None, protocol=None) -> list[dict]:
        """Two queries for a part of any size."""
        fields = ("translation_key", "slug", "locale__language_code", "last_published_at")
        rows = list(self.paginator.page(page).object_list.values_list(*fields))
        versions = defaultdict(set)
        keys = {row[0] for row in rows}
        for key, slug, language in (
            CaseStudy.objects.visible_to(None)
            .filter(translation_key__in=keys)
            .values_list("translation_key", "slug", "locale__language_code")
        ):
            versions[key].add((language, address(language, slug)))
        return [
            {
                "location": address(language, slug),
                "lastmod": changed,
                "alternates": [
                    {"lang_code": code, "location": location}
                    for code, location in sorted(versions[key])
                    if len(versions[key]) > 1
                ],
            }
            for key, slug, language, changed in rows
        ]


def address(language: str, slug: str) -> str:
    return own_address.absolute(f"/{language}/practices/{slug}/")
