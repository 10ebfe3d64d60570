"""What a member's list of saved searches shows."""

from dataclasses import dataclass

from people.access import audience_of
from people.models import User
from search.contract import Unavailable
from search.models import SavedSearch
from search.watching import changes, querysets, questions
from search.watching.answers import Answers
from search.watching.forms import SavedSearchForm


@dataclass(frozen=True)
class Row:
    saved: SavedSearch
    described: str
    address: str
    feed: str
    news: int  # answers that are new or changed since the last visit
    is_faulty: bool
    form: SavedSearchForm


def rows(person: User, bound: SavedSearchForm | None = None) -> list[Row]:
    """`bound` is the form of one of them, shown again with its messages."""
    searches = list(querysets.of(person))
    counts = _counts(person, searches)
    return [_row(saved, counts, bound) for saved in searches]


def form_of(saved: SavedSearch, data=None) -> SavedSearchForm:
    """Of a copy: what can't be kept must not show as the search's name."""
    copy = SavedSearch(pk=saved.pk, name=saved.name, cadence=saved.cadence)
    form = SavedSearchForm(data, instance=copy, prefix=f"s{saved.pk}")
    form.fields["cadence"].help_text = ""  # said once, where the search was saved
    return form


def _row(saved: SavedSearch, counts: dict[int, int], bound: SavedSearchForm | None) -> Row:
    asked = questions.of(saved)
    return Row(
        saved=saved,
        described=questions.described(asked.query),
        address=questions.address(saved),
        feed=questions.feed_address(saved),
        news=counts.get(saved.pk, 0),
        is_faulty=bool(asked.faults),
        form=bound if bound is not None and bound.instance.pk == saved.pk else form_of(saved),
    )


def _counts(person: User, searches: list[SavedSearch]) -> dict[int, int]:
    if not searches:
        return {}
    visit, audience = querysets.last_visit(person), audience_of(person)
    since = {saved.pk: max(visit, saved.created_at) if visit else saved.created_at for saved in searches}
    answers = Answers(changes.since(min(since.values())))
    questions_of = {saved.pk: questions.of(saved) for saved in searches}
    try:
        return {
            pk: len(answers.to(asked.query, audience, since[pk]))
            for pk, asked in questions_of.items()
            if asked.can_be_asked
        }
    except Unavailable:
        return {}
