"""Both engines beside plain Elasticsearch: the same entries in an index as its manual begins one, the same words, filters and five facets.

The server is the one the tests build (tests/elasticsearch/node.py). Without Java and Maven it says so and measures nothing.
"""

import signal
import sys
from collections.abc import Iterator
from functools import partial

from benchmarks import answers, preparing
from benchmarks.answers import EVERYBODY
from benchmarks.engine import FIVE, PLANTED, REPEAT, SELECTED, entries
from benchmarks.measuring import Times, machine, say, step, times

INDEX = "plain"
TEXTS = {name: {"type": "text"} for name in ("title", "summary", "body")}
MOST = 300  # values of a facet


def main(rows: int) -> int:
    preparing.portal()
    from django.conf import settings

    from search.engines import _engine, engine
    from tests.elasticsearch import node

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # the server goes with it
    try:
        cluster = node.start(1, heap="1g")
    except node.Unavailable as reason:
        say(f"Nothing is measured: {reason}")
        return 0
    try:
        from elasticsearch import Elasticsearch

        clustered = _engine(cluster.url, str(settings.DATA_DIR))
        for name, made in (("embedded", engine()), ("Elasticsearch through Praxis", clustered)):
            with step(f"{rows} entries, {name}"):
                made.replace(entries(rows), about=rows)
                made.refresh()
        with Elasticsearch(cluster.hosts, request_timeout=60) as client:
            with step(f"{rows} entries, plain Elasticsearch"):
                _fill(client, rows)
            _report(rows, clustered, client)
    finally:
        cluster.stop()
    return 0


def _fill(client, rows: int) -> None:
    from elasticsearch.helpers import streaming_bulk

    keywords = {name: {"type": "keyword"} for name in FIVE}
    client.indices.create(
        index=INDEX,
        mappings={"properties": TEXTS | keywords},
        settings={"number_of_shards": 1, "number_of_replicas": 0},
    )
    for _answer in streaming_bulk(client, _documents(rows), chunk_size=1_000):
        pass
    client.indices.refresh(index=INDEX)
    client.indices.forcemerge(index=INDEX, max_num_segments=1)


def _documents(rows: int) -> Iterator[dict]:
    for entry in entries(rows):
        (text,) = entry.texts
        values = {name: list(entry.facets[name]) for name in FIVE}
        words = {"title": text.title, "summary": text.summary, "body": text.body}
        yield {"_index": INDEX, "_id": entry.key, **words, **values}


def _plain(client, word: str, selected: dict[str, list[str]]) -> int:
    """20 hits, their number, and five facets, each counted without its own selection."""
    chosen = {name: {"terms": {name: values}} for name, values in selected.items()}
    facets = {
        name: {
            "filter": {"bool": {"filter": [one for other, one in chosen.items() if other != name]}},
            "aggs": {"values": {"terms": {"field": name, "size": MOST}}},
        }
        for name in FIVE
    }
    asked = {"multi_match": {"query": word, "fields": list(TEXTS), "operator": "and"}} if word else {"match_all": {}}
    answer = client.search(
        index=INDEX,
        query=asked,
        post_filter={"bool": {"filter": list(chosen.values())}},
        aggs=facets,
        size=20,
        track_total_hits=True,
        request_cache=False,
    )
    return answer["hits"]["total"]["value"]


def _report(rows: int, clustered, client) -> None:
    from search.engines import engine
    from search.query import Query

    say(f"{rows} entries, {machine()}; milliseconds over {REPEAT} repetitions")
    say(
        "plain: five facets over HTTP. Praxis on Elasticsearch and embedded: the whole answer, all facets; bare: five facets"
    )
    say()
    names = ("plain Elasticsearch", "Praxis on it", "embedded", "embedded, bare")
    say(f"{'words / selected':20}{'hits':>8}" + "".join(f"{name:>20}" for name in names) + "   plain to embedded, bare")
    for name, word in (("all", ""), *((word, word) for word in PLANTED)):
        for number, selected in SELECTED.items():
            query = Query.from_params({"q": [word], **selected})
            total = engine().find(query, EVERYBODY).total
            assert clustered.find(query, EVERYBODY).total == total
            taken: list[Times] = [
                times(lambda w=word, s=selected: _plain(client, w, s), REPEAT),
                times(partial(clustered.find, query, EVERYBODY), REPEAT, before=answers.unknown),
                times(partial(answers.whole, query), REPEAT, before=answers.unknown),
                times(partial(answers.bare, query, FIVE), REPEAT, before=answers.unknown),
            ]
            ratios = f"   {taken[0].p50 / taken[2].p50:6.1f} {taken[0].p50 / taken[3].p50:6.1f}"
            say(f"{name + ' / ' + str(number):20}{total:8}" + "".join(f"{one!s:>20}" for one in taken) + ratios)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
