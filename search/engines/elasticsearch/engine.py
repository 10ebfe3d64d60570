"""The Elasticsearch engine: reading through one alias, writing to every index that is or will be read."""

import contextlib
import logging
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product, starmap
from pathlib import Path

from elasticsearch import ApiError, TransportError, helpers
from elasticsearch_dsl import A, Search

from search import asking, facets, hits, spelling, vectors, wording
from search.contract import (
    Audience,
    Bucket,
    Busy,
    Entry,
    Refused,
    Relaxation,
    Results,
    Suggestion,
    Unavailable,
    relaxations,
)
from search.documents import column
from search.engines.elasticsearch import documents, writing
from search.engines.elasticsearch.connection import Address, Cluster, answered, authority, brief, client, prompt
from search.engines.elasticsearch.indices import Indices
from search.engines.elasticsearch.questions import build
from search.engines.elasticsearch.silence import Silence
from search.query import NEAREST, PAGE_SIZE, Query
from search.turns import FOREVER, turn

log = logging.getLogger(__name__)
MANY = 10_000  # values of one facet that are counted: EuroVoc has 7,380
KEYS = 500  # in one question
NEARNESS = 4.0  # what the nearest text is worth beside the scores of words
ALL = "*"  # filters
WHOLE = {"allow_partial_search_results": False}


