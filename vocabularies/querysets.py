"""Reading concepts."""

from django.db import models


class ConceptQuerySet(models.QuerySet):
    def of(self, scheme: str) -> "ConceptQuerySet":
        return self.filter(scheme__notation=scheme)

    def current(self) -> "ConceptQuerySet":
        return self.filter(deprecated_since="")

    def by_notation(self, scheme: str) -> dict[str, models.Model]:
        """{notation: concept} of one scheme, deprecated ones too: old content still points to them."""
        return {concept.notation: concept for concept in self.of(scheme)}
