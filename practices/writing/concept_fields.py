"""Form fields that offer the concepts of a scheme in the reader's language."""

from django import forms

from vocabularies import labels

MANY = 14  # concepts: beyond it a list of boxes is hard to read on a phone, so it folds


def choices(scheme: str, language: str | None) -> list[tuple[int, str]]:
    return [(value.pk, value.label) for value in labels.values(scheme, language).values() if not value.deprecated]


def one(scheme: str, language: str | None, **options) -> forms.Field:
    rows = choices(scheme, language)
    if len(rows) <= 7:
        return forms.TypedChoiceField(choices=rows, coerce=int, empty_value=None, widget=forms.RadioSelect, **options)
    return forms.TypedChoiceField(choices=[("", "—"), *rows], coerce=int, empty_value=None, **options)


def several(schemes: list[str], language: str | None, **options) -> forms.Field:
    rows = [row for scheme in schemes for row in choices(scheme, language)]
    field = forms.TypedMultipleChoiceField(
        choices=rows, coerce=int, empty_value=[], widget=forms.CheckboxSelectMultiple, **options
    )
    field.folds = len(rows) > MANY
    return field


def menu(scheme: str, language: str | None, **options) -> forms.Field:
    """One concept from a drop-down menu, or none."""
    rows = [("", "—"), *choices(scheme, language)]
    return forms.TypedChoiceField(choices=rows, coerce=int, empty_value=None, required=False, **options)