class ElasticsearchEngine:
    def __init__(self, url: str, data_dir: str):
        self.address = Address.parse(url)
        authority(self.address)
        self._lock = Path(data_dir) / "elasticsearch.lock"  # of who builds an index
        self._client: Cluster | None = None
        self._silence = Silence()

    @property
    def client(self) -> Cluster:
        """The patient one. Made on first use, so after a fork."""
        if self._client is None:
            self._client = client(self.address)
        return self._client

    @property
    def indices(self) -> Indices:
        return self._indices(self.client)

    def _indices(self, client: Cluster) -> Indices:
        return Indices(client, self.address.prefix, documents.schema_digest())

    @property
    def _prompt(self) -> Cluster:
        """For what somebody waits for."""
        return prompt(self.client, self.address)

    @contextlib.contextmanager
    def _soon(self) -> Iterator[None]:
        """An answer soon, or Unavailable."""
        with answered(), self._silence.minded():
            yield

    # --- writing -----------------------------------------------------------------------------------

    def put(self, entries: list[Entry], read_at: int = 0) -> None:
        version = read_at or now()
        with answered():
            bodies, refused = writing.made(entries)
            for alias in self._written():
                refused |= writing.send(self.client, writing.indexed(alias, bodies, version))
        if refused:
            raise Refused(refused)

    def drop(self, keys: list[str], read_at: int = 0) -> None:
        version = read_at or now()
        with answered():
            for alias in self._written():
                writing.send(self.client, writing.deleted(alias, keys, version))

    def _written(self) -> list[str]:
        with self._soon():
            return self._indices(self._prompt).written()

    def replace(self, entries: Iterable[Entry], read_at: int = 0, about: int = 0) -> int:
        """Fill a new index, then turn the alias: the old one serves until then, and for good if this is interrupted.

        What changes meanwhile is written to both; the version, the time it was read, keeps the later state.
        """
        version, count = read_at or now(), 0
        with turn(self._lock, FOREVER), answered():
            self.indices.sweep()
            alias = self.indices.begin()
            try:
                for batch in writing.batches(entries):
                    count += self._fill(alias, batch, version)
                self.indices.finish(alias)
            except BaseException:
                self.indices.give_up(alias)
                raise
        return count

    def _fill(self, alias: str, batch: list[Entry], version: int) -> int:
        bodies, refused = writing.made(batch)
        refused |= writing.send(self.client, writing.indexed(alias, bodies, version))
        for key, why in refused.items():
            log.error("%s is left out of the index: %s", key, why)
        return len(batch) - len(refused)

    def refresh(self) -> None:
        with answered():
            self.client.indices.refresh(index=self.indices.read, ignore_unavailable=True)

    # --- reading -----------------------------------------------------------------------------------

    def ready(self) -> bool:
        """Whether it answers at all, asked even while it is taken for silent."""
        with contextlib.suppress(ApiError, TransportError, Unavailable):
            brief(self.client).search(index=self.indices.read, size=0, **WHOLE, track_total_hits=False)
            self._silence.end()
            return True
        return False

    def doubts(self) -> list[str]:
        with contextlib.suppress(Unavailable), self._soon():  # away is not damaged
            return self._faults(self._indices(self._prompt))
        return []

    def faults(self) -> list[str]:
        with answered():
            return self._faults(self.indices)

    def _faults(self, indices: Indices) -> list[str]:
        with contextlib.suppress(Busy), turn(self._lock, patience=0):
            indices.sweep()
            return indices.faults()
        return []  # while it is built it is not complete

    def find(self, query: Query, audience: Audience) -> Results:
        started = time.perf_counter()
        words = wording.read(query.text, query.language)
        with self._soon():
            asked = asking.asked(words, audience, self._known(audience))
            answer = self._page(asked.node, query, self._near(words, query, audience))
            total = answer.hits.total.value
            shown = _read(answer)
            nearest = [] if total or words.is_empty else self._nearest(words, query, audience)
            return Results(
                query=query,
                hits=hits.page(shown, query, words),
                total=total,
                facets=_facets(answer, query),
                relaxations=() if total else self._relaxations(asked.node, query),
                nearest=hits.page(nearest, query, words),
                instead=spelling.instead(
                    query.text, asked.unknown, query.language, hits.texts(shown or nearest, query)
                ),
                took_ms=(time.perf_counter() - started) * 1000,
            )

    def _search(self, node: asking.Node) -> Search:
        return Search(using=self._prompt, index=self.indices.read).query(build(node)).params(**WHOLE)

    def _near(self, words: wording.Wording, query: Query, audience: Audience) -> dict | None:
        """What is near in meaning joins what holds the words, where the question is words and nothing more exact."""
        if not words.units or words.required or words.excluded:
            return None
        vector = vectors.of_question(query.text, query.language)
        if vector is None:
            return None
        model = vectors.model()
        return {
            "field": documents.VECTOR,
            "query_vector": vector,
            "k": model.nearest,
            "num_candidates": max(100, 4 * model.nearest),
            "similarity": model.least,
            "filter": build(asking.seen_by(audience)),
            "boost": NEARNESS,
        }

    def _page(self, asked: asking.Bool, query: Query, near: dict | None):
        """Hits under all filters; counts of each facet under the filters of the others."""
        search = self._search(asked)[query.offset : query.offset + PAGE_SIZE].source(["payload"])
        search = search.extra(track_total_hits=True).sort(*_order(query))
        if near:
            search = search.knn(**near)
        search = search.post_filter(build(asking.Bool(must=asking.chosen(query.filters))))
        free = search.aggs.bucket("free", "filter", build(asking.Bool(must=asking.chosen(query.filters))))
        for name in (facet.name for facet in facets.kept()):
            terms = A("terms", field=column(name), size=MANY, shard_size=MANY)
            if name in dict(query.filters):
                others = build(asking.Bool(must=asking.chosen(query.filters, name)))
                search.aggs.bucket(f"but_{name}", "filter", others).bucket(name, terms)
            else:
                free.bucket(name, terms)
        return search.execute()

    def _known(self, audience: Audience) -> asking.Known:
        return _Known(self._search(asking.seen_by(audience))[:0].extra(track_total_hits=False))

    def _nearest(self, words: wording.Wording, query: Query, audience: Audience) -> list[tuple[Entry, float]]:
        near = asking.filtered(asking.loosely(words, audience, self._known(audience)), query.without_facets().filters)
        return _read(self._search(near)[:NEAREST].source(["payload"]).sort("_score", "-newest").execute())

    def _relaxations(self, asked: asking.Bool, query: Query) -> tuple[Relaxation, ...]:
        looser = query.looser()
        if not looser:
            return ()
        search = self._search(asked)[:0].extra(track_total_hits=False)
        for name, less in looser.items():
            fewer = asking.chosen(less.filters)
            search.aggs.bucket(name or ALL, "filter", build(asking.Bool(must=fewer)))
        answer = search.execute()
        return relaxations(query, {name: answer.aggregations[name or ALL].doc_count for name in looser})

    def matching(self, query: Query, audience: Audience, keys: list[str]) -> list[str]:
        words = wording.read(query.text, query.language)
        held: set[str] = set()
        with self._soon():
            asked, near = asking.asked(words, audience, self._known(audience)).node, self._near(words, query, audience)
            for at in range(0, len(keys), KEYS):
                held |= self._held(asked, near, query, asking.any_of("key", keys[at : at + KEYS]))
        return [key for key in keys if key in held]

    def _held(self, asked: asking.Node, near: dict | None, query: Query, keys: asking.Node) -> set[str]:
        """Which of these keys the page would show, by words or by what is near."""
        search = self._search(asking.filtered(asking.Bool(must=(asked, keys)), query.filters))
        if near:  # of all there is, as on the page: among these keys alone others would be the nearest
            chosen = build(asking.Bool(must=(keys, *asking.chosen(query.filters))))
            search = search.knn(**near).post_filter(chosen)
        return {hit["key"] for hit in search.extra(track_total_hits=False)[:KEYS].source(["key"]).execute()}

    def suggest(self, prefix: str, language: str, audience: Audience, limit: int) -> list[Suggestion]:
        words = wording.read(prefix, language)
        if words.is_empty or not hits.is_telling(prefix):
            return []
        with self._soon():
            asked = asking.asked(words, audience, self._known(audience))
            answer = self._search(asked.node)[: limit * 3].source(["payload"]).sort("_score", "-newest").execute()
            return hits.titles([documents.entry_of(hit["payload"]) for hit in answer], language)[:limit]

    def digests(self) -> dict[str, str]:
        """{key: digest} of everything held, to compare with the database."""
        with answered():
            found = helpers.scan(
                self.client,
                index=self.indices.read,
                query={"_source": ["key", "digest"]},
                size=5000,
                preserve_order=False,
            )
            return {hit["_source"]["key"]: hit["_source"]["digest"] for hit in found}


