"""The fields of the writing form. A draft may lack anything; what a submission needs is asked only then."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from practices.models import CaseStudy
from practices.models.case_study import NUMBERS, SEVERAL, SINGLE
from practices.writing import concept_fields, wording
from practices.writing.sections import Section
from search import facets
from vocabularies.models import Concept

TEXTS = {"title": 120, "one_line_result": 200, "region": 160, "standards": 200, "summary": 1500}
LONG = ("summary", "challenge", "what_was_done", "lessons", "transferability", "sustainability", "equity",
        "resources_note", "context_note")  # fmt: skip
LONGEST_TEXT = 20_000
SCHEMES = {
    "levels": "level", "sectors": "sector", "countries": "country", "topics": "topic", "aims": "aim",
    "target_groups": "target", "school_size": "school-size", "device_ratio": "device-ratio",
}  # fmt: skip
REQUIRED = (
    "title", "one_line_result", "outcome", "stage", "levels", "sectors", "countries", "summary", "challenge",
    "what_was_done", "lessons", "transferability", "cost", "licence", "pupils_visible", "rights_confirmed",
    "privacy_confirmed",
)  # fmt: skip


def further_schemes() -> list[str]:
    """Schemes an operator has made facets of, whose concepts lie in the one field for further concepts."""
    return [facet.scheme for facet in facets.all_facets() if facet.field == "concepts"]


class WritingForm(forms.Form):
    """One part of the form over one case study; `store` puts what was typed into it."""

    marks_optional = False  # nothing must be there to save, so saying "optional" everywhere says nothing

    def __init__(self, page: CaseStudy, sections: tuple[Section, ...], data=None):
        self.page, self.sections = page, sections
        self.names = [
            name for section in sections for name in section.fields if name != "concepts" or further_schemes()
        ]
        super().__init__(data, initial={name: self._initial(name) for name in self.names})
        for name in self.names:
            self.fields[name] = self._field(name)

    def _initial(self, name: str):
        value = getattr(self.page, name)
        if name in SINGLE:
            return value.pk if value else ""
        if name in SEVERAL:
            return [concept.pk for concept in value.all()]
        if name == "title" and self.page.is_untitled:
            return ""
        return value

    def _field(self, name: str) -> forms.Field:
        label, help_text = wording.label(name), wording.help_text(name)
        options = {"label": label, "help_text": help_text, "required": False}
        if name in SINGLE:
            return concept_fields.one(SCHEMES.get(name, name.replace("_", "-")), get_language(), **options)
        if name in SEVERAL:
            schemes = further_schemes() if name == "concepts" else [SCHEMES[name]]
            return concept_fields.several(schemes, get_language(), **options)
        if name in NUMBERS:
            return forms.IntegerField(min_value=0, max_value=_largest(name), **options)
        if name in ("rights_confirmed", "privacy_confirmed"):
            return forms.BooleanField(**options)
        if name == "pupils_visible":
            return forms.ChoiceField(choices=CaseStudy.PupilsVisible.choices, widget=forms.RadioSelect, **options)
        widget = forms.Textarea(attrs={"rows": 4 if name == "summary" else 6}) if name in LONG else forms.TextInput()
        return forms.CharField(max_length=TEXTS.get(name, LONGEST_TEXT), widget=widget, **options)

    def clean(self):
        data = super().clean()
        first, last = data.get("learner_age_from"), data.get("learner_age_to")
        if first is not None and last is not None and first > last:
            self.add_error("learner_age_to", _("Must not be less than the age it begins at."))
        return data

    def store(self) -> None:
        """What is valid goes into the case study; what is not stays in the form, with its message."""
        for name in self.names:
            if name not in self.cleaned_data:
                continue
            value = self.cleaned_data[name]
            if name in SINGLE:
                setattr(self.page, name, Concept.objects.filter(pk=value).first() if value else None)
            elif name in SEVERAL:
                setattr(self.page, name, list(Concept.objects.filter(pk__in=value)))
            elif name == "title":
                self.page.title = value or str(CaseStudy.UNTITLED)
            else:
                setattr(self.page, name, value)


def missing(page: CaseStudy) -> list[str]:
    """Names of the fields a submission still lacks, in the order of the form."""
    lacking = [name for name in REQUIRED if not _is_filled(page, name)]
    if not page.factor_statements.all():
        lacking.append("factors")
    return lacking


def _is_filled(page: CaseStudy, name: str) -> bool:
    value = getattr(page, name)
    if name == "title":
        return not page.is_untitled
    return bool(value.all()) if name in SEVERAL else bool(value)


def _largest(name: str) -> int:
    return {"year": 2100, "learner_age_from": 120, "learner_age_to": 120, "duration_months": 600}.get(name, 10_000_000)


class StartForm(forms.Form):
    language = forms.ChoiceField(label=_l("I write in"))

    def __init__(self, *args, **options):
        from portal.languages import LANGUAGES

        super().__init__(*args, **options)
        self.fields["language"].choices = LANGUAGES


class WithdrawForm(forms.Form):
    note = forms.CharField(
        label=_l("Reason (everybody who follows the address reads it)"), max_length=300, required=False
    )
