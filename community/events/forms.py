"""What posting an event asks for."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from community.concept_choices import ConceptsField, CountryField, titled
from community.events import zones
from community.models import Event, Group, Membership
from portal.languages import LANGUAGES

SCHEMES = ("topic", "factor", "level")
FORM = "%Y-%m-%dT%H:%M"


class Clock(forms.DateTimeField):
    """Date and hour as a clock shows them somewhere: which zone is another field of the form."""

    def __init__(self, **options):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=FORM)
        super().__init__(widget=widget, input_formats=[FORM, "%Y-%m-%dT%H:%M:%S"], **options)

    def prepare_value(self, value):
        return value

    def to_python(self, value) -> datetime | None:
        if value in self.empty_values:
            return None
        try:
            found = datetime.fromisoformat(value)
        except (TypeError, ValueError):
            found = None
        if found is None or found.tzinfo or not 2000 <= found.year <= 2200:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found


class EventForm(forms.ModelForm):
    starts_at = Clock(label=_("Begins"))
    ends_at = Clock(
        label=_("Ends"), required=False, help_text=_("A deadline has none: it is the day and hour it begins with.")
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"), choices=LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Event
        fields = ("kind", "title", "text", "language", "group", "starts_at", "ends_at", "time_zone", "is_online",
                  "link", "place", "languages", "audience_note", "takes_registrations", "places")  # fmt: skip
        widgets = {"text": forms.Textarea(attrs={"rows": 8}), "kind": forms.RadioSelect}
        help_texts = {
            "link": _("Shown to who is registered; to everybody where nobody has to register."),
            "places": _("Leave it empty where everybody may come."),
        }

    FURTHER = ("languages", *SCHEMES)

    def __init__(self, *args, person, **options):
        super().__init__(*args, **options)
        self._offer_groups(person)
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"),
            choices=zones.choices(get_language() or "en", self.instance.time_zone),
            initial=self._zone_of(person),
        )
        self.fields["country"] = CountryField(label=_("Country"))
        for scheme in SCHEMES:
            self.fields[scheme] = ConceptsField(scheme)
        self.fields["link"].assume_scheme = "https"
        self.fields["places"].min_value = 1
        self.fields["places"].widget.attrs["min"] = 1
        self._begin_with()
        self.order_fields([*self.BASICS, *self.FURTHER])
        titled(self)

    BASICS = ("kind", "title", "text", "language", "group", "starts_at", "ends_at", "time_zone", "is_online", "link",
              "place", "country", "audience_note", "takes_registrations", "places")  # fmt: skip

    @property
    def basics(self) -> list[forms.BoundField]:
        return [self[name] for name in self.BASICS if name in self.fields]

    @property
    def further(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FURTHER]

    @property
    def concepts(self) -> list:
        return [concept for scheme in SCHEMES for concept in self.cleaned_data[scheme]]

    def clean_places(self) -> int | None:
        places = self.cleaned_data["places"]
        if places is not None and not 1 <= places <= 100_000:
            raise forms.ValidationError(_("At least one place, or leave it empty."))
        return places

    def clean(self) -> dict:
        cleaned = super().clean()
        if {"starts_at", "time_zone"} <= cleaned.keys() and "ends_at" in cleaned:
            self._clean_times(cleaned)
        self._clean_place(cleaned)
        if cleaned.get("kind") == Event.Kind.DEADLINE:
            cleaned["takes_registrations"] = False
        return cleaned

    def _clean_times(self, cleaned: dict) -> None:
        if cleaned.get("kind") == Event.Kind.DEADLINE:
            cleaned["ends_at"] = cleaned["starts_at"]
        for name in ("starts_at", "ends_at"):
            if cleaned[name] is None:
                return self.add_error(name, _("Say when it begins and when it ends."))
            cleaned[name] = zones.moment(cleaned[name], cleaned["time_zone"])
            if cleaned[name] is None:
                return self.add_error(name, _("There is no such hour on that day: clocks are put forward."))
        is_late = cleaned["ends_at"] <= cleaned["starts_at"] and cleaned.get("kind") != Event.Kind.DEADLINE
        if is_late or cleaned["ends_at"] <= timezone.now():
            self.add_error("ends_at", _("The end must be after the beginning, and still to come."))

    def _clean_place(self, cleaned: dict) -> None:
        if cleaned.get("kind") == Event.Kind.DEADLINE:
            return
        if not cleaned.get("place") and not cleaned.get("is_online") and "link" in cleaned:
            self.add_error("place", _("Say where it is, or that it is online."))
        if cleaned.get("is_online") and "link" in cleaned and not cleaned["link"]:
            self.add_error("link", _("Give the link people take part with."))

    def _post_clean(self) -> None:
        super()._post_clean()
        self.instance.country = self.cleaned_data.get("country")

    def _zone_of(self, person) -> str:
        """For an event that is new."""
        return (zones.of_country(person.country.notation) if person.country else "") or self.instance.time_zone

    def _offer_groups(self, person) -> None:
        if self.instance.pk:
            del self.fields["group"]
            return
        writing = Membership.objects.active().filter(person=person).exclude(role=Membership.Role.OBSERVER)
        self.fields["group"].queryset = Group.objects.active().filter(pk__in=writing.values("group")).order_by("title")
        self.fields["group"].label = _("Where")
        self.fields["group"].empty_label = _("In the open: everybody reads it")

    def _begin_with(self) -> None:
        """What the event has already, its hours as clocks there show them."""
        event = self.instance
        if not event.pk:
            return
        for name in ("starts_at", "ends_at"):
            self.initial[name] = zones.wall(getattr(event, name), event.time_zone)
        self.initial["country"] = event.country_id
        concepts = list(event.concepts.select_related("scheme"))
        for scheme in SCHEMES:
            self.initial[scheme] = [one.pk for one in concepts if one.scheme.notation == scheme]
