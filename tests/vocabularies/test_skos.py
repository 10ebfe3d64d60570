"""SKOS files read into schemes: three syntaxes, one meaning; every fault names its concept."""

import pytest
from rdflib import Graph

from tests.factories.vocabularies import PREFIXES, SUBJECTS, a_file, subjects
from vocabularies import skos

WHOLE = """<urn:example:subject> a skos:ConceptScheme ; skos:notation "subject" ; owl:versionInfo "2.1" ;
    dct:title "Subjects"@en, "Oppiaineet"@fi ; dct:description "What is taught."@en .
<urn:example:arts> a skos:Concept ; skos:inScheme <urn:example:subject> ; skos:notation "arts" ; schema:position 2 ;
    skos:prefLabel "Arts"@en ; skos:narrower <urn:example:music> .
<urn:example:music> a skos:Concept ; skos:inScheme <urn:example:subject> ; skos:notation "music" ; schema:position 1 ;
    skos:prefLabel "Music"@en, "Musiikki"@fi ; skos:altLabel "Singing"@en ; skos:hiddenLabel "Musik"@en ;
    skos:definition "Sound."@en ; skos:exactMatch <urn:elsewhere:music> .
<urn:example:choir> a skos:Concept ; skos:inScheme <urn:example:subject> ; skos:notation "choir" ;
    skos:prefLabel "Choir"@en ; owl:deprecated true ; dct:isReplacedBy <urn:example:music> .
"""

# As the Publications Office writes EuroVoc.
THESAURUS = """@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .
<http://eurovoc.europa.eu/100141> a skos:ConceptScheme ; skos:prefLabel "EuroVoc"@en .
<http://eurovoc.europa.eu/100220> a skos:ConceptScheme ; skos:inScheme <http://eurovoc.europa.eu/100141> ;
    skos:prefLabel "3211 teaching"@en ; skos:hasTopConcept <http://eurovoc.europa.eu/668> .
<http://eurovoc.europa.eu/668> a skos:Concept ; skos:topConceptOf <http://eurovoc.europa.eu/100220> ;
    skos:inScheme <http://eurovoc.europa.eu/100141>, <http://eurovoc.europa.eu/100220> ; skos:prefLabel "education"@en .
<http://eurovoc.europa.eu/100250> a skos:ConceptScheme ; skos:prefLabel "4811 organisation of transport"@en .
<http://eurovoc.europa.eu/99> a skos:Concept ; skos:inScheme <http://eurovoc.europa.eu/100141> ;
    skos:topConceptOf <http://eurovoc.europa.eu/100250> ; skos:prefLabel "bicycle"@en .
<http://eurovoc.europa.eu/777> a skos:Concept ; skos:broader <http://eurovoc.europa.eu/668> ;
    skos:inScheme <http://eurovoc.europa.eu/100141>, <http://eurovoc.europa.eu/100220> ;
    skos:prefLabel "teacher"@en, "opettaja"@fi ; skosxl:prefLabel <http://eurovoc.europa.eu/xl_en_1> ;
    skosxl:altLabel [ skosxl:literalForm "educator"@en ] ;
    skos:exactMatch <urn:elsewhere:teacher> ; skos:broadMatch <urn:elsewhere:person> ; skos:mappingRelation <urn:elsewhere:x> .
<http://eurovoc.europa.eu/xl_en_1> a skosxl:Label ; skos:inScheme <http://eurovoc.europa.eu/100141> ;
    skosxl:literalForm "teacher"@en .
<http://eurovoc.europa.eu/group> a skos:Collection ; skos:inScheme <http://eurovoc.europa.eu/100141> ;
    skos:member <http://eurovoc.europa.eu/777> .
"""


@pytest.fixture
def faults(tmp_path):
    def faults_of(body: str) -> list[str]:
        with pytest.raises(skos.Faulty) as told:
            skos.read(a_file(tmp_path, body))
        return told.value.faults

    return faults_of


