"""What founding, changing and joining a group ask for."""

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from community.concept_choices import ConceptsField, titled
from community.models import Group, Membership
from people.models import User
from portal.languages import LANGUAGES
from practices.models import Organisation

SCHEMES = ("topic", "factor", "level", "country")


class GroupForm(forms.ModelForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages of the group"), choices=LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple
    )
    organisations = forms.CharField(
        label=_("Organisations of the alliance"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only for an alliance: one name in each line, as in case studies; of at least two countries."),
    )

    class Meta:
        model = Group
        fields = (
            "title", "aim", "kind", "access", "language", "guidelines", "welcome",
            "places", "due_on", "takes_observers",
        )  # fmt: skip
        labels = {
            "title": _("Name"),
            "aim": _("Aim"),
            "kind": _("Type"),
            "access": _("Who may join and read"),
            "language": _("Language of these texts"),
            "guidelines": _("Guidelines"),
            "welcome": _("Welcome to new members"),
            "places": _("Places"),
            "due_on": _("Deadline"),
            "takes_observers": _("Others may follow as observers"),
        }
        help_texts = {
            "aim": _("What you want to find out or do together, in two or three sentences."),
            "places": _("Only for a squad: how many take part; the rest wait in order."),
            "due_on": _("Only for a squad: when its result is due."),
        }
        widgets = {
            "kind": forms.RadioSelect,
            "access": forms.RadioSelect,
            "aim": forms.Textarea(attrs={"rows": 4}),
            "guidelines": forms.Textarea(attrs={"rows": 4}),
            "welcome": forms.Textarea(attrs={"rows": 3}),
            "due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial.setdefault("language", get_language() or "en")
        chosen = list(self.instance.concepts.select_related("scheme")) if self.instance.pk else []
        for scheme in SCHEMES:
            mine = [one for one in chosen if one.scheme.notation == scheme]
            self.fields[scheme] = ConceptsField(scheme, initial=mine)
        if self.instance.pk:
            self.initial["languages"] = self.instance.languages
            self.initial["organisations"] = "\n".join(one.name for one in self.instance.organisations.all())
        self.fields["kind"].choices = Group.Kind.choices
        self.fields["access"].choices = Group.Access.choices
        titled(self)

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day and day < timezone.localdate() and "due_on" in self.changed_data:
            raise forms.ValidationError(_("Choose a day that is still to come."))
        return day

    def clean_organisations(self) -> list[Organisation]:
        """Rows of those named; every name must be known from case studies."""
        names = [line.strip() for line in self.cleaned_data["organisations"].splitlines() if line.strip()]
        rows = {row.name: row for row in Organisation.objects.filter(name__in=names).select_related("country")}
        unknown = [name for name in names if name not in rows]
        if unknown:
            message = _("Not known: %(names)s. Write the names as they stand in case studies.")
            raise forms.ValidationError(message % {"names": ", ".join(unknown[:5])})
        return list(rows.values())

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == Group.Kind.SQUAD and not cleaned.get("places"):
            self.add_error("places", _("Say how many places the squad has."))
        if cleaned.get("kind") == Group.Kind.ALLIANCE and "organisations" in cleaned:
            countries = {row.country_id for row in cleaned["organisations"] if row.country_id}
            if len(countries) < 2:
                self.add_error("organisations", _("Name organisations of at least two countries."))
        return cleaned

    @property
    def concepts(self) -> list:
        return [concept for scheme in SCHEMES for concept in self.cleaned_data[scheme]]

    @property
    def further(self) -> list:
        return [self[name] for name in (*SCHEMES, "languages")]

    def visible_fields(self):
        return [field for field in super().visible_fields() if field.name not in (*SCHEMES, "languages")]


class JoinForm(forms.Form):
    note = forms.CharField(label=_("Why I would like to join"), max_length=500, required=False)


class InviteForm(forms.Form):
    who = forms.CharField(
        label=_("Name or e-mail address of a member"),
        max_length=254,
        help_text=_("Whether there is such a member is not told."),
    )

    def person(self) -> User | None:
        """The one member this can mean."""
        who = self.cleaned_data["who"].strip()
        people = User.objects.filter(is_active=True)
        found = people.filter(email__iexact=who) if "@" in who else people.filter(name__iexact=who)
        return found.get() if found.count() == 1 else None


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role.choices)


class DeliverableForm(forms.ModelForm):
    addresses = forms.CharField(
        label=_("Case studies it rests on"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("One address of a case study in each line."),
    )

    class Meta:
        model = Group
        fields = ("deliverable_title", "deliverable")
        labels = {"deliverable_title": _("Title of the result"), "deliverable": _("The result")}
        widgets = {"deliverable": forms.Textarea(attrs={"rows": 12})}

    def __init__(self, *args, viewer, **options):
        self.viewer = viewer
        super().__init__(*args, **options)
        self.initial.setdefault("addresses", "\n".join(one.url or "" for one in self.instance.case_studies.all()))

    def clean_addresses(self) -> list:
        return case_studies_at(self.cleaned_data["addresses"], self.viewer)


class PinForm(forms.Form):
    address = forms.CharField(
        label=_("Address of a thread, an event or a case study"), max_length=500, widget=forms.TextInput
    )


def case_studies_at(addresses: str, viewer) -> list:
    """Case studies by their addresses; raises ValidationError naming the first that isn't one she may read."""
    from practices.models import CaseStudy

    found = []
    for line in addresses.split():
        slug = line.rstrip("/").rpartition("/")[2]
        page = CaseStudy.objects.visible_to(viewer).filter(slug=slug).order_by("pk").first()
        if page is None:
            raise forms.ValidationError(_("There is no case study at %(address)s.") % {"address": line[:120]})
        found.append(page)
    return found
