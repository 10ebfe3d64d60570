"""Field types of a case study that hold concepts: one concept, or several, of one named scheme."""

from django.db import models
from modelcluster.fields import ParentalManyToManyField


def OneConcept(label, scheme: str, **options) -> models.ForeignKey:
    return models.ForeignKey(
        "vocabularies.Concept",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"scheme__notation": scheme},
        verbose_name=label,
        **options,
    )


def Concepts(label, scheme: str = "", **options) -> ParentalManyToManyField:
    return ParentalManyToManyField(
        "vocabularies.Concept",
        blank=True,
        related_name="+",
        limit_choices_to={"scheme__notation": scheme} if scheme else {},
        verbose_name=label,
        **options,
    )
