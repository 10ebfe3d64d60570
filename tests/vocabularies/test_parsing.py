"""Files that can't be read: each fault names the file, the line and the remedy."""

import pytest

from vocabularies import parsing, skos

PREFIX = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
XML = '<?xml version="1.0"{}?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'


@pytest.mark.parametrize(
    "name, text, fault",
    [
        ("a.ttl", PREFIX + '<urn:x> a skos:ConceptScheme ;\n  skos:prefLabel "open@en .\n', "a.ttl, line 3: newline found in string literal. Correct the line."),
        ("b.ttl", "<urn:x> a skos:ConceptScheme .\n", 'b.ttl, line 1: Prefix "skos:" not bound. Correct the line.'),
        ("c.rdf", XML.format("") + "<a>\n</rdf:RDF>", "c.rdf, line 4: mismatched tag. Correct the line."),
        ("d.jsonld", '{"@context": {\n "a": 1,}\n}', "d.jsonld, line 2: Expecting property name enclosed in double quotes. Correct the line."),
        ("e.jsonld", "3", "e.jsonld: JSON-LD is an object or a list. This is neither."),
        ("f.csv", "a,b", "f.csv: the ending .csv is not known. Use one of .json, .jsonld, .n3, .nt, .owl, .rdf, .ttl, .turtle, .xml."),
        ("g.nt", "<urn:a> <urn:b> .\n", "g.nt: Invalid line: . Check the file with an RDF validator."),
    ],
)  # fmt: skip
def test_a_broken_file_is_told_by_line(tmp_path, name, text, fault):
    (tmp_path / name).write_text(text, encoding="utf-8")

    with pytest.raises(skos.Faulty) as told:
        parsing.parse(tmp_path / name)

    assert told.value.faults == [fault]


def test_a_file_in_another_encoding_is_told_by_line(tmp_path):
    (tmp_path / "a.ttl").write_bytes(PREFIX.encode() + '<urn:x> skos:prefLabel "Pääsy"@fi .'.encode("latin-1"))

    with pytest.raises(skos.Faulty) as told:
        parsing.parse(tmp_path / "a.ttl")

    assert told.value.faults == ["a.ttl, line 2: not UTF-8. Save the file as UTF-8."]


def test_xml_may_say_its_own_encoding(tmp_path):
    text = XML.format(' encoding="iso-8859-1"') + (
        '<s:Concept xmlns:s="http://www.w3.org/2004/02/skos/core#" rdf:about="urn:a">'
        "<s:prefLabel>Pääsy</s:prefLabel></s:Concept></rdf:RDF>"
    )
    (tmp_path / "a.rdf").write_bytes(text.encode("latin-1"))

    assert "Pääsy" in {str(value) for value in parsing.parse(tmp_path / "a.rdf").objects()}


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(skos.Faulty, match=r"nothing.ttl: there is no such file\."):
        parsing.parse(tmp_path / "nothing.ttl")


def test_a_file_in_windows_fashion_is_read(tmp_path):
    (tmp_path / "a.ttl").write_bytes(
        b"\xef\xbb\xbf" + PREFIX.replace("\n", "\r\n").encode() + b"<urn:x> a skos:Concept ."
    )

    assert len(parsing.parse(tmp_path / "a.ttl")) == 1


@pytest.mark.parametrize(
    "context", ['"https://example.invalid/c.jsonld"', '[{}, "https://example.invalid/c.jsonld"]', '{"@import": "https://example.invalid/c.jsonld"}']
)  # fmt: skip
def test_no_context_is_fetched_from_outside(tmp_path, context):
    (tmp_path / "a.jsonld").write_text(f'{{"@graph": [{{"@context": {context}, "@id": "urn:x"}}]}}')

    with pytest.raises(skos.Faulty) as told:
        parsing.parse(tmp_path / "a.jsonld")

    assert told.value.faults == [
        "a.jsonld: its @context is the address https://example.invalid/c.jsonld, and nothing is fetched from outside. "
        "Write the context into the file."
    ]


def test_no_file_of_the_machine_gets_into_a_label(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    (tmp_path / "a.rdf").write_text(
        f'<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY y "inside">]>\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="http://www.w3.org/2004/02/skos/core#">'
        '<s:Concept rdf:about="urn:x"><s:prefLabel>&x;&y;</s:prefLabel></s:Concept></rdf:RDF>'
    )

    texts = " ".join(str(value) for value in parsing.parse(tmp_path / "a.rdf").objects())

    assert "inside" in texts
    assert "SECRET" not in texts
