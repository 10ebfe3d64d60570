"""What search holds of a person: her saved searches, what she was told of, and her last visits."""

from people.models import User
from people.personal_data import Holder, register
from search.models import SavedSearch, Visit
from search.watching import questions


def export(person: User) -> dict:
    visit = Visit.objects.filter(person=person).first()
    moments = ("began_at", "last_at", "before_at")
    return {
        "saved": [_saved(row) for row in SavedSearch.objects.filter(person=person).prefetch_related("told")],
        "visit": {name: at.isoformat() for name in moments if (at := getattr(visit, name))} if visit else None,
    }


def _saved(row: SavedSearch) -> dict:
    return {
        "name": row.name,
        "address": questions.address(row),
        "language": row.language,
        "messages": row.cadence,
        "feed": questions.feed_address(row),
        "created": row.created_at.isoformat(),
        "asked_until": row.asked_until.isoformat(),
        "resumed": row.resumed_at.isoformat() if row.resumed_at else None,
        "told": [{"key": told.key, "at": told.at.isoformat()} for told in row.told.all()],
    }


def erase(person: User) -> None:
    SavedSearch.objects.filter(person=person).delete()
    Visit.objects.filter(person=person).delete()


register(Holder("searches", export, erase))
