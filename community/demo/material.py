"""What the content names, found in the database: people, concepts, case studies; and links to them in a text."""

import json
import re
from collections.abc import Iterable
from pathlib import Path

from community.models import Thread
from people.models import User
from portal import own_address
from practices.demo import people
from practices.models import CaseStudy
from vocabularies.models import Concept

CONTENT = Path(__file__).parent / "content"
NAMED = re.compile(r"\{(study|member|post):([\w-]+)\}")


class Missing(LookupError):
    """The content speaks of a case study that isn't there."""


def content(name: str) -> list[dict]:
    """One list from a file, or one row from each file of a folder."""
    place = CONTENT / name
    paths = sorted(place.glob("*.json")) if place.is_dir() else [place.with_suffix(".json")]
    rows = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    return rows if place.is_dir() else rows[0]


def members():
    return User.objects.filter(email__endswith=f"@{people.DOMAIN}")


class Material:
    """Everything asked for once. Members are known by their language, or by their sign-in."""

    def __init__(self):
        wanted = people.AUTHORS.keys() - {"pt"}
        known = {person.email.partition("@")[0]: person for person in members()}
        self.people = known | {"pt": known["educator"]} if wanted <= known.keys() else people.make()
        rows = Concept.objects.select_related("scheme")
        self._concepts = {f"{concept.scheme.notation}/{concept.notation}": concept for concept in rows}
        pages = CaseStudy.objects.published().filter(source_key__startswith="demo:").select_related("locale")
        self._studies = {page.source_key.removeprefix("demo:"): page for page in pages if page.is_original}

    def several(self, keys: Iterable[str]) -> list[User]:
        return [self.people[key] for key in keys]

    def concepts(self, paths: Iterable[str]) -> tuple[Concept, ...]:
        return tuple(self._concepts[path] for path in paths)

    def country(self, code: str) -> Concept | None:
        return self._concepts.get(f"country/{code}")

    def study(self, key: str) -> CaseStudy:
        try:
            return self._studies[key]
        except KeyError as error:
            raise Missing(key) from error

    def studies(self, keys: Iterable[str]) -> list[CaseStudy]:
        """Those that are there."""
        return [self._studies[key] for key in keys if key in self._studies]

    def needs(self, data: dict) -> None:
        """Raises Missing before anything is written."""
        texts = [data["text"], *(post["text"] for post in data.get("posts", ()))]
        keys = [key for text in texts for kind, key in NAMED.findall(text) if kind == "study"]
        for key in [*keys, *([data["case_study"]] if data.get("case_study") else [])]:
            self.study(key)

    def text(self, source: str, thread: Thread | None = None) -> str:
        """With {study:pt-1}, {member:fi} and {post:3} as the buttons of the page write them."""
        return NAMED.sub(lambda found: self._named(found[1], found[2], thread), source)

    def _named(self, kind: str, key: str, thread: Thread | None) -> str:
        match kind:
            case "study":
                return f"<{own_address.absolute(self.study(key).url)}>"
            case "member":
                return f"@[{self.people[key].name}]({self.people[key].pk})"
            case _:
                return f"[@{thread.pk}:{key}]"
