"""What a concept's page says of it, in the reader's language."""

from dataclasses import dataclass, field

from django.utils.translation import get_language

from vocabularies.models import Concept, ConceptLabel, ConceptMatch

Kind = ConceptLabel.Kind


@dataclass
class Words:
    definition: str = ""
    definition_language: str = ""
    synonyms: list[str] = field(default_factory=list)
    names: list[tuple[str, str]] = field(default_factory=list)  # (language, label) in the other languages
    exact: list[str] = field(default_factory=list)  # addresses of the same concept elsewhere


def words_of(concept: Concept) -> Words:
    """Two queries, however many labels and matches."""
    language = get_language() or "en"
    words = Words()
    definitions = {}
    for label in concept.labels.exclude(kind=Kind.HIDDEN):
        if label.kind == Kind.DEFINITION:
            definitions[label.language] = label.text
        elif label.kind == Kind.PREFERRED and label.language != language:
            words.names.append((label.language, label.text))
        elif label.kind == Kind.ALTERNATIVE and label.language == language:
            words.synonyms.append(label.text)
    for code in (language, "en"):
        if code in definitions and not words.definition:
            words.definition, words.definition_language = definitions[code], code
    words.exact = [match.uri for match in concept.matches.filter(kind=ConceptMatch.Kind.EXACT)]
    return words
