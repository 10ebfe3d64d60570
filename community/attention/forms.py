"""How closely to follow something, and which mails to get."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.models import Attention, Watch


class WatchForm(forms.Form):
    topic = forms.CharField(max_length=80, widget=forms.HiddenInput)
    level = forms.ChoiceField(label=_("Notifications"), choices=Watch.Level.choices)


class ChoicesForm(forms.ModelForm):
    class Meta:
        model = Attention
        fields = ("mails_at_once", "digest", "takes_questions")
        labels = {"digest": _("Digest of the rest, by mail")}
        widgets = {"digest": forms.RadioSelect}
