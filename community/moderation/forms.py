"""What moderators, members and outsiders fill in."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.concept_choices import ConceptsField, titled
from community.models import Group, Notice, Thread
from community.models.moderation import Ground
from community.moderation import things
from community.moderation.deciding import Reasons
from community.moderation.honeypot import Honeypot

SCHEMES = ("topic", "factor", "level", "country")


class FlagForm(forms.Form):
    ground = forms.ChoiceField(label=_("reason"), choices=Ground.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("what is wrong"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ReasonsForm(forms.Form):
    """The statement of reasons; further fields come before it."""

    ground = forms.ChoiceField(label=_("reason"), choices=Ground.choices)
    facts = forms.CharField(
        label=_("facts and reasons"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Told to whom it affects, in these words."),
    )
    rule = forms.CharField(label=_("law or rule it rests on"), max_length=300, required=False)

    def __init__(self, *args, thing=None, person=None, **options):
        self.thing, self.person = thing, person
        super().__init__(*args, **options)
        own = [name for name in self.fields if name not in ReasonsForm.base_fields]
        self.order_fields([*own, *ReasonsForm.base_fields])

    def reasons(self) -> Reasons:
        data = self.cleaned_data
        return Reasons(data["ground"], data["facts"], data["rule"])


class MoveForm(ReasonsForm):
    group = forms.ModelChoiceField(Group.objects.none(), label=_("to"), required=False, empty_label=_("no group"))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["group"].queryset = Group.objects.visible_to(self.person).active()


class SplitForm(ReasonsForm):
    title = forms.CharField(label=_("Title of the new thread"), max_length=150)
    numbers = forms.MultipleChoiceField(label=_("Posts that go along"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        posts = self.thing.posts.exclude(number=1).exclude(state="deleted").select_related("author").order_by("number")
        self.fields["numbers"].choices = [
            (post.number, f"#{post.number} {post.author or _('Former member')}: {post.source[:80]}") for post in posts
        ]

    def clean_numbers(self) -> list[int]:
        return [int(number) for number in self.cleaned_data["numbers"]]


class MergeForm(ReasonsForm):
    into = forms.CharField(label=_("Address of the other thread"), max_length=500)

    def clean_into(self) -> Thread:
        found = things.at(self.cleaned_data["into"].strip())
        if not isinstance(found, Thread) or not Thread.objects.visible_to(self.person).filter(pk=found.pk).exists():
            raise forms.ValidationError(_("No thread stands at this address."))
        return found


class EditForm(ReasonsForm):
    title = forms.CharField(label=_("title"), max_length=150)
    topic = ConceptsField("topic")
    factor = ConceptsField("factor")
    level = ConceptsField("level")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        titled(self)
        held = list(self.thing.concepts.select_related("scheme"))
        self.initial = {"title": self.thing.title, **self.initial}
        for scheme in ("topic", "factor", "level"):
            self.initial[scheme] = [concept for concept in held if concept.scheme.notation == scheme]
        self._others = [concept for concept in held if concept.scheme.notation not in self.fields]

    def concepts(self) -> list:
        chosen = (self.cleaned_data[scheme] for scheme in ("topic", "factor", "level"))
        return [*self._others, *(concept for some in chosen for concept in some)]


class SuspendForm(ReasonsForm):
    days = forms.IntegerField(
        label=_("For how many days"),
        min_value=1,
        max_value=3650,
        required=False,
        help_text=_("Empty: until it is lifted."),
    )
    with_content = forms.BooleanField(label=_("Hide what this member posted as long as it lasts"), required=False)

    def until(self):
        days = self.cleaned_data["days"]
        return timezone.now() + timedelta(days=days) if days else None


class NoticeForm(Honeypot, forms.ModelForm):
    """A name and an address are asked for, but not where a child may be harmed."""

    marks_optional = False
    child = forms.BooleanField(label=_("It is about sexual abuse of children; I need not say who I am"), required=False)

    class Meta:
        model = Notice
        fields = ("address", "ground", "explanation", "child", "name", "email", "good_faith")
        help_texts = {
            "address": _("Copy it from the address bar of your browser."),
            "explanation": _(
                "What exactly is illegal, and why? If it is your own work: which, and where is it published?"
            ),
            "email": _("You get a receipt and the decision there."),
        }
        widgets = {"explanation": forms.Textarea(attrs={"rows": 7}), "ground": forms.RadioSelect}

    def clean_address(self) -> str:
        address = self.cleaned_data["address"].strip()
        if "/" not in address:
            raise forms.ValidationError(_("Enter the address of a page of this portal."))
        return address

    def clean_good_faith(self) -> bool:
        if not self.cleaned_data["good_faith"]:
            raise forms.ValidationError(_("Confirm it, so that the notice counts."))
        return True

    def clean(self) -> dict:
        data = super().clean()
        for name in ("name", "email"):
            if not data.get("child") and not data.get(name) and name not in self.errors:
                self.add_error(name, _("This field is required."))
        return data


class AnswerForm(ReasonsForm):
    """To a notice about something moderators have no verb for."""

    measure = forms.ChoiceField(
        label=_("What was done"),
        choices=[("hide", _("hidden")), ("none", _("left as it is"))],
        widget=forms.RadioSelect,
    )


class ComplaintForm(forms.Form):
    text = forms.CharField(
        label=_("Why is the decision wrong?"), max_length=5000, widget=forms.Textarea(attrs={"rows": 6})
    )


class ComplaintAnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("answer to the complaint"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )
