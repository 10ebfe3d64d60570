"""The repeatable parts of the writing form: each a formset, read from a case study and put back into it."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.languages import LANGUAGES
from practices.models import CaseStudy, FactorStatement, Organisation, Participation
from practices.writing import concept_fields
from vocabularies.models import Concept

REFERENCE = re.compile(r"^(\d{4}-\d-[A-Z]{2}\d{2}-KA\d{3}(-[A-Z]{2,4})?-\d{6,9}|\d{6}-EPP-.+|\d{6,9})$")
NO_LABEL = [("", "—")]
YES_NO = [*NO_LABEL, ("yes", _("Yes")), ("no", _("No"))]


class Row(forms.Form):
    """A row left empty is no row; one begun must have what `needs` names."""

    needs: tuple[str, ...] = ()
    marks_optional = False

    def clean(self):
        data = super().clean()
        if any(value not in (None, "", False) for value in data.values()):
            for name in self.needs:
                if data.get(name) in (None, "") and name not in self.errors:
                    self.add_error(name, _("Fill this in, or empty the whole row."))
        return data

    @property
    def is_empty(self) -> bool:
        return not any(value not in (None, "", False) for value in self.cleaned_data.values())


class FactorRow(Row):
    needs = ("factor", "role")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["factor"] = concept_fields.menu("factor", get_language(), label=_("Success factor"))
        self.fields["role"] = concept_fields.menu("role", get_language(), label=_("Role"))
        self.fields["sentence"] = forms.CharField(label=_("Evidence in one sentence"), max_length=400, required=False)


class StepRow(Row):
    needs = ("title",)
    title = forms.CharField(label=_("What"), max_length=120, required=False)
    when = forms.CharField(label=_("When"), max_length=80, required=False)
    text = forms.CharField(label=_("How"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class ResultRow(Row):
    needs = ("indicator",)
    indicator = forms.CharField(label=_("What was measured"), max_length=160, required=False)
    baseline = forms.CharField(label=_("Before"), max_length=80, required=False)
    after = forms.CharField(label=_("After"), max_length=80, required=False)
    n = forms.IntegerField(label=_("Number of people"), min_value=1, required=False)
    period = forms.CharField(label=_("Period"), max_length=80, required=False)
    instrument = forms.CharField(label=_("How it was measured"), max_length=160, required=False)


class TechnologyRow(Row):
    needs = ("name",)
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    open_source = forms.ChoiceField(label=_("Open source"), choices=YES_NO, required=False)
    hosting = forms.ChoiceField(
        label=_("Hosting"),
        required=False,
        choices=[*NO_LABEL, ("own", _("Our own servers")), ("eu", _("In the EU")), ("other", _("Outside the EU"))],
    )
    personal_data = forms.ChoiceField(label=_("Personal data processed"), choices=YES_NO, required=False)
    ai = forms.BooleanField(label=_("Uses AI"), required=False)
    ai_note = forms.CharField(label=_("How risks of AI were handled"), max_length=300, required=False)


class LinkRow(Row):
    needs = ("title", "url")
    title = forms.CharField(label=_("Title"), max_length=160, required=False)
    url = forms.URLField(label=_("Address"), required=False, assume_scheme="https")
    language = forms.ChoiceField(label=_("Language"), choices=[*NO_LABEL, *LANGUAGES], required=False)


class FundingRow(Row):
    needs = ("programme",)
    programme = forms.CharField(label=_("Programme"), max_length=160, required=False)
    reference = forms.CharField(
        label=_("Project reference"),
        max_length=80,
        required=False,
        help_text=_("For example 2021-1-DE03-KA220-SCH-000012345"),
    )
    title = forms.CharField(label=_("Project title"), max_length=400, required=False)
    amount = forms.DecimalField(label=_("Grant in euros"), min_value=0, max_digits=14, decimal_places=2, required=False)

    def clean_reference(self):
        reference = self.cleaned_data["reference"].strip()
        if reference.startswith(("20", "19")) and "-KA" in reference and not REFERENCE.match(reference):
            raise ValidationError(
                _("Not the form of an Erasmus+ reference, for example 2021-1-DE03-KA220-SCH-000012345.")
            )
        return reference


class OrganisationRow(Row):
    needs = ("name",)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["name"] = forms.CharField(label=_("Name"), max_length=300, required=False)
        self.fields["type"] = concept_fields.menu("organisation-type", get_language(), label=_("Type"))
        self.fields["country"] = concept_fields.menu("country", get_language(), label=_("Country"))
        self.fields["city"] = forms.CharField(label=_("Town"), max_length=120, required=False)
        self.fields["role"] = forms.ChoiceField(
            label=_("Role"), choices=[*NO_LABEL, *Participation.Role.choices], required=False
        )


STREAMS = {
    "steps": (StepRow, "step"),
    "results": (ResultRow, "result"),
    "technologies": (TechnologyRow, "technology"),
    "links": (LinkRow, "link"),
    "funding": (FundingRow, "funding"),
}
ROWS = {"factors": FactorRow, "organisations": OrganisationRow, **{name: row for name, (row, _type) in STREAMS.items()}}
TITLES = {
    "factors": _("Success factors"), "organisations": _("Organisations"), "steps": _("Steps"),
    "results": _("Results in figures"), "technologies": _("Technology used"), "links": _("Links"), "funding": _("Funding"),
}  # fmt: skip
LONGEST = 40  # rows of one part


def formset(name: str, page: CaseStudy, data=None, more: int = 0) -> BaseFormSet:
    """One part's rows, with an empty one to begin the next."""
    initial = _initial(name, page)
    factory = formset_factory(
        ROWS[name], extra=(1 if initial else 2) + more, max_num=LONGEST, absolute_max=LONGEST + 10
    )
    # A row is empty when it says so itself, not when it is as it was.
    asked = {"empty_permitted": False, "use_required_attribute": False}
    return factory(data, initial=initial, prefix=name, form_kwargs=asked)


