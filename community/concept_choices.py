"""Choosing concepts in forms: topics, factors, levels and countries in the reader's language."""

from django import forms
from django.utils.translation import get_language

from vocabularies import labels
from vocabularies.models import Concept


class ConceptsField(forms.MultipleChoiceField):
    """Several concepts of one scheme, as check boxes; gives Concept rows."""

    def __init__(self, scheme: str, **options):
        self.scheme = scheme
        options = {"required": False, "widget": forms.CheckboxSelectMultiple, **options}
        super().__init__(choices=self._choices, label=options.pop("label", ""), **options)

    def _choices(self):
        language = get_language()
        values = [value for value in labels.values(self.scheme, language).values() if not value.deprecated]
        return [(str(value.pk), value.label) for value in sorted(values, key=lambda value: value.label)]

    def prepare_value(self, value):
        return [str(getattr(one, "pk", one)) for one in value or ()]

    def clean(self, value) -> list[Concept]:
        return list(Concept.objects.filter(pk__in=super().clean(value)).select_related("scheme"))


class CountryField(forms.ChoiceField):
    """One country or none; gives a Concept."""

    def __init__(self, **options):
        super().__init__(choices=self._choices, **{"required": False, **options})

    def _choices(self):
        values = labels.values("country", get_language()).values()
        return [("", "—"), *((str(value.pk), value.label) for value in sorted(values, key=lambda value: value.label))]

    def prepare_value(self, value):
        return str(getattr(value, "pk", value) or "")

    def clean(self, value) -> Concept | None:
        pk = super().clean(value)
        return Concept.objects.filter(pk=pk).first() if pk else None


def titled(form: forms.Form) -> forms.Form:
    """Fields of concepts without a label of their own take the title of their scheme."""
    for field in form.fields.values():
        if isinstance(field, ConceptsField) and not field.label:
            field.label = labels.scheme_title(field.scheme, get_language())
    return form
