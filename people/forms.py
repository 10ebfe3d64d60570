"""Signing up and telling who one is."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SignupForm(forms.Form):
    name = forms.CharField(label=_("Name to show"), max_length=80)
    adult = forms.BooleanField(label=_("I am 18 or older"))

    field_order = ["name", "email", "password1", "adult"]

    def signup(self, request, user) -> None:
        user.name = self.cleaned_data["name"]
        user.adult_confirmed_at = timezone.now()
        user.save()
