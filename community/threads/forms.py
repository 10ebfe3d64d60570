"""What a post, a new thread and an edit ask for."""

import secrets

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.concept_choices import ConceptsField, titled
from community.models import Group, Post, Thread
from community.models.threads import LONGEST_POST, LONGEST_TITLE
from community.threads import files as post_files
from portal.languages import LANGUAGES

SCHEMES = ("topic", "factor", "level", "country")
ORIGINS = [
    ("own", _("My own work")),
    ("licensed", _("Somebody else's, with permission or a licence")),
    ("ai", _("Made with artificial intelligence")),
]


class Part:
    """Some fields of a form, shown by themselves."""

    def __init__(self, form: forms.Form, names: list[str], is_first: bool = False):
        self._form, self._names, self._is_first = form, names, is_first

    def non_field_errors(self):
        return self._form.non_field_errors() if self._is_first else ""

    def hidden_fields(self):
        return self._form.hidden_fields() if self._is_first else []

    def visible_fields(self):
        return [self._form[name] for name in self._names]


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; gives what was checked."""

    def __init__(self, **options):
        super().__init__(widget=FilesInput(), required=False, **options)

    def clean(self, value, initial=None):
        return post_files.check([super(FilesField, self).clean(one, initial) for one in value if one])


class Words(forms.Form):
    """The text of a post, its language, and files."""

    text = forms.CharField(
        label=_("Your words"),
        max_length=LONGEST_POST,
        widget=forms.Textarea(attrs={"rows": 6, "data-words": True}),
        error_messages={"required": _("Write something first.")},
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    files = FilesField(label=_("Images and files"))
    alt = forms.CharField(label=_("What the image shows"), max_length=250, required=False)
    origin = forms.ChoiceField(label=_("Where the files come from"), choices=ORIGINS, initial="own", required=False)
    key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["language"].choices = [("", _("Found from the text")), *LANGUAGES]
        self.initial.setdefault("key", secrets.token_urlsafe(16))

    FURTHER = ("language", "files", "alt", "origin")
    marks_optional = False

    @property
    def further(self):
        return Part(self, list(self.FURTHER)).visible_fields()

    @property
    def has_more(self) -> bool:
        return any(self[name].errors for name in self.FURTHER)

    def clean(self):
        cleaned = super().clean()
        if any(is_image for is_image, _checked in cleaned.get("files") or ()) and not cleaned.get("alt"):
            self.add_error("alt", _("Say in a few words what the image shows: not everybody can see it."))
        return cleaned


class ReplyForm(Words):
    preview = ""  # the text as others will see it, where it was asked for

    @property
    def essentials(self) -> Part:
        return Part(self, ["text"], is_first=True)

    to = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, thread: Thread, **options):
        self.thread = thread
        super().__init__(*args, **options)

    def clean_to(self) -> Post | None:
        number = self.cleaned_data["to"]
        return self.thread.posts.filter(number=number, state=Post.State.SHOWN).first() if number else None


class EditForm(forms.Form):
    text = forms.CharField(
        label=_("Your words"), max_length=LONGEST_POST, widget=forms.Textarea(attrs={"rows": 10, "data-words": True})
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)


class Moment(forms.DateTimeField):
    def __init__(self, **options):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, required=False, input_formats=["%Y-%m-%dT%H:%M"], **options)


class NewThreadForm(Words):
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[
            (Thread.Kind.QUESTION, _("A question: it can have an accepted answer")),
            (Thread.Kind.DISCUSSION, _("A discussion")),
            (Thread.Kind.CLINIC, _("A clinic: one expert looks at your case within 72 hours")),
            (Thread.Kind.WRITTEN, _("A written discussion with a beginning and an end")),
        ],
        initial=Thread.Kind.QUESTION,
        widget=forms.RadioSelect,
    )
    group = forms.ModelChoiceField(
        label=_("Where"),
        queryset=Group.objects.none(),
        required=False,
        empty_label=_("In the open: everybody reads it"),
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=LONGEST_TITLE,
        help_text=_("One sentence that somebody who can help would recognise."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    situation = forms.CharField(
        label=_("Situation"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    tried = forms.CharField(
        label=_("What was tried"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    constraints = forms.CharField(
        label=_("What can't be changed"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    starts_at = Moment(label=_("Begins"))
    ends_at = Moment(label=_("Ends"))

    CLINIC, DATES = ("situation", "tried", "constraints"), ("starts_at", "ends_at")

    def __init__(self, *args, person, **options):
        super().__init__(*args, **options)
        self.fields["group"].queryset = Group.objects.of(person).active().order_by("title")
        for scheme in SCHEMES:
            self.fields[scheme] = ConceptsField(scheme)
        titled(self)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == Thread.Kind.WRITTEN:
            self._check_dates(cleaned)
        if cleaned.get("kind") == Thread.Kind.CLINIC and not cleaned.get("situation"):
            self.add_error("situation", _("Describe the situation: an expert can only advise who knows it."))
        return cleaned

    @property
    def essentials(self) -> Part:
        return Part(self, ["kind", "title", "text", "group"], is_first=True)

    @property
    def clinic(self):
        return Part(self, list(self.CLINIC)).visible_fields()

    @property
    def dates(self):
        return Part(self, list(self.DATES)).visible_fields()

    @property
    def concept_fields(self):
        return Part(self, list(SCHEMES)).visible_fields()

    @property
    def has_clinic(self) -> bool:
        return self["kind"].value() == Thread.Kind.CLINIC or any(self[name].errors for name in self.CLINIC)

    @property
    def has_dates(self) -> bool:
        return self["kind"].value() == Thread.Kind.WRITTEN or any(self[name].errors for name in self.DATES)

    def _check_dates(self, cleaned: dict) -> None:
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if not starts_at or not ends_at:
            self.add_error("starts_at", _("Say when it begins and when it ends."))
        elif ends_at <= starts_at or ends_at <= timezone.now():
            self.add_error("ends_at", _("The end must be after the beginning, and still to come."))

    @property
    def concepts(self) -> tuple:
        return tuple(concept for scheme in SCHEMES for concept in self.cleaned_data[scheme])
