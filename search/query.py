"""One question to the search, however it was asked: page, API, feed, alert, export and brief read the same grammar."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from portal.languages import CODES
from search import facets, sources

PAGE_SIZE = 20
NEAREST = 3  # shown where nothing meets the whole question
MAX_PAGE = 500  # 10,000 hits deep; beyond that filters help more than pages
MAX_TEXT = 500  # characters
MAX_VALUES = 50  # of one facet
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # no words, and no feed may hold them
Filters = tuple[tuple[str, tuple[str, ...]], ...]  # facet -> notations, any of which is wanted
SORTS = ("relevance", "newest", "evidence")


@dataclass(frozen=True)
class Fault:
    parameter: str
    message: str


class BadQuery(ValueError):
    """Parameters that can't be used; `faults` tells each and what to do."""

    def __init__(self, faults: list[Fault]):
        self.faults = faults
        super().__init__("; ".join(f"{fault.parameter}: {fault.message}" for fault in faults))


@dataclass(frozen=True)
class Query:
    text: str = ""
    language: str = "en"  # of the reader
    selected: Filters = ()  # in canonical order
    page: int = 1
    sort: str = ""  # empty: relevance with words, newest without
    kind: tuple[str, ...] = ()  # empty: the usual one

    @classmethod
    def from_params(cls, params, language: str = "en") -> "Query":
        """From a QueryDict (or any mapping of lists). Raises BadQuery naming each fault."""
        query, faults = cls.read(params, language)
        if faults:
            raise BadQuery(faults)
        return query

    @classmethod
    def read(cls, params, language: str = "en") -> tuple["Query", list[Fault]]:
        """The question without what can't be used, and each fault."""
        faults: list[Fault] = []
        known = parameters()
        faults += [
            Fault(name, _("There is no such parameter. Use %(names)s.") % {"names": ", ".join(sorted(known))})
            for name in _keys(params)
            if name not in known
        ]
        query = cls(
            text=_text(params, faults),
            language=_one_of(params, "language", CODES, language, faults),
            selected=_selected(params, faults),
            page=_page(params, faults),
            sort=_one_of(params, "sort", SORTS, "", faults),
            kind=_kind(params, faults),
        )
        return query, faults

    @property
    def offset(self) -> int:
        """Hits before its page, within what engines can be asked for."""
        return (min(max(self.page, 1), MAX_PAGE) - 1) * PAGE_SIZE

    @property
    def order(self) -> str:
        """Without words nothing is more relevant than anything else."""
        return "newest" if self.sort in ("", "relevance") and not self.text else self.sort or "relevance"

    @property
    def facets(self) -> dict[str, tuple[str, ...]]:
        return dict(self.selected)

    @property
    def kinds(self) -> tuple[str, ...]:
        return self.kind or (sources.USUAL,)

    @property
    def filters(self) -> Filters:
        """All a hit must meet beside the words: what is selected, and the kind."""
        return (*self.selected, (facets.KIND.name, self.kinds))

    def values(self, name: str) -> tuple[str, ...]:
        return self.kind if name == facets.KIND.name else self.facets.get(name, ())

    def with_only(self, name: str, values: tuple[str, ...]) -> "Query":
        """The same question with these values of one facet, from its first page."""
        chosen = {**self.facets, name: values}
        return replace(self, selected=_canonical(chosen), page=1)

    def toggled(self, name: str, value: str) -> "Query":
        have = self.values(name)
        rest = tuple(other for other in have if other != value)
        return self.with_only(name, rest if value in have else (*have, value))

    def without(self, name: str, value: str) -> "Query":
        return self.with_only(name, tuple(other for other in self.values(name) if other != value))

    def without_all(self, name: str) -> "Query":
        return self.with_only(name, ())

    def without_facets(self) -> "Query":
        return replace(self, selected=(), page=1)

    def looser(self) -> dict[str, "Query"]:
        """The same without one of its filters, by the filter's name; "" stands for all of them, where there are several."""
        less = {name: self.without_all(name) for name, _values in self.selected}
        return less | ({"": self.without_facets()} if len(less) > 1 else {})

    def of_kind(self, *kinds: str) -> "Query":
        return replace(self, kind=_canonical_kind(kinds), page=1)

    def on_page(self, page: int) -> "Query":
        return replace(self, page=page)

    def sorted_by(self, sort: str) -> "Query":
        return replace(self, sort=sort, page=1)

    def to_params(self) -> list[tuple[str, str]]:
        """In canonical order: the same question has one address. The reader's language is the page's, not the question's."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(facets.KIND.name, kind) for kind in self.kind]
        pairs += [(name, value) for name, values in self.selected for value in values]
        pairs += [("sort", self.sort)] if self.sort else []
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return pairs

    def to_querystring(self) -> str:
        return urlencode(self.to_params())

    def is_empty(self) -> bool:
        return not (self.text or self.selected or self.kind)


def parameters() -> set[str]:
    """All a question may have."""
    return {"q", "language", "page", "sort", facets.KIND.name, *facets.names()}


def is_whole(query: Query, faults: Iterable[Fault]) -> bool:
    """One value of several may have gone; a filter without any of its values would let everything through."""
    filters = {facets.KIND.name, *facets.names()}
    return all(query.values(fault.parameter) for fault in faults if fault.parameter in filters)


def _keys(params) -> list[str]:
    return list(params.keys())


def _list(params, name: str) -> list[str]:
    values = params.getlist(name) if hasattr(params, "getlist") else params.get(name, [])
    return [values] if isinstance(values, str) else list(values)


def _text(params, faults: list[Fault]) -> str:
    text = " ".join(CONTROL.sub(" ", " ".join(_list(params, "q"))).split())
    if len(text) > MAX_TEXT:
        faults.append(Fault("q", _("Too long. Use at most %(limit)s characters.") % {"limit": MAX_TEXT}))
    return text[:MAX_TEXT]


def _one_of(params, name: str, allowed, default: str, faults: list[Fault]) -> str:
    value = next(iter(_list(params, name)), "")
    if not value:
        return default
    if value not in allowed:
        faults.append(Fault(name, _("Not known: %(value)s. Use one of %(names)s.") % _said(value, allowed)))
        return default
    return value


def _page(params, faults: list[Fault]) -> int:
    value = (next(iter(_list(params, "page")), "1") or "1").lstrip("0") or "0"
    is_number = value.isascii() and value.isdigit() and len(value) <= len(str(MAX_PAGE))
    if not is_number or not 1 <= int(value) <= MAX_PAGE:
        faults.append(
            Fault("page", _("Use a whole number from 1 to %(limit)s. Filters lead further.") % {"limit": MAX_PAGE})
        )
        return 1
    return int(value)


def _selected(params, faults: list[Fault]) -> tuple:
    from search.values import allowed

    chosen: dict[str, tuple[str, ...]] = {}
    for facet in facets.all_facets():
        values = [value for value in dict.fromkeys(_list(params, facet.name)) if value]
        good = [value for value in values if allowed(facet, value)]
        bad = [value for value in values if value not in good]
        if bad:
            message = _("Not known: %(value)s. The answer's facets list the values there are.")
            faults.append(Fault(facet.name, message % {"value": ", ".join(bad)[:100]}))
        if len(good) > MAX_VALUES:
            faults.append(Fault(facet.name, _("Too many. Use at most %(limit)s values.") % {"limit": MAX_VALUES}))
        chosen[facet.name] = tuple(good[:MAX_VALUES])
    return _canonical(chosen)


def _kind(params, faults: list[Fault]) -> tuple[str, ...]:
    values = [value for value in dict.fromkeys(_list(params, facets.KIND.name)) if value]
    known = sources.all_sources() if values else {}
    faults += [
        Fault(facets.KIND.name, _("Not known: %(value)s. Use one of %(names)s.") % _said(value, known))
        for value in values
        if value not in known
    ]
    return _canonical_kind(value for value in values if value in known)


def _canonical_kind(kinds) -> tuple[str, ...]:
    chosen = tuple(sorted(set(kinds)))
    return () if chosen == (sources.USUAL,) else chosen


def _canonical(chosen: dict[str, tuple[str, ...]]) -> tuple:
    return tuple((name, tuple(sorted(chosen[name]))) for name in facets.names() if chosen.get(name))


def _said(value: str, allowed) -> dict[str, str]:
    return {"value": value[:60], "names": ", ".join(allowed)}