@pytest.mark.parametrize("ending, syntax", [("ttl", "turtle"), ("rdf", "xml"), ("jsonld", "json-ld"), ("nt", "nt")])
def test_every_syntax_says_the_same(tmp_path, ending, syntax):
    Graph().parse(data=PREFIXES + WHOLE).serialize(tmp_path / f"subjects.{ending}", format=syntax, encoding="utf-8")

    (scheme,) = skos.read(tmp_path / f"subjects.{ending}")

    assert (scheme.uri, scheme.notation, scheme.version) == ("urn:example:subject", "subject", "2.1")
    assert (scheme.title, scheme.description) == ({"en": "Subjects", "fi": "Oppiaineet"}, {"en": "What is taught."})
    music, arts, choir = scheme.concepts
    assert (music.notation, music.position, music.broader) == ("music", 1, "urn:example:arts")
    assert music.labels == {
        ("en", "pref", "Music"),
        ("fi", "pref", "Musiikki"),
        ("en", "alt", "Singing"),
        ("en", "hidden", "Musik"),
        ("en", "def", "Sound."),
    }
    assert music.matches == {("exact", "urn:elsewhere:music")}
    assert (arts.position, arts.broader) == (2, "")
    assert (choir.position, choir.deprecated, choir.replaced_by) == (3, True, "urn:example:music")


def test_a_notation_that_is_not_given_is_the_end_of_the_address(tmp_path):
    (scheme,) = skos.read(
        a_file(tmp_path, '<https://example.org/s/> a skos:ConceptScheme . <https://example.org/s#a1> a skos:Concept ; '
               'skos:topConceptOf <https://example.org/s/> ; skos:prefLabel "A"@en .')
    )  # fmt: skip

    assert (scheme.notation, [concept.notation for concept in scheme.concepts]) == ("s", ["a1"])


def test_a_concept_without_a_scheme_belongs_to_the_only_one(tmp_path):
    path = a_file(tmp_path, SUBJECTS + '<urn:example:a> a skos:Concept ; skos:prefLabel "A"@en .')

    assert [concept.notation for concept in skos.read(path)[0].concepts] == ["a"]


def test_a_regional_label_stands_for_its_language(tmp_path):
    said = 'skos:prefLabel "Autocarro"@pt-PT, "Ônibus"@pt-BR, "Bus"@en, "Lorry park"@en-GB, "Buss"@nb'
    (scheme,) = skos.read(subjects(tmp_path, f"bus {said}"))

    assert scheme.concepts[0].labels == {
        ("pt", "pref", "Ônibus"),
        ("pt", "alt", "Autocarro"),
        ("en", "pref", "Bus"),
        ("en", "alt", "Lorry park"),
        ("nb", "pref", "Buss"),
    }


@pytest.mark.parametrize(
    "concepts, fault",
    [
        (["a skos:altLabel 'A'@en"], "urn:example:subject:a: no skos:prefLabel. Give it one in at least one language."),
        (["a skos:prefLabel 'A'@en, 'B'@en"], "urn:example:subject:a: several skos:prefLabel in en (A / B). Keep one, make the others skos:altLabel."),
        (["a skos:prefLabel 'A'@en ; skos:notation '1'", "b skos:prefLabel 'B'@en ; skos:notation '1'"],
         "urn:example:subject:b: its notation 1 is also that of urn:example:subject:a. Give one of them another skos:notation."),
        (["a skos:prefLabel 'A'@en ; skos:notation 'x/y'"],
         "urn:example:subject:a: its notation “x/y” can't stand in addresses. Give it a skos:notation of at most 100 characters without / and :."),
        (["a skos:prefLabel 'A'@en ; skos:broader <urn:example:subject:b>", "b skos:prefLabel 'B'@en ; skos:broader <urn:example:subject:a>"],
         "urn:example:subject:a: its broader concepts run in a circle through urn:example:subject:b. Remove one skos:broader."),
        (["a skos:prefLabel 'A'@en ; skos:broader <urn:example:subject:a>"],
         "urn:example:subject:a: its broader concepts run in a circle through urn:example:subject:a. Remove one skos:broader."),
        (["a skos:prefLabel 'A'@abcde-abcdefgh"], "urn:example:subject:a: the language tag abcde-abcdefgh is too long. Use one such as pt or pt-BR."),
        ([], "urn:example:subject: no concept in it. Add skos:inScheme to each of its concepts."),
    ],
)  # fmt: skip
def test_a_fault_names_the_concept_and_the_remedy(tmp_path, concepts, fault):
    with pytest.raises(skos.Faulty) as told:
        skos.read(subjects(tmp_path, *concepts))

    assert told.value.faults == [f"subjects.ttl: {fault}"]