class _Known:
    """Which words the index holds for an audience: one request for all words of a question."""

    def __init__(self, search: Search):
        self.most = defaultdict(lambda: MANY)  # not asked for
        self._visible = search

    def visible(self, groups: list[tuple[str, ...]]) -> list[bool]:
        for number, keys in enumerate(groups):
            terms = tuple(starmap(asking.Term, self.places(keys)))
            self._visible.aggs.bucket(str(number), "filter", build(asking.Bool(should=terms, least=1)))
        answer = self._visible.execute()
        return [answer.aggregations[str(number)].doc_count > 0 for number in range(len(groups))]

    def places(self, keys: tuple[str, ...]) -> Iterable[tuple[str, str]]:
        return product(asking.BOOST, keys)


def now() -> int:
    """The version of what comes without the moment it was read at, as of search/clock.py."""
    return time.time_ns() // 1000


def _order(query: Query) -> tuple[str, ...]:
    return {"newest": ("-newest",), "evidence": ("-evidence",)}.get(query.order, ("_score", "-newest"))


def _read(answer) -> list[tuple[Entry, float]]:
    return [(documents.entry_of(hit["payload"]), hit.meta.score or 0.0) for hit in answer]


def _facets(answer, query: Query) -> dict[str, tuple[Bucket, ...]]:
    found, selected = {}, dict(query.filters)
    for name in (facet.name for facet in facets.kept()):
        part = answer.aggregations[f"but_{name}" if name in selected else "free"]
        counts = {bucket.key: bucket.doc_count for bucket in part[name].buckets}
        found[name] = facets.buckets(counts, selected.get(name, ()))
    return found
