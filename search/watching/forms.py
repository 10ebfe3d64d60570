"""A saved search's name and how often its member hears of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from search.models import SavedSearch


class SavedSearchForm(forms.ModelForm):
    class Meta:
        model = SavedSearch
        fields = ("name", "cadence")
        labels = {"name": _("Name")}
        help_texts = {"cadence": _("By e-mail, about new or changed case studies.")}

    def clean_name(self) -> str:
        return " ".join("".join(sign if sign.isprintable() else " " for sign in self.cleaned_data["name"]).split())
