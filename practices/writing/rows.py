"""The repeatable parts of the writing form: each a formset, read from a case study and put back into it."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue

from portal.languages import LANGUAGES
from practices.models import CaseStudy, FactorStatement, Participation
from practices.writing import concept_fields, organisations
from vocabularies.models import Concept

REFERENCE = re.compile(r"^(\d{4}-\d-[A-Z]{2}\d{2}-KA\d{3}(-[A-Z]{2,4})?-\d{6,9}|\d{6}-EPP-.+|\d{6,9})$")
NO_LABEL = [("", "—")]
YES_NO = [*NO_LABEL, ("yes", _("Yes")), ("no", _("No"))]


class Row(forms.Form):
    """A row left empty is no row; one begun must have what `needs` names. Its key says which kept row it came from."""

    needs: tuple[str, ...] = ()
    marks_optional = False
    key = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def clean(self):
        data = super().clean()
        if not self.is_empty:
            for name in self.needs:
                if data.get(name) in (None, "") and name not in self.errors:
                    self.add_error(name, _("Fill this in, or empty the whole row."))
        return data

    @property
    def is_empty(self) -> bool:
        return not any(value not in (None, "", False) for value in self.values.values())

    @property
    def values(self) -> dict:
        """What was typed, without the key."""
        return {name: value for name, value in self.cleaned_data.items() if name != "key"}


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


def formset(name: str, page: CaseStudy, data=None, more: int = 0, begun: tuple[dict, ...] = ()) -> BaseFormSet:
    """One part's rows, those just begun, and an empty one to begin the next."""
    initial = [*_initial(name, page), *begun]
    factory = formset_factory(
        ROWS[name], extra=(1 if initial else 2) + more, max_num=LONGEST, absolute_max=LONGEST + 10
    )
    # A row is empty when it says so itself, not when it is as it was.
    asked = {"empty_permitted": False, "use_required_attribute": False}
    return factory(data, initial=initial, prefix=name, form_kwargs=asked)


def store(name: str, page: CaseStudy, rows: BaseFormSet) -> None:
    """Put the filled rows into the case study; a row with a fault stays as it was kept before."""
    if not rows.management_form.is_valid():
        return
    if name == "factors":
        page.factor_statements = _factors(page, rows)
    elif name == "organisations":
        kept = {row["key"]: row for row in organisations.initial(page)}
        typed = [row.values if row.is_valid() else kept.get(row.cleaned_data.get("key")) for row in rows]
        page.participations = organisations.participations(page, [row for row in typed if row and row["name"]])
    else:
        setattr(page, name, _blocks(page, name, rows))


def _initial(name: str, page: CaseStudy) -> list[dict]:
    if name == "factors":
        return [
            {"key": str(one.translation_key), "factor": one.factor_id, "role": one.role_id, "sentence": one.sentence}
            for one in page.factor_statements.all()
        ]
    if name == "organisations":
        return organisations.initial(page)
    return [{**block.value, "key": block.id} for block in getattr(page, name)]


def _factors(page: CaseStudy, rows: BaseFormSet) -> list[FactorStatement]:
    """Statements that were there stay the same ones: their translations hang on them."""
    kept = {str(one.translation_key): one for one in page.factor_statements.all()}
    concepts = Concept.objects.in_bulk(
        [row.values[name] for row in rows if row.is_valid() and not row.is_empty for name in FactorRow.needs]
    )
    statements = []
    for row in rows:
        one = kept.pop(row.cleaned_data.get("key"), None)
        if row.is_valid() and not row.is_empty:
            one = one or FactorStatement(locale=page.locale)
            one.factor, one.role = (concepts[row.values[name]] for name in FactorRow.needs)
            one.sentence = row.values["sentence"]
        elif row.is_valid():
            continue
        if one is not None:
            one.sort_order = len(statements)
            statements.append(one)
    return statements


def _blocks(page: CaseStudy, name: str, rows: BaseFormSet) -> StreamValue:
    """Blocks that were there keep their id, which translations hang on, and what only editors and imports fill in."""
    kind = STREAMS[name][1]
    stream = getattr(page, name)
    kept = {block.id: block for block in stream}
    blocks = []
    for row in rows:
        block = kept.pop(row.cleaned_data.get("key"), None)
        before = dict(block.value) if block else {}
        if row.is_valid() and not row.is_empty:
            blocks.append((kind, {**before, **row.values}, block.id if block else None))
        elif block and not row.is_valid():
            blocks.append((kind, before, block.id))
    return StreamValue(stream.stream_block, blocks)
