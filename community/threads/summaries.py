"""The summary of a written discussion: where its host begins, and what she sends in."""

import re
from collections import Counter
from html import unescape

from django import forms
from django.db.models import Count, Q
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from community.models import Post, Reaction, SummaryPoint, Thread
from community.threads.rendering import QUOTED

LONGEST = 500
MOST_POINTS = 30
BEGINNING = 8  # sentences a draft begins with
QUOTE = re.compile(
    r'<blockquote>(?:(?!<blockquote>).)*?</blockquote>|<a class="quoted".*?</a>', re.DOTALL
)  # the innermost first: quotes lie in quotes
END = re.compile(r"(?<=[.!?…])\s")


def points_of(thread: Thread):
    """Those whose post can be read: a sentence may repeat what a moderator or the author has taken away."""
    return thread.summary_points.filter(post__state=Post.State.SHOWN).select_related("post")


def begun(thread: Thread) -> list[dict]:
    """What is published; else a draft: the first sentences of the posts that meant most to others, in their order."""
    if thread.summary_at:
        return [_row(point) for point in thread.summary_points.select_related("post")]
    rows = [{"sentence": first_sentence(post), "number": post.number} for post in foremost(thread)]
    return [row for row in rows if row["sentence"]]


def _row(point: SummaryPoint) -> dict:
    is_there = point.post and point.post.state == Post.State.SHOWN
    return {"sentence": point.sentence, "number": point.post.number if is_there else None}


def foremost(thread: Thread, most: int = BEGINNING) -> list[Post]:
    """The answers most thanked, answered and quoted, in their order."""
    thanks = Count("reactions", filter=Q(reactions__kind=Reaction.Kind.THANKS), distinct=True)
    posts = thread.posts.shown().annotate(thanks=thanks, answers=Count("replies", distinct=True))
    quoted = _quoted(thread)
    weighed = [(_weight(post, thread, quoted), post) for post in posts if not post.is_opening]
    best = sorted((pair for pair in weighed if pair[0]), key=lambda pair: (-pair[0], pair[1].number))[:most]
    return sorted((post for _weight, post in best), key=lambda post: post.number)


def _quoted(thread: Thread) -> Counter:
    """How often each post is quoted, by its number."""
    sources = thread.posts.shown().values_list("source", flat=True)
    found = (pair for source in sources for pair in QUOTED.findall(source))
    return Counter(int(number) for of, number in found if int(of) == thread.pk)


def _weight(post: Post, thread: Thread, quoted: Counter) -> int:
    accepted = 10 if post.pk == thread.accepted_id else 0
    return accepted + post.thanks + post.answers + quoted[post.number]


def first_sentence(post: Post) -> str:
    """In its author's own words: what she quotes is left out."""
    words = " ".join(unescape(strip_tags(_own(post.html))).split())
    return END.split(words, maxsplit=1)[0][:LONGEST]


def _own(html: str) -> str:
    html, found = QUOTE.subn(" ", html)
    return _own(html) if found else html


class PointForm(forms.Form):
    """One sentence and the post behind it; a row left empty is no point."""

    marks_optional = False
    sentence = forms.CharField(
        label=_("Sentence"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    number = forms.IntegerField(label=_("Number of the post behind it"), min_value=1, required=False)

    def __init__(self, *args, thread: Thread, **options):
        super().__init__(*args, **options)
        self.thread = thread
        self.fields["sentence"].widget.attrs["lang"] = thread.language

    def clean_sentence(self) -> str:
        return " ".join(self.cleaned_data["sentence"].split())

    def clean(self) -> dict:
        data = super().clean()
        if not data.get("sentence") or "number" in self.errors:
            return data
        data["post"] = self.thread.posts.shown().filter(number=data.get("number")).first()
        if data["post"] is None:
            self.add_error("number", _("Give the number of a post that can be read in this thread."))
        return data


class Points(forms.BaseFormSet):
    def pairs(self) -> list[tuple[str, Post]]:
        return [(row["sentence"], row["post"]) for row in self.cleaned_data if row.get("sentence")]


PointFormSet = forms.formset_factory(
    PointForm, formset=Points, extra=3, max_num=MOST_POINTS, absolute_max=MOST_POINTS, validate_max=True
)
