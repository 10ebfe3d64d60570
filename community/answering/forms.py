"""What authors and moderators fill in, and the period of the figures."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models import Group
from portal.languages import LANGUAGES

LONGEST_PERIOD = 366 * 5  # days


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        label=_("What became of it"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4}), strip=True
    )


class StillMattersForm(forms.Form):
    languages = forms.MultipleChoiceField(
        label=_("Languages in which an answer helps you too"),
        choices=LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class NameForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80, min_length=2, required=False)


class PeriodForm(forms.Form):
    """The last twelve weeks unless told otherwise."""

    since = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(label=_("To"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    group = forms.ModelChoiceField(
        Group.objects.none(), label=_("Group"), required=False, to_field_name="slug", empty_label=_("All")
    )

    def __init__(self, data, groups, **options):
        today = timezone.localdate()
        usual = {"since": today - timedelta(weeks=12), "until": today}
        super().__init__({**usual, **{key: value for key, value in data.items() if value}}, **options)
        self.fields["group"].queryset = groups

    def clean(self) -> dict:
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and not timedelta(0) <= until - since <= timedelta(days=LONGEST_PERIOD):
            self.add_error("until", _("Choose an end after the beginning, at most five years later."))
        return cleaned
