"""What pages outside the search show a member of what is new for her."""

from django import template
from django.utils.translation import get_language

from people.access import audience_of
from search import hits
from search.contract import Hit, Unavailable
from search.query import Query
from search.watching import answers, querysets

register = template.Library()
SHOWN = 5


@register.simple_tag(takes_context=True)
def new_since_last_visit(context) -> list[Hit]:
    """The latest a member may see of what is new or changed since she was here before; nothing on her first visit."""
    person = getattr(context.get("request"), "user", None)
    since = querysets.last_visit(person) if person is not None and person.is_authenticated else None
    if since is None:
        return []
    language = get_language() or "en"
    try:
        found = answers.latest(Query(language=language), audience_of(person), SHOWN, since)
    except Unavailable:
        return []
    return hits.cards([entry for entry, _at in found], language)
