"""Words of posts as parts of a case study: what is taken over, how it is marked, whether it still stands there."""

import re

from community.models import Post, Quotation, Thread
from community.threads import rendering, summaries
from people.models import User
from practices.models import CaseStudy
from practices.models.case_study import TEXTS

PARTS = ("challenge", "what_was_done", "lessons", "transferability", "resources_note")  # words may go into
MOST = 60  # posts to choose from
TELLING = 25  # characters of a sentence by which words are known again
QUOTE_LINE = re.compile(r"^[ \t]*>.*\n?", re.MULTILINE)
SENTENCE = re.compile(r"(?<=[.!?…;·])\s+|\n+")


def choosable(thread: Thread) -> list[Post]:
    """Posts whose words may be taken over, in their order; of very many the ones that meant most to others."""
    posts = thread.posts.shown().exclude(author=None).select_related("author").order_by("number")
    if thread.post_count <= MOST:
        return list(posts)
    best = {post.pk for post in summaries.foremost(thread, MOST - 1)}
    return list(posts.filter(pk__in=best) | posts.filter(number=1))


def proposed(post: Post, thread: Thread) -> str:
    """The part its words are likely to belong in; empty for most."""
    if post.pk == thread.accepted_id:
        return "what_was_done"
    if post.is_opening:
        return "challenge" if thread.wants_an_answer else "what_was_done"
    return ""


def part_label(part: str) -> str:
    """As readers know it."""
    name = str(CaseStudy._meta.get_field(part).verbose_name)
    return name[:1].upper() + name[1:]


def words_of(post: Post) -> str:
    """Her own: without what she quotes of others, and with names for mentions."""
    own = QUOTE_LINE.sub("", rendering.QUOTED.sub("", post.source))
    thread = post.thread
    context = (thread.situation, thread.tried, thread.constraints) if post.is_opening else ()
    return "\n\n".join(text.strip() for text in (*context, rendering.MENTION.sub(r"\1", own)) if text.strip())


def passage(quotation: Quotation, writer: User) -> str:
    """As it stands in the draft: her own words as they are, those of others as a quote with their name."""
    if quotation.person_id == writer.pk:
        return quotation.words
    lines = [f"> {line}".rstrip() for line in quotation.words.splitlines()]
    return "\n".join([*lines, ">", f"> {signature(quotation.person)}"])


def signature(name) -> str:
    return f"— {name}"


def still_there(quotation: Quotation) -> str:
    """The first sentence of hers the case study still holds, as last saved; empty where there is none."""
    page = quotation.case_study.get_latest_revision_as_object()
    text = _flat("\n".join(getattr(page, name) for name in TEXTS))
    sentences = (one.strip() for one in SENTENCE.split(quotation.words))
    return next((one for one in sentences if len(one) >= TELLING and _flat(one) in text), "")


def _flat(text: str) -> str:
    """Without the marks of a quote and of lines."""
    return " ".join(re.sub(r"^[ \t]*>[ \t]?", "", text, flags=re.MULTILINE).split())
