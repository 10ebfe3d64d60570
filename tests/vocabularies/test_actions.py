"""Schemes loaded, loaded again, changed, refused; and written out as they came in."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import a_case_study, concept
from tests.factories.vocabularies import SUBJECTS, a_file, subjects
from vocabularies import actions, labels, skos, writing
from vocabularies.models import Concept, ConceptLabel, ConceptMatch, ConceptScheme

ARTS = 'arts skos:prefLabel "Arts"@en'
MUSIC = 'music skos:prefLabel "Music"@en, "Musiikki"@fi ; skos:broader <urn:example:subject:arts>'

pytestmark = pytest.mark.django_db


def load(folder, *concepts, version="1") -> str:
    (report,) = actions.load_file(subjects(folder, *concepts, version=version))
    return str(report)


def state() -> list[tuple]:
    rows = Concept.objects.of("subject").select_related("broader")
    return [
        (row.notation, row.broader and row.broader.notation, row.since_version, row.deprecated_since) for row in rows
    ]


def test_what_is_new_is_added_once(tmp_path):
    first, second = load(tmp_path, ARTS, MUSIC), load(tmp_path, ARTS, MUSIC)

    assert first == "subject: 2 added, 0 changed, 0 deprecated, 0 unchanged"
    assert second == "subject: 0 added, 0 changed, 0 deprecated, 2 unchanged"
    assert state() == [("arts", None, "1", ""), ("music", "arts", "1", "")]


def test_loading_again_writes_nothing(tmp_path):
    load(tmp_path, ARTS, MUSIC)
    before = [
        *ConceptScheme.objects.values_list(),
        *Concept.objects.values_list(),
        *ConceptLabel.objects.values_list(),
        *ConceptMatch.objects.values_list(),
    ]

    load(tmp_path, ARTS, MUSIC)

    assert before == [
        *ConceptScheme.objects.values_list(),
        *Concept.objects.values_list(),
        *ConceptLabel.objects.values_list(),
        *ConceptMatch.objects.values_list(),
    ]


def test_each_change_counts_once(tmp_path):
    load(tmp_path, ARTS, MUSIC)

    told = load(
        tmp_path, ARTS, 'music skos:prefLabel "Song"@en ; skos:notation "song" ; skos:exactMatch <urn:m>', version="2"
    )

    assert told == "subject: 0 added, 1 changed, 0 deprecated, 1 unchanged"
    assert state() == [("arts", None, "1", ""), ("song", None, "1", "")]
    assert list(ConceptMatch.objects.filter(concept__notation="song").values_list("kind", "uri")) == [
        ("exact", "urn:m")
    ]
    assert labels.values("subject", "fi")["song"].label == "Song"


def test_what_a_version_drops_is_deprecated_and_comes_back_when_it_returns(tmp_path):
    load(tmp_path, ARTS, MUSIC)
    music = concept("subject/music")

    dropped = load(tmp_path, ARTS, version="2")
    assert (dropped, state()[1][3]) == ("subject: 0 added, 0 changed, 1 deprecated, 1 unchanged", "2")

    again = load(tmp_path, ARTS, version="3")
    assert (again, state()[1][3]) == ("subject: 0 added, 0 changed, 0 deprecated, 1 unchanged", "2")

    returned = load(tmp_path, ARTS, MUSIC, version="4")
    assert (returned, state()[1][3]) == ("subject: 0 added, 1 changed, 0 deprecated, 1 unchanged", "")
    assert concept("subject/music") == music


def test_a_file_may_deprecate_and_name_the_successor(tmp_path):
    load(tmp_path, ARTS, MUSIC)

    told = load(
        tmp_path, ARTS, MUSIC + " ; owl:deprecated true ; dct:isReplacedBy <urn:example:subject:arts>", version="2"
    )

    assert told == "subject: 0 added, 1 changed, 0 deprecated, 1 unchanged"
    assert (concept("subject/music").deprecated_since, concept("subject/music").replaced_by) == (
        "2",
        concept("subject/arts"),
    )


def test_a_case_study_keeps_its_deprecated_concept(tmp_path):
    load(tmp_path, ARTS, MUSIC)
    page = a_case_study()
    page.concepts = [concept("subject/music")]
    page.save()

    load(tmp_path, ARTS, version="2")

    page.refresh_from_db()
    assert [one.notation for one in page.concepts.all()] == ["music"]


def test_two_concepts_may_exchange_their_notations(tmp_path):
    load(tmp_path, 'a skos:prefLabel "A"@en ; skos:notation "1"', 'b skos:prefLabel "B"@en ; skos:notation "2"')

    load(tmp_path, 'a skos:prefLabel "A"@en ; skos:notation "2"', 'b skos:prefLabel "B"@en ; skos:notation "1"')

    assert {row.uri[-1]: row.notation for row in Concept.objects.of("subject")} == {"a": "2", "b": "1"}


def test_the_notation_of_an_old_concept_is_not_given_to_another(tmp_path):
    load(tmp_path, MUSIC)

    with pytest.raises(skos.Faulty) as told:
        load(tmp_path, 'singing skos:prefLabel "Singing"@en ; skos:notation "music"')

    assert told.value.faults == [
        "urn:example:subject:singing: its notation music belongs to urn:example:subject:music, which this file doesn't "
        "hold. Use another notation: old case studies still point to the old one."
    ]
    assert [row[0] for row in state()] == ["music"]


def test_a_concept_of_another_scheme_is_not_taken_over(tmp_path):
    with pytest.raises(skos.Faulty) as told:
        actions.load_file(
            a_file(tmp_path, SUBJECTS + '<urn:praxis:factor:privacy> a skos:Concept ; skos:prefLabel "Privacy"@en .')
        )

    assert told.value.faults == [
        "urn:praxis:factor:privacy: belongs to the scheme urn:praxis:factor. "
        "Give it an address of its own, and skos:exactMatch to that one."
    ]
    assert not ConceptScheme.objects.filter(notation="subject").exists()
    assert concept("factor/privacy").uri == "urn:praxis:factor:privacy"


def test_the_name_of_another_scheme_is_refused(tmp_path):
    with pytest.raises(skos.Faulty) as told:
        actions.load_file(
            a_file(
                tmp_path, SUBJECTS.replace('"subject"', '"factor"') + '<urn:a> a skos:Concept ; skos:prefLabel "A"@en .'
            )
        )

    assert told.value.faults == [
        "urn:example:subject: the notation factor belongs to the scheme urn:praxis:factor. Give it another skos:notation."
    ]


def test_one_faulty_file_keeps_all_of_them_out(tmp_path):
    good = subjects(tmp_path, ARTS)
    bad = a_file(tmp_path, "nonsense", "bad.ttl")

    with pytest.raises(CommandError, match=r"^Nothing was loaded\.\nbad\.ttl, line 6: "):
        call_command("load_vocabulary", good, bad, stdout=StringIO())

    assert not ConceptScheme.objects.filter(notation="subject").exists()


def test_a_dry_run_tells_and_keeps_nothing(tmp_path):
    out = StringIO()

    call_command("load_vocabulary", subjects(tmp_path, ARTS, MUSIC), dry_run=True, stdout=out)

    assert out.getvalue() == (
        "subject: 2 added, 0 changed, 0 deprecated, 0 unchanged\nNothing was kept: this was a dry run.\n"
    )
    assert not ConceptScheme.objects.filter(notation="subject").exists()
    assert labels.values("subject", "en") == {}


def test_what_search_needs_afterwards_is_told_where_something_changed(tmp_path):
    path, first, again = subjects(tmp_path, ARTS), StringIO(), StringIO()

    call_command("load_vocabulary", path, stdout=first)
    call_command("load_vocabulary", path, stdout=again)

    assert first.getvalue() == (
        "subject: 1 added, 0 changed, 0 deprecated, 0 unchanged\n"
        "So that search finds by it what is indexed already, run: manage.py learn_translations; manage.py rebuild_index\n"
    )
    assert again.getvalue() == "subject: 0 added, 0 changed, 0 deprecated, 1 unchanged\n"


def test_many_faults_are_told_in_part(tmp_path):
    path = subjects(tmp_path, *(f'c{number} skos:altLabel "A"@en' for number in range(60)))

    with pytest.raises(CommandError) as told:
        call_command("load_vocabulary", path)

    assert len(str(told.value).splitlines()) == 52
    assert str(told.value).endswith("\nAnd 10 more.")


def test_the_search_is_told_only_of_real_changes(tmp_path, django_capture_on_commit_callbacks):
    told = []
    actions.loaded.connect(lambda scheme, **_kwargs: told.append(scheme), weak=False, dispatch_uid="test")
    try:
        for _time in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                load(tmp_path, ARTS)
    finally:
        actions.loaded.disconnect(dispatch_uid="test")

    assert told == ["subject"]


def test_queries_do_not_grow_with_the_concepts(tmp_path, django_assert_num_queries):
    few = skos.read(subjects(tmp_path, *(f'c{number} skos:prefLabel "C"@en' for number in range(2))))[0]
    many = skos.read(subjects(tmp_path, *(f'c{number} skos:prefLabel "C"@en' for number in range(200))))[0]

    actions.load(few)
    with django_assert_num_queries(7):
        actions.load(few)
    actions.load(many)
    with django_assert_num_queries(7):
        actions.load(many)


@pytest.mark.parametrize("scheme", ["factor", "level", "country"])
def test_a_scheme_written_out_and_loaded_again_is_unchanged(tmp_path, scheme):
    out, told = StringIO(), StringIO()
    call_command("export_vocabulary", scheme, stdout=out)
    path = tmp_path / "out.ttl"
    path.write_text(out.getvalue(), encoding="utf-8")

    call_command("load_vocabulary", path, stdout=told)

    count = Concept.objects.of(scheme).count()
    assert told.getvalue() == f"{scheme}: 0 added, 0 changed, 0 deprecated, {count} unchanged\n"


def test_what_is_written_out_holds_all_that_was_loaded(tmp_path):
    path = subjects(
        tmp_path,
        ARTS,
        MUSIC
        + ' ; skos:altLabel "Tune"@en ; skos:closeMatch <urn:m> ; owl:deprecated true ; dct:isReplacedBy <urn:example:subject:arts>',
    )
    actions.load_file(path)
    again = tmp_path / "again.ttl"
    again.write_text(writing.turtle(ConceptScheme.objects.get(notation="subject")), encoding="utf-8")

    (before,), (after,) = skos.read(path), skos.read(again)

    assert after.concepts == before.concepts
    assert (after.uri, after.version, after.title) == (before.uri, before.version, before.title)


def test_a_scheme_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"^colour: there is no such scheme\. Use one of aim, connection, "):
        call_command("export_vocabulary", "colour")