def store(name: str, page: CaseStudy, rows: BaseFormSet) -> None:
    """Put the filled rows into the case study; a row with a fault keeps what was there."""
    filled = [row.cleaned_data for row in rows if row.is_valid() and not row.is_empty]
    if name == "factors":
        page.factor_statements = [
            FactorStatement(factor=known["factor"], role=known["role"], sentence=row["sentence"], locale=page.locale)
            for row in filled
            if (known := _concepts(row, ("factor", "role")))
        ]
    elif name == "organisations":
        page.participations = [_participation(row) for row in filled]
    else:
        kind = STREAMS[name][1]
        setattr(page, name, [(kind, row) for row in filled])


def _initial(name: str, page: CaseStudy) -> list[dict]:
    if name == "factors":
        return [
            {"factor": one.factor_id, "role": one.role_id, "sentence": one.sentence}
            for one in page.factor_statements.all()
        ]
    if name == "organisations":
        return [
            {
                "name": part.organisation.name,
                "type": part.organisation.type_id,
                "country": part.organisation.country_id,
                "city": part.organisation.city,
                "role": part.role,
            }
            for part in page.participations.all()
        ]
    return [dict(block.value) for block in getattr(page, name)]


def _concepts(row: dict, names: tuple[str, ...]) -> dict[str, Concept]:
    found = {name: Concept.objects.filter(pk=row[name]).first() for name in names}
    return found if all(found.values()) else {}


def _participation(row: dict) -> Participation:
    country = Concept.objects.filter(pk=row["country"]).first() if row["country"] else None
    kind = Concept.objects.filter(pk=row["type"]).first() if row["type"] else None
    organisation = Organisation.objects.filter(name=row["name"], country=country, city=row["city"], type=kind).first()
    if organisation is None:
        organisation = Organisation.objects.create(name=row["name"], country=country, city=row["city"], type=kind)
    return Participation(organisation=organisation, role=row["role"] or Participation.Role.LEAD)
