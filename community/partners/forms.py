"""What an offer and a message about it ask for."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.concept_choices import ConceptsField, CountryField, titled
from community.models import Offer
from community.partners.actions import LONGEST
from portal.languages import LANGUAGES

SCHEMES = ("topic", "level")


class Day(forms.DateField):
    def __init__(self, **options):
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class OfferForm(forms.ModelForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages to work in"), choices=LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple
    )
    starts_on = Day(label=_("Begins"), required=False)
    ends_on = Day(label=_("Ends"), required=False)
    expires_on = Day(label=_("Open until"), help_text=_("A year from today at most. You are told a week before."))

    BASICS = ("kind", "title", "text", "language", "organisation", "country", "programme", "places", "starts_on",
              "ends_on", "expires_on")  # fmt: skip
    FURTHER = ("languages", *SCHEMES, "partner_countries")

    class Meta:
        model = Offer
        fields = ("kind", "title", "text", "language", "organisation", "programme", "places")
        widgets = {"kind": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 7})}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["kind"].choices = Offer.Kind.choices
        self.fields["country"] = CountryField(label=_("Country"))
        for scheme in SCHEMES:
            self.fields[scheme] = ConceptsField(scheme)
        self.fields["partner_countries"] = ConceptsField("country", label=_("Countries of partners"))
        self.order_fields([*self.BASICS, *self.FURTHER])
        self._begin_with()
        titled(self)

    @property
    def basics(self) -> list[forms.BoundField]:
        return [self[name] for name in self.BASICS]

    @property
    def further(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FURTHER]

    @property
    def concepts(self) -> list:
        return [one for name in (*SCHEMES, "partner_countries") for one in self.cleaned_data[name]]

    def clean_expires_on(self):
        until, today = self.cleaned_data["expires_on"], timezone.localdate()
        if not today <= until <= today + LONGEST:
            raise forms.ValidationError(_("Choose a day from today on, a year from now at most."))
        return until

    def clean(self) -> dict:
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The end must be after the beginning."))
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        for name in ("country", "languages", "starts_on", "ends_on", "expires_on"):
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])

    def _begin_with(self) -> None:
        offer = self.instance
        if not offer.pk:
            self.initial.setdefault("expires_on", timezone.localdate() + timedelta(days=180))
            return
        for name in ("country", "languages", "starts_on", "ends_on", "expires_on"):
            self.initial[name] = getattr(offer, name)
        concepts = list(offer.concepts.select_related("scheme"))
        for name in (*SCHEMES, "partner_countries"):
            scheme = name if name in SCHEMES else "country"
            self.initial[name] = [one.pk for one in concepts if one.scheme.notation == scheme]


class MessageForm(forms.Form):
    text = forms.CharField(label=_("Message"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5}))
