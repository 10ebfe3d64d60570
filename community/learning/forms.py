"""Choosing the posts a case study is made of."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from community.learning import quoting
from community.models import Post, Thread
from portal.languages import LANGUAGES


class PromoteForm(forms.Form):
    """A title, a language, and for each post the part of the case study its words go into, or none."""

    marks_optional = False
    title = forms.CharField(label=_("Title of the case study"), max_length=120)
    language = forms.ChoiceField(label=_("I write in"), choices=LANGUAGES)

    def __init__(self, thread: Thread, posts: list[Post], data=None):
        initial = {"title": thread.title[:120], "language": get_language() or thread.language}
        super().__init__(data, initial=initial)
        self.posts = posts
        parts = [("", _("Not used")), *((name, quoting.part_label(name)) for name in quoting.PARTS)]
        for post in posts:
            self.fields[_name(post)] = forms.ChoiceField(
                label=_("Goes into"), choices=parts, required=False, initial=quoting.proposed(post, thread)
            )

    def rows(self) -> list[tuple[Post, forms.BoundField]]:
        return [(post, self[_name(post)]) for post in self.posts]

    def clean(self) -> dict:
        data = super().clean()
        if not self.chosen():
            raise forms.ValidationError(_("Choose at least one post."))
        return data

    def chosen(self) -> dict[Post, str]:
        """Post -> part."""
        picked = ((post, self.cleaned_data.get(_name(post))) for post in self.posts)
        return {post: part for post, part in picked if part}


def _name(post: Post) -> str:
    return f"post-{post.pk}"
