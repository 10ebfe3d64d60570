"""What the search page shows, made of a Results: facets one can read as sentences, chips one can remove, pages one can turn."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language

from search import analysis, facets, sources, values
from search.contract import Bucket, Relaxation, Results, Suggestion
from search.facets import Facet
from search.query import MAX_PAGE, PAGE_SIZE, SORTS, Query
from vocabularies import labels

FIRST_OF_LONG = 10  # values of a long facet shown before "show all"


@dataclass(frozen=True)
class ValueView:
    value: str
    label: str
    language: str  # of the label
    count: int
    selected: bool
    url: str  # of the search with this value turned on or off
    roles: tuple["ValueView", ...] = ()

    @property
    def disabled(self) -> bool:
        return not self.count and not self.selected

    @property
    def open(self) -> bool:
        return self.selected or any(role.selected for role in self.roles)


@dataclass(frozen=True)
class FacetView:
    name: str
    title: str
    values: tuple[ValueView, ...]
    more: tuple[ValueView, ...]  # behind "show all"
    selected: int

    @property
    def is_empty(self) -> bool:
        return not self.values and not self.more


@dataclass(frozen=True)
class Chip:
    title: str
    label: str
    language: str
    url: str  # of the search without it
    count: int | None = None  # hits the search would have without it


@dataclass(frozen=True)
class KindView:
    kind: str
    label: str
    count: int
    url: str
    selected: bool


def address(query: Query, name: str = "search") -> str:
    return _address(name, query.to_params(), query)


def _address(name: str, pairs: list[tuple[str, str]], query: Query) -> str:
    """The reader's language is the page's, unless the question was asked in another."""
    if query.language != (get_language() or query.language):
        pairs = [*pairs, ("language", query.language)]
    return reverse(name) + (f"?{urlencode(pairs)}" if pairs else "")


def facet_views(results: Results) -> list[FacetView]:
    """Things of another kind may lack most facets: then only those that say something are shown."""
    views = [_facet(facet, results) for facet in facets.all_facets()]
    return [view for view in views if not view.is_empty and (not results.query.kind or any(results.facets[view.name]))]


def kinds(results: Results) -> list[KindView]:
    """How much the same question finds of each kind; empty where there is but one."""
    query = results.query
    counts = {bucket.value: bucket.count for bucket in results.facets[facets.KIND.name]}
    names = dict.fromkeys((*sources.all_sources(), *counts))
    rows = [
        KindView(name, sources.label(name), counts.get(name, 0), address(query.of_kind(name)), name in query.kinds)
        for name in names
    ]
    return rows if len(rows) > 1 else []


def kind_label(query: Query) -> str:
    """What is asked for, where it isn't the usual kind."""
    return " · ".join(sources.label(kind) for kind in query.kind)


def chips(query: Query) -> list[Chip]:
    return [_chip(query, name, value) for name, chosen in query.selected for value in chosen]


def named(query: Query) -> str:
    """Its kind where it isn't the usual one, its words, and what its filters are called."""
    parts = [kind_label(query), query.text, *(chip.label for chip in chips(query))]
    return " · ".join(part for part in parts if part)


def relaxations(results: Results) -> list[Chip]:
    """What to leave out; a chip without a title stands for all filters."""
    return [_relaxation(results.query, one) for one in results.relaxations]


def _relaxation(query: Query, one: Relaxation) -> Chip:
    if not one.facet:
        return Chip("", "", "", address(query.without_facets()), one.count)
    facet, language = facets.by_name(one.facet), get_language() or "en"
    label = ", ".join(values.label(facet, value, language) for value in one.values)
    spoken = values.label_language(facet, one.values[0], language)
    return Chip(values.title(facet, language), label, spoken, address(query.without_all(one.facet)), one.count)


def sorts(query: Query) -> list[tuple[str, str, bool]]:
    """(name, address, chosen)"""
    return [(name, address(query.sorted_by(name)), name == query.order) for name in SORTS]


@dataclass(frozen=True)
class Pages:
    number: int
    count: int
    previous: str
    following: str
    around: tuple[tuple[int, str], ...]  # 0 stands for a gap


