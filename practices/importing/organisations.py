"""Organisations of a batch: those that are there by their PIC or their name and country, the others made."""

from collections.abc import Iterable

from practices.importing.records import Party
from practices.models import Organisation
from vocabularies.models import Concept

Identity = tuple[str, str]
CHUNK = 500


def identity(party: Party) -> Identity:
    return (party.name.casefold(), party.country)


def organisations_of(parties: Iterable[Party]) -> dict[Identity, Organisation]:
    """Call it inside the transaction of the batch."""
    wanted = {identity(party): party for party in parties}
    found = _known(list(wanted.values()))
    missing = {key: party for key, party in wanted.items() if key not in found}
    countries = Concept.objects.by_notation("country") if missing else {}
    types = Concept.objects.by_notation("organisation-type") if missing else {}
    made = [
        Organisation(
            name=party.name,
            country=countries.get(party.country),
            type=types.get(party.type),
            website=party.website,
            pic=party.pic,
        )
        for party in missing.values()
    ]
    Organisation.objects.bulk_create(made)
    return {**found, **dict(zip(missing, made, strict=True))}


def _known(parties: list[Party]) -> dict[Identity, Organisation]:
    found: dict[Identity, Organisation] = {}
    names = list({party.name for party in parties})
    for at in range(0, len(names), CHUNK):
        for one in Organisation.objects.filter(name__in=names[at : at + CHUNK]).select_related("country"):
            found.setdefault((one.name.casefold(), one.country.notation if one.country else ""), one)
    codes = [party.pic for party in parties if party.pic]
    by_pic = {one.pic: one for one in Organisation.objects.filter(pic__in=codes)} if codes else {}
    return {**found, **{identity(party): by_pic[party.pic] for party in parties if party.pic in by_pic}}
