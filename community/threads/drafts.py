"""What somebody is writing, kept on the server until it is posted."""

from community.models import Draft
from people.models import User

LONGEST = 30_000  # characters of one field
MOST = 50  # drafts of one person; the oldest goes first
FIELDS = (
    "title",
    "text",
    "kind",
    "language",
    "to",
    "situation",
    "tried",
    "constraints",
    "group",
    "starts_at",
    "ends_at",
)


def keep(person: User, place: str, data: dict) -> Draft | None:
    """Nothing but blanks is no draft."""
    kept = {name: str(data[name])[:LONGEST] for name in FIELDS if data.get(name)}
    if not any(kept.get(name, "").strip() for name in ("title", "text")):
        forget(person, place)
        return None
    row, is_new = Draft.objects.update_or_create(person=person, place=place[:200], defaults={"data": kept})
    if is_new:
        old = Draft.objects.filter(person=person).order_by("-saved_at").values_list("pk", flat=True)[MOST:]
        Draft.objects.filter(pk__in=list(old)).delete()
    return row


def of(person, place: str) -> Draft | None:
    if not person.is_authenticated:
        return None
    return Draft.objects.filter(person=person, place=place[:200]).first()


def forget(person: User, place: str) -> None:
    Draft.objects.filter(person=person, place=place[:200]).delete()
