"""Signing up and telling who one is."""

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from people import names
from people.models import User
from portal.languages import LANGUAGES
from vocabularies import labels
from vocabularies.models import Concept

INTERESTS = ("factor", "topic")


class NameField(forms.CharField):
    def __init__(self, **options):
        super().__init__(label=_("Name to show"), max_length=80, **options)
        self.widget.attrs["autocomplete"] = "name"

    def clean(self, value):
        return names.clean(super().clean(value))


class SignupForm(forms.Form):
    """What sign-up asks beyond address and password."""

    name = NameField(help_text=_("Others see it beside what you write."))
    adult = forms.BooleanField(
        label=_("I am 18 or older"),
        help_text=_("Praxis is for adults who work in education. Pupils have no accounts here."),
        error_messages={"required": _("Only adults can join. Tick the box if you are 18 or older.")},
    )

    field_order = ["name", "email", "password1", "adult"]

    def signup(self, request, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.adult_confirmed_at = timezone.now()
        user.language = get_language() or ""
        user.languages = [user.language] if user.language else []
        user.save()


class ProfileForm(forms.ModelForm):
    name = NameField(help_text=_("Others see it beside what you write."))
    languages = forms.MultipleChoiceField(
        label=_("Languages I read and write"),
        choices=LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Case studies in these languages are shown to you first."),
    )

    class Meta:
        model = User
        fields = ("name", "role", "organisation", "country", "language", "languages")
        labels = {"language": _("Language of the portal and of mails")}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        language = get_language()
        countries = [(value.pk, value.label) for value in labels.values("country", language).values()]
        self.fields["country"].choices = [("", "—"), *countries]
        self.fields["role"].choices = [("", "—"), *User.Role.choices]
        self.fields["language"].choices = [("", "—"), *LANGUAGES]
        for scheme in INTERESTS:
            self.fields[scheme] = self._interests(scheme, language)

    def _interests(self, scheme: str, language: str | None) -> forms.Field:
        values = [value for value in labels.values(scheme, language).values() if not value.deprecated]
        chosen = set(self.instance.interests.values_list("pk", flat=True)) if self.instance.pk else set()
        return forms.MultipleChoiceField(
            label=labels.scheme_title(scheme, language),
            choices=[(str(value.pk), value.label) for value in sorted(values, key=lambda value: value.label)],
            initial=[str(value.pk) for value in values if value.pk in chosen],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def interests(self) -> list[Concept]:
        chosen = [pk for scheme in INTERESTS for pk in self.cleaned_data[scheme]]
        return list(Concept.objects.filter(pk__in=chosen))


class DeleteAccountForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Yes, delete my account"),
        error_messages={"required": _("Tick the box if you really want to delete your account.")},
    )