def pages(results: Results) -> Pages:
    query, count = results.query, min(-(-results.total // PAGE_SIZE), MAX_PAGE)
    numbers = sorted({1, count, *range(max(1, query.page - 2), min(count, query.page + 2) + 1)} - {0})
    around: list[tuple[int, str]] = []
    for number in numbers:
        if around and number - around[-1][0] > 1:
            around.append((0, ""))
        around.append((number, address(query.on_page(number))))
    return Pages(
        number=query.page,
        count=count,
        previous=address(query.on_page(query.page - 1)) if query.page > 1 else "",
        following=address(query.on_page(query.page + 1)) if query.page < count else "",
        around=tuple(around),
    )


def languages_of(person, language: str) -> tuple[str, ...]:
    """Those a person reads, as her profile says; the language of the page for who has said nothing."""
    return tuple(sorted({language, *(getattr(person, "languages", None) or ())}))


def mine_address(query: Query, languages: tuple[str, ...]) -> str:
    """Of the search turned to these languages of texts, or back to all."""
    on = set(query.values("text")) == set(languages)
    return address(query.with_only("text", () if on else languages)) if facets.by_name("text") else ""


def feed_address(query: Query) -> str:
    return _address("search_feed", query.on_page(1).sorted_by("").to_params(), query)


def _chip(query: Query, name: str, value: str) -> Chip:
    facet, language = facets.by_name(name), get_language() or "en"
    return Chip(
        title=values.title(facet, language),
        label=values.label(facet, value, language),
        language=values.label_language(facet, value, language),
        url=address(query.without(name, value)),
    )


def _facet(facet: Facet, results: Results) -> FacetView:
    language = get_language() or "en"
    buckets = {bucket.value: bucket for bucket in results.facets[facet.name]}
    whole = {value: bucket for value, bucket in buckets.items() if ":" not in value or not facet.roles}
    if facet.is_short and facet.scheme:
        current = [value.notation for value in labels.values(facet.scheme, language).values() if not value.deprecated]
        order = [*current, *(value for value in whole if value not in current)]
    else:
        order = list(whole)
        if not facet.scheme:
            order.sort(reverse=True)
    rows = [_value(facet, value, buckets, results.query, language) for value in order]
    first = rows if facet.is_short else [row for at, row in enumerate(rows) if at < FIRST_OF_LONG or row.selected]
    more = [] if facet.is_short else [row for row in rows if row not in first]
    if facet.scheme:
        more.sort(key=lambda row: row.label)
    return FacetView(
        facet.name, values.title(facet, language), tuple(first), tuple(more), len(results.query.values(facet.name))
    )


def _value(facet: Facet, value: str, buckets: dict[str, Bucket], query: Query, language: str) -> ValueView:
    roles = ()
    if facet.roles and ":" not in value:
        named = labels.values(facet.roles, language)
        roles = tuple(
            _row(facet, f"{value}:{role}", named[role].label, named[role].language, buckets, query)
            for role in named
            if f"{value}:{role}" in buckets
        )
    label, label_language = values.label(facet, value, language), values.label_language(facet, value, language)
    return _row(facet, value, label, label_language, buckets, query, roles)


def _row(facet: Facet, value: str, label: str, language: str, buckets, query: Query, roles=()) -> ValueView:
    bucket = buckets.get(value) or Bucket(value, 0, False)
    return ValueView(
        value, label, language, bucket.count, bucket.selected, address(query.toggled(facet.name, value)), roles
    )


def concept_suggestions(prefix: str, language: str, limit: int = 4) -> list[Suggestion]:
    """Facet values whose label begins with, or holds a word that begins with, the letters so far."""
    asked = analysis.fold(analysis.normalise(prefix)).strip()
    if len(asked) < 2:
        return []
    found = []
    for facet in facets.all_facets():
        for value in labels.values(facet.scheme, language).values() if facet.scheme else ():
            label = analysis.fold(analysis.normalise(value.label))
            if not value.deprecated and (label.startswith(asked) or f" {asked}" in label):
                url = address(Query(language=language).with_only(facet.name, (value.notation,)))
                found.append(
                    (not label.startswith(asked), len(label), Suggestion(value.label, "concept", url, value.language))
                )
    return [suggestion for _inside, _length, suggestion in sorted(found, key=lambda row: row[:2])[:limit]]
