"""Everything the portal knows of a person, package by package: for her to take away, and to erase."""

from collections.abc import Callable
from dataclasses import dataclass

from people.models import Letter, User


@dataclass(frozen=True)
class Holder:
    """One package's part. `export` gives JSON data; `erase` removes or unnames what is hers before the account goes."""

    name: str
    export: Callable[[User], object]
    erase: Callable[[User], None]


_holders: dict[str, Holder] = {}


def register(holder: Holder) -> None:
    _holders[holder.name] = holder


def holders() -> list[Holder]:
    return list(_holders.values())


def export(person: User) -> dict:
    return {holder.name: holder.export(person) for holder in holders()}


def erase(person: User) -> None:
    for holder in holders():
        holder.erase(person)


def _account(person: User) -> dict:
    return {
        "email": person.email,
        "name": person.name,
        "role": person.role,
        "organisation": person.organisation,
        "country": person.country.notation if person.country else None,
        "language": person.language,
        "languages": person.languages,
        "interests": [concept.uri for concept in person.interests.all()],
        "joined": person.date_joined.isoformat(),
        "last_login": person.last_login.isoformat() if person.last_login else None,
        "adult_confirmed": person.adult_confirmed_at.isoformat() if person.adult_confirmed_at else None,
        "email_addresses": [{"email": row.email, "verified": row.verified} for row in person.emailaddress_set.all()],
        "sessions": [
            {"ip": row.ip, "browser": row.user_agent, "since": row.created_at.isoformat()}
            for row in person.usersession_set.all()
        ],
        "letters_waiting": list(Letter.objects.filter(to__iexact=person.email).values("subject", "body")),
        "second_factors": [row.type for row in person.authenticator_set.all()],
    }


def _erase_account(person: User) -> None:
    """Sessions end at once, and what waits to be mailed to her goes; addresses and keys go with the account's row."""
    Letter.objects.filter(to__iexact=person.email).delete()
    for row in person.usersession_set.all():
        row.end()


register(Holder("account", _account, _erase_account))
