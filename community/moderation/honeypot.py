"""A field people don't see and programs fill in. It asks nothing of anybody and no third party."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Honeypot(forms.Form):
    """Mix it in and show `community/moderation/_honeypot.html` within the form."""

    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this field empty"))
        return ""

    def shown_fields(self) -> list:
        return [field for field in self.visible_fields() if field.name != "website"]
