"""Boring makers of members and case studies."""

from itertools import count

from people.models import User
from practices.models import CaseStudy, FactorStatement
from practices.site_tree import EDITORS, index_in
from vocabularies.models import Concept

_numbers = count(1)


def concept(path: str) -> Concept:
    """concept("factor/connectivity")"""
    scheme, notation = path.split("/", 1)
    return Concept.objects.get(scheme__notation=scheme, notation=notation)


def concepts(scheme: str, *notations: str) -> list[Concept]:
    return [concept(f"{scheme}/{notation}") for notation in notations]


def a_member(**fields) -> User:
    number = next(_numbers)
    fields = {"email": f"member{number}@example.org", "name": f"Member {number}", **fields}
    return User.objects.create_user(fields.pop("email"), fields.pop("password", "correct horse"), **fields)


def an_editor(**fields) -> User:
    from django.contrib.auth.models import Group

    person = a_member(**fields)
    person.groups.add(Group.objects.get(name=EDITORS))
    return person


def a_case_study(
    title: str = "",
    *,
    language: str = "en",
    live: bool = True,
    levels=("isced-1",),
    countries=("PT",),
    topics=("rural-education",),
    factors=(("connectivity", "barrier", "The line was too slow."),),
    **fields,
) -> CaseStudy:
    """A saved case study of its author, published unless told otherwise."""
    number = next(_numbers)
    index = index_in(language)
    page = CaseStudy(
        title=title or f"Case study {number}",
        slug=fields.pop("slug", f"case-study-{number}"),
        locale=index.locale,
        source_language=fields.pop("source_language", language),
        live=live,
        **{
            "one_line_result": "It worked in two schools.",
            "summary": "Two schools tried it for a year.",
            "outcome": concept("outcome/worked"),
            "evidence": concept("evidence/tier-2"),
            "cost": concept("cost/low"),
            "licence": concept("licence/cc-by-4.0"),
            "stage": concept("stage/piloted"),
            **fields,
        },
    )
    page.levels = concepts("level", *levels)
    page.countries = concepts("country", *countries)
    page.topics = concepts("topic", *topics)
    page.factor_statements = [
        FactorStatement(
            factor=concept(f"factor/{factor}"), role=concept(f"role/{role}"), sentence=sentence, locale=index.locale
        )
        for factor, role, sentence in factors
    ]
    return index.add_child(instance=page)