def test_a_file_without_a_scheme_is_refused(faults):
    assert faults('<urn:a> a skos:Concept ; skos:prefLabel "A"@en .') == [
        "subjects.ttl: no skos:ConceptScheme in it. Add one, and skos:inScheme to each concept."
    ]


def test_a_concept_of_a_scheme_that_is_not_there_is_refused(faults):
    body = SUBJECTS + '<urn:a> a skos:Concept ; skos:inScheme <urn:typo> ; skos:prefLabel "A"@en .'
    body += '<urn:b> a skos:Concept ; skos:inScheme <urn:example:subject> ; skos:prefLabel "B"@en .'

    assert faults(body) == ["subjects.ttl: urn:a: its scheme urn:typo is not in this file. Add the skos:ConceptScheme."]


def test_with_several_schemes_each_concept_names_one(faults):
    other = '<urn:two> a skos:ConceptScheme . <urn:b> skos:inScheme <urn:two> ; skos:prefLabel "B"@en .'
    shared = '<urn:c> skos:inScheme <urn:two>, <urn:example:subject> ; skos:prefLabel "C"@en .'
    shared += '<urn:d> skos:inScheme <urn:example:subject> ; skos:prefLabel "D"@en .'

    assert faults(SUBJECTS + other + shared + '<urn:a> a skos:Concept ; skos:prefLabel "A"@en .') == [
        "subjects.ttl: urn:c: in several schemes (urn:example:subject, urn:two). Keep one skos:inScheme.",
        "subjects.ttl: urn:a: in no scheme. Add skos:inScheme.",
    ]


def test_a_thesaurus_that_repeats_its_parts_as_schemes_is_one_scheme(tmp_path):
    (scheme,) = skos.read(a_file(tmp_path, THESAURUS))

    assert (scheme.uri, scheme.notation, scheme.title) == (
        "http://eurovoc.europa.eu/100141",
        "100141",
        {"en": "EuroVoc"},
    )
    assert {concept.notation: concept.broader for concept in scheme.concepts} == {
        "668": "",
        "777": "http://eurovoc.europa.eu/668",
        "99": "",
    }
    teacher = scheme.concepts[1]
    assert teacher.labels == {("en", "pref", "teacher"), ("fi", "pref", "opettaja")}
    assert teacher.matches == {("exact", "urn:elsewhere:teacher"), ("broad", "urn:elsewhere:person")}


def test_of_a_thesaurus_and_its_parts_a_concept_in_no_scheme_is_told(faults):
    body = THESAURUS + '<urn:a> a skos:Concept ; skos:prefLabel "A"@en .'

    assert faults(body) == ["subjects.ttl: urn:a: in no scheme. Add skos:inScheme."]


def test_two_schemes_of_the_same_concepts_are_not_chosen_between(faults):
    body = SUBJECTS + "<urn:two> a skos:ConceptScheme . <urn:a> skos:inScheme <urn:two>, <urn:example:subject> ; "

    assert faults(f'{body} skos:prefLabel "A"@en .') == [
        "subjects.ttl: urn:a: in several schemes (urn:example:subject, urn:two). Keep one skos:inScheme."
    ]


def test_a_concept_without_an_address_is_refused(faults):
    (fault,) = faults(SUBJECTS + '[] a skos:Concept ; skos:notation "a" ; skos:prefLabel "A"@en .')

    assert fault.endswith("it has no address (URI), so it could not be found again. Give it one.")


def test_an_address_with_a_space_is_refused(faults):
    assert faults(SUBJECTS + '<urn:a b> a skos:Concept ; skos:notation "a" ; skos:prefLabel "A"@en .') == [
        "subjects.ttl: urn:a b: not an address (URI) of at most 500 characters without spaces. Correct it."
    ]


def test_a_scheme_whose_name_can_t_stand_in_addresses_is_refused(faults):
    body = (
        '<urn:s> a skos:ConceptScheme ; skos:notation "my subjects" . <urn:a> a skos:Concept ; skos:prefLabel "A"@en .'
    )

    assert faults(body) == [
        "subjects.ttl: urn:s: its notation “my subjects” can't stand in addresses. "
        "Give it a skos:notation of at most 50 letters, digits, - and _."
    ]
