"""Whose eyes a search looks with: a person resolved once into a set of audiences."""

PUBLIC = "public"
MEMBERS = "members"


def audience_of(person) -> frozenset[str]:
    """public for everybody; members and group:<id> for who is signed in."""
    if person is None or not person.is_authenticated:
        return frozenset({PUBLIC})
    groups = person.groups.values_list("pk", flat=True)
    return frozenset({PUBLIC, MEMBERS, *(f"group:{pk}" for pk in groups)})
