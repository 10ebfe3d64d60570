"""Vocabularies others publish: each is loaded, or refused with a reason."""

import gzip
import time

import pytest

from portal.languages import CODES
from tests.factories.vocabularies import eurovoc, isced_f
from vocabularies import actions, labels, skos
from vocabularies.models import Concept, ConceptLabel

pytestmark = pytest.mark.django_db


@pytest.fixture
def lists(shared_data):
    return shared_data / "vocabularies"


def test_the_value_lists_of_kim_load(lists):
    told = [
        actions.load_file(lists / f"vocab_kim/{name}.ttl")[0].added
        for name in ("conditionsOfAccess", "educationalLevel")
    ]

    assert told == [2, 12]
    assert labels.values("conditionsOfAccess", "cs")["login"].label == "přihlášení vyžadováno"
    assert ("exact", "http://w3id.org/openeduhub/vocabs/educationalContext/grundschule") in set(
        Concept.objects.get(uri__endswith="educationalLevel/level_1").matches.values_list("kind", "uri")
    )


def test_a_notation_used_twice_is_refused_with_both_concepts(lists):
    with pytest.raises(skos.Faulty) as told:
        actions.load_file(lists / "vocab_kim/hochschulfaechersystematik.ttl")

    assert told.value.faults == [
        "hochschulfaechersystematik.ttl: https://w3id.org/kim/hochschulfaechersystematik/n292: its notation 292 is also "
        "that of https://w3id.org/kim/hochschulfaechersystematik/n030010001. Give one of them another skos:notation."
    ]


def test_every_vocabulary_of_openeduhub_is_read(lists):
    schemes = [scheme for path in sorted(lists.glob("vocab_openeduhub/*.ttl")) for scheme in skos.read(path)]

    assert (len(schemes), sum(len(scheme.concepts) for scheme in schemes)) == (82, 2210)


def test_the_topics_of_openeduhub_load_with_their_tree(lists, tmp_path):
    path = tmp_path / "oehTopics.ttl"
    path.write_bytes(gzip.decompress((lists / "vocab_openeduhub/oehTopics.ttl.gz").read_bytes()))

    (report,) = actions.load_file(path)

    loaded = Concept.objects.of(report.scheme)
    assert report.added == loaded.count() == 3211
    assert loaded.exclude(broader=None).count() > 3000


def test_digcomp_as_skos_loads(lists):
    (report,) = actions.load_file(lists / "vocab_digcomp/dini-ag-kim_digcomp.ttl")

    assert str(report) == "digcomp: 26 added, 0 changed, 0 deprecated, 0 unchanged"


def test_digcomp_in_a_format_of_its_own_is_refused_with_the_reason(lists):
    with pytest.raises(
        skos.Faulty, match=r"^digcomp3_\S+: no skos:ConceptScheme in it\. Add one, and skos:inScheme to"
    ):
        skos.read(next(lists.glob("vocab_digcomp/*.jsonld")))


def test_xml_that_is_no_rdf_is_refused_with_the_reason(lists):
    with pytest.raises(skos.Faulty, match=r"^fachgebiete\.xml: XML, but not RDF/XML\."):
        skos.read(lists / "vocab_kim/fachgebiete.xml")


def test_no_example_of_amb_makes_a_request(lists):
    faults = []
    for path in sorted(lists.glob("vocab_kim/amb_draft_examples_*.json")):
        with pytest.raises(skos.Faulty) as told:
            skos.read(path)
        faults += told.value.faults

    assert len(faults) == 37
    assert {fault.partition(": ")[2][:36] for fault in faults} == {"its @context is the address https://"}


def test_isced_f_in_24_languages_becomes_a_tree(lists, tmp_path):
    (report,) = actions.load_file(isced_f(lists / "vocab_isced", tmp_path / "isced-f.ttl"))

    assert report.added == Concept.objects.of("isced-f").count() == 190
    assert [labels.values("isced-f", code)["0011"].language for code in CODES] == CODES
    assert Concept.objects.of("isced-f").filter(broader=None).count() == 10


@pytest.mark.slow
def test_eurovoc_in_24_languages_loads_in_under_a_minute(lists, tmp_path):
    path = tmp_path / "eurovoc.ttl"
    count = eurovoc(lists / "vocab_eurovoc", path)
    started = time.monotonic()

    (report,) = actions.load_file(path)

    assert (report.added, count > 7000) == (count, True)
    assert ConceptLabel.objects.filter(concept__scheme__notation="eurovoc").count() > 170_000
    assert labels.values("eurovoc", "fi")["10"].label == "kotimaankauppa"
    assert time.monotonic() - started < 60
