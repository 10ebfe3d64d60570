"""What pages outside the search show a member of what is new for her."""

from django import template
from django.utils.translation import get_language

from people.access import audience_of
from search import hits
from search.contract import Hit, Unavailable
from search.query import Query
from search.watching import answers, changes, entries, querysets

register = template.Library()
SHOWN = 5
CONSIDERED = 200  # of the latest changes: the rest is for the search page


@register.simple_tag(takes_context=True)
def new_since_last_visit(context) -> list[Hit]:
    """The latest a member may see of what is new or changed since she was here before; nothing on her first visit."""
    person = getattr(context.get("request"), "user", None)
    since = querysets.last_visit(person) if person is not None and person.is_authenticated else None
    if since is None:
        return []
    language, audience = get_language() or "en", audience_of(person)
    latest = changes.latest(since, CONSIDERED)
    try:
        found = answers.ask(Query(language=language), audience, latest)[:SHOWN]
    except Unavailable:
        return []
    return hits.cards(entries.seen_by(audience, entries.of(found), found), language)
