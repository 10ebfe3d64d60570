"""SKOS files for tests: small ones by hand, big ones from the real lists."""

import gzip
import json
from pathlib import Path

import polib

from portal.languages import CODES

PREFIXES = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix schema: <http://schema.org/> .

"""
SUBJECTS = """<urn:example:subject> a skos:ConceptScheme ; skos:notation "subject" ; owl:versionInfo "1" ;
    dct:title "Subjects"@en, "Oppiaineet"@fi .
"""


def a_file(folder: Path, body: str, name: str = "subjects.ttl") -> Path:
    path = folder / name
    path.write_text(PREFIXES + body, encoding="utf-8")
    return path


def subjects(folder: Path, *concepts: str, version: str = "1") -> Path:
    """A scheme of concepts: subjects(tmp_path, 'music skos:prefLabel "Music"@en')."""
    rows = [_concept(*concept.split(" ", 1)) for concept in concepts]
    return a_file(folder, SUBJECTS.replace('"1"', f'"{version}"') + "\n".join(rows))


def _concept(name: str, said: str) -> str:
    return f"<urn:example:subject:{name}> a skos:Concept ; skos:inScheme <urn:example:subject> ; {said} ."


def eurovoc(lists: Path, target: Path) -> int:
    """EuroVoc in 24 languages from its lists of labels; the number of its concepts."""
    labels = {
        code: json.loads(gzip.decompress((lists / f"label_mappings_tc/{code}.json.gz").read_bytes())) for code in CODES
    }
    with target.open("w", encoding="utf-8") as file:
        file.write(PREFIXES)
        file.write('<urn:example:eurovoc> a skos:ConceptScheme ; skos:notation "eurovoc" ; dct:title "EuroVoc"@en .\n')
        for number in labels["en"]:
            texts = ", ".join(
                f"{json.dumps(labels[code][number], ensure_ascii=False)}@{code}"
                for code in CODES
                if labels[code].get(number)
            )
            file.write(
                f"<urn:example:eurovoc:{number}> a skos:Concept ; skos:inScheme <urn:example:eurovoc> ; skos:prefLabel {texts} .\n"
            )
    return len(labels["en"])


def isced_f(lists: Path, path: Path) -> Path:
    """ISCED-F 2013 in 24 languages from its codes and the translations of their names."""
    codes = json.loads((lists / "isced_f_2013_codes.json").read_text(encoding="utf-8"))
    names = {"en": {row["label"]: row["label"] for row in codes}}
    for code in CODES:
        if code != "en":
            names[code] = {entry.msgid: entry.msgstr for entry in polib.pofile(str(lists / f"isced_f_po/{code}.po"))}
    lines = [PREFIXES, '<urn:example:isced-f> a skos:ConceptScheme ; skos:notation "isced-f" .']
    for row in codes:
        said = ", ".join(
            f"{json.dumps(texts[row['label']], ensure_ascii=False)}@{code}" for code, texts in names.items()
        )
        above = f"skos:broader <urn:example:isced-f:{row['code'][:-1]}> ;" if len(row["code"]) > 2 else ""
        lines.append(
            f"<urn:example:isced-f:{row['code']}> a skos:Concept ; skos:inScheme <urn:example:isced-f> ; {above} skos:prefLabel {said} ."
        )
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
