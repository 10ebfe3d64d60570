"""Texts about concepts for the benchmark: what an author declared about a case study, and real aligned texts that mention one.

Whether a text mentions a concept is told by its English side alone: in the other languages its translator chose the words.
"""

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from benchmarks.aligned_texts import FOLDER
from benchmarks.case_studies import SENTENCE
from portal.languages import CODES
from search.stopwords import STOPWORDS

SCHEMES = {"topics": "topic", "factors": "factor", "levels": "level", "sectors": "sector", "aims": "aim", "target_groups": "target"}  # fmt: skip
MENTIONING = ("eval_core.dev", "eurovoc_domain32_labels", "isced_f_2013_labels", "moodle_app_strings")
DECLARED, MENTIONED = 2, 1
STARTED = datetime(2024, 1, 1, tzinfo=UTC)
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Thing:
    """One thing that may be told in any of some languages."""

    number: int
    texts: dict[str, tuple[str, str, str]]  # title, summary, body
    grades: dict[str, int]  # scheme/notation -> how much it is about it

    @property
    def declared(self) -> dict[str, tuple[str, ...]]:
        found = defaultdict(list)
        for concept, grade in self.grades.items():
            if grade == DECLARED:
                scheme, _slash, notation = concept.partition("/")
                found[scheme].append(notation)
        return {scheme: tuple(sorted(notations)) for scheme, notations in found.items()}

    def key(self, language: str) -> str:
        return f"practice:{self.number}-{language}"

    def entry(self, language: str):
        from search.contract import PUBLIC, Entry, Text

        title, summary, body = self.texts[language]
        then = STARTED + timedelta(minutes=random.Random(f"{self.number} {language}").randrange(1_000_000))
        text = Text(language, title, summary, body, f"/{language}/{self.number}/")
        facets = {**self.declared, "text": (language,)}
        return Entry(self.key(language), "practice", language, (text,), facets, frozenset({PUBLIC}), then, then)


def things() -> list[Thing]:
    found = [*_case_studies(), *_mentions()]
    return [Thing(number, texts, grades) for number, (texts, grades) in enumerate(found)]


def labels_of(concept: str, language: str) -> str:
    from vocabularies import labels

    scheme, _slash, notation = concept.partition("/")
    return labels.values(scheme, language)[notation].label.partition("(")[0].strip()


def sentence_of(concept: str, language: str) -> str:
    """Its label as people ask for it: among words that carry no meaning of their own."""
    small = random.Random(f"{concept} {language}").sample(sorted(STOPWORDS[language]), 3)
    return f"{small[0]} {labels_of(concept, language)} {small[1]} {small[2]}"


def _case_studies() -> Iterator[tuple[dict, dict]]:
    """The concepts of every case study of the demonstration; its text in each language, of that language's sentences."""
    from practices.demo import loader

    for number, told in enumerate(loader.contents()):
        grades = {f"{scheme}/{value}": DECLARED for name, scheme in SCHEMES.items() for value in _values(told, name)}
        yield {language: _dealt(language, number) for language in CODES}, grades


def _values(told: dict, name: str) -> Iterable[str]:
    return {row["factor"] for row in told[name]} if name == "factors" else told.get(name) or ()


def _mentions() -> Iterator[tuple[dict, dict]]:
    """Half of them as titles, half in the text of another title."""
    named = _english_labels()
    for number, texts in enumerate(_aligned()):
        words = _words(texts["en"])
        mentioned = {concept for label, concept in named if _holds(words, label)}
        if mentioned:
            told = {code: _placed(text, code, number) for code, text in texts.items()}
            yield told, dict.fromkeys(sorted(mentioned), MENTIONED)


def _placed(text: str, language: str, number: int) -> tuple[str, str, str]:
    title, summary, body = _dealt(language, number)
    return (text, summary, body) if number % 2 else (title, summary, f"{text}. {body}")


def _aligned() -> Iterator[dict[str, str]]:
    seen = set()
    for name in MENTIONING:
        for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            texts = {code: text for code, text in json.loads(line)["text"].items() if code in CODES and text}
            if "en" in texts and len(texts) > 12 and texts["en"].casefold() not in seen:
                seen.add(texts["en"].casefold())
                yield texts


def _english_labels() -> list[tuple[tuple[str, ...], str]]:
    from vocabularies.models import ConceptLabel

    rows = ConceptLabel.objects.filter(
        language="en", kind__in=("pref", "alt"), concept__scheme__notation__in=SCHEMES.values()
    ).values_list("concept__scheme__notation", "concept__notation", "text")
    return [(_words(text.partition("(")[0]), f"{scheme}/{notation}") for scheme, notation, text in rows]


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.removesuffix("s") for word in WORD.findall(text.casefold()))


def _holds(words: tuple[str, ...], label: tuple[str, ...]) -> bool:
    return bool(label) and any(words[at : at + len(label)] == label for at in range(len(words) - len(label) + 1))


def _dealt(language: str, number: int) -> tuple[str, str, str]:
    titles, sentences = _demonstration()[language]
    chance = random.Random(f"{language} {number}")
    return chance.choice(titles), chance.choice(sentences), " ".join(chance.choices(sentences, k=6))


@cache
def _demonstration() -> dict[str, tuple[list[str], list[str]]]:
    from practices.demo import loader
    from practices.models.case_study import TEXTS

    titles, sentences = defaultdict(list), defaultdict(list)
    for told in loader.contents():
        for language, texts in {told["language"]: told, **told.get("translations", {})}.items():
            titles[language].append(texts["title"])
            for name in TEXTS:
                sentences[language] += SENTENCE.split(texts.get(name) or "")
    return {language: (titles[language], [one for one in sentences[language] if one]) for language in titles}
