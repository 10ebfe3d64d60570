"""What comes with Praxis says everything in all 24 languages."""

from collections import Counter, defaultdict

import pytest

from portal.languages import CODES
from vocabularies import actions, cldr, skos

FILES = sorted(actions.SHIPPED.glob("*.ttl"))
SEARCHED = {"factor", "aim", "topic", "target"}  # met in running text: these need synonyms


def read(name: str) -> skos.SchemeData:
    (scheme,) = skos.read(actions.SHIPPED / f"{name}.ttl")
    return scheme


def languages_by(concept: skos.ConceptData) -> dict[str, set[str]]:
    found = defaultdict(set)
    for language, kind, _text in concept.labels:
        found[kind].add(language)
    return found


def lacking(scheme: skos.SchemeData, kind: str) -> dict[str, list[str]]:
    return {
        concept.notation: missing
        for concept in scheme.concepts
        if (missing := [code for code in CODES if code not in languages_by(concept)[kind]])
    }


def test_nineteen_schemes_are_shipped():
    assert [path.stem for path in FILES] == [
        "aim", "connection", "cost", "device-ratio", "evidence", "factor", "level", "licence", "organisation-type",
        "origin", "outcome", "role", "scale", "school-size", "sector", "setting", "stage", "target", "topic",
    ]  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_scheme_is_named_and_explained_in_every_language(path):
    scheme = read(path.stem)

    assert (sorted(scheme.title), sorted(scheme.description)) == (sorted(CODES), sorted(CODES))
    assert (lacking(scheme, "pref"), lacking(scheme, "def")) == ({}, {})


@pytest.mark.parametrize("name", sorted(SEARCHED))
def test_what_is_found_in_text_has_synonyms_in_every_language(name):
    assert lacking(read(name), "alt") == {}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_two_concepts_of_a_scheme_share_a_label(path):
    scheme = read(path.stem)
    names = Counter(
        (language, text) for concept in scheme.concepts for language, kind, text in concept.labels if kind == "pref"
    )

    assert [name for name, count in names.items() if count > 1] == []
    assert scheme.notation == path.stem


def test_success_factors_aims_and_topics_are_as_many_as_promised():
    assert (len(read("factor").concepts), len(read("aim").concepts)) == (18, 12)
    assert len(read("topic").concepts) >= 60


@pytest.mark.parametrize("make", [cldr.countries, cldr.languages])
def test_countries_and_languages_have_their_own_name_in_every_language(make):
    scheme = make()
    names = Counter(
        (language, text) for concept in scheme.concepts for language, kind, text in concept.labels if kind == "pref"
    )

    assert (sorted(scheme.title), lacking(scheme, "pref")) == (sorted(CODES), {})
    assert [name for name, count in names.items() if count > 1] == []


def test_countries_of_the_union_come_first():
    order = [concept.notation for concept in cldr.countries().concepts]

    assert order[:27] == cldr.EU.split()
    assert order[27:41] == [*cldr.EFTA.split(), *cldr.CANDIDATES.split()]
    assert (len(order), len(set(order))) == (250, 250)


def test_the_languages_of_the_union_come_first():
    assert [concept.notation for concept in cldr.languages().concepts][:24] == CODES


def test_loading_what_is_shipped_again_changes_nothing(db):
    assert actions.load_shipped() == []
