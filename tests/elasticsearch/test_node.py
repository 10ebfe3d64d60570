"""The server that the tests start is a real one: what search relies on, asked of it directly."""

import pytest
from elasticsearch import BadRequestError, NotFoundError, helpers

MAPPINGS = {
    "dynamic": "strict",
    "properties": {
        "words": {"type": "text", "analyzer": "whitespace", "norms": False},
        "title": {"type": "text", "analyzer": "keyword"},
        "topic": {"type": "keyword"},
        "sector": {"type": "keyword"},
        "order": {"type": "long"},
        "vector": {"type": "dense_vector", "dims": 3, "index": True, "similarity": "cosine"},
        "json": {"type": "keyword", "index": False, "doc_values": False},
    },
}
NEWEST = 2**62  # neighbours at this size are one number to whoever reads them as floating point
DOCUMENTS = {
    "a": {"words": "la escuela rural", "topic": ["reading"], "sector": "school", "order": NEWEST, "vector": [1, 0, 0]},
    "b": {"words": "die schule", "topic": ["reading", "maths"], "sector": "school", "order": NEWEST + 1, "vector": [0, 1, 0]},
    "c": {"words": "schule schule schulen", "topic": ["maths"], "sector": "college", "order": 3, "vector": [0.1, 1, 0]},
    "d": {"words": "koulu", "topic": [], "sector": "college", "order": -4, "vector": [0, 0, 1]},
}  # fmt: skip


@pytest.fixture
def index(client, prefix):
    name = prefix + "entries"
    client.indices.create(index=name, settings={"number_of_shards": 1, "number_of_replicas": 0}, mappings=MAPPINGS)
    helpers.bulk(client, ({"_index": name, "_id": key, "_source": it} for key, it in DOCUMENTS.items()), refresh=True)
    return name


@pytest.fixture
def found(client, index):
    def ids(query, **more):
        return [hit["_id"] for hit in client.search(index=index, query=query, **more)["hits"]["hits"]]

    return ids


def test_a_node_answers_with_its_version_and_is_well(client, index):
    assert client.info()["version"]["number"].startswith("8.")
    health = client.cluster.health(index=index, wait_for_status="green", timeout="10s")
    assert (health["status"], health["timed_out"]) == ("green", False)
    assert client.count(index=index)["count"] == len(DOCUMENTS)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"term": {"words": "schule"}}, {"b", "c"}),
        ({"terms": {"topic": ["maths", "nothing"]}}, {"b", "c"}),
        ({"prefix": {"words": {"value": "schul"}}}, {"b", "c"}),
        ({"fuzzy": {"words": {"value": "eskuela", "fuzziness": 1, "prefix_length": 1}}}, {"a"}),
        ({"regexp": {"words": {"value": "schulen?"}}}, {"b", "c"}),
        ({"match_phrase": {"words": "escuela rural"}}, {"a"}),
        ({"ids": {"values": ["a", "d"]}}, {"a", "d"}),
        ({"bool": {"must": {"term": {"words": "schule"}}, "must_not": {"term": {"sector": "college"}}}}, {"b"}),
        ({"bool": {"should": [{"term": {"words": "koulu"}}, {"term": {"words": "rural"}}], "minimum_should_match": 1}}, {"a", "d"}),
        ({"range": {"order": {"gt": NEWEST}}}, {"b"}),
    ],
)  # fmt: skip
def test_each_kind_of_question_finds_what_it_should(found, query, expected):
    assert set(found(query)) == expected


def test_scores_are_what_the_question_says(client, index):
    weighted = {
        "dis_max": {
            "tie_breaker": 0.5,
            "queries": [
                {"constant_score": {"filter": {"term": {"words": "schule"}}, "boost": 4}},
                {"constant_score": {"filter": {"term": {"topic": "reading"}}, "boost": 2}},
            ],
        }
    }
    hits = client.search(index=index, query=weighted)["hits"]["hits"]
    assert [(hit["_id"], hit["_score"]) for hit in hits] == [("b", 5), ("c", 4), ("a", 2)]


def test_a_facet_ignores_its_own_selection_and_others_do_not(client, index):
    """The question is in `query`, the filters in `post_filter`, each facet under all filters but its own."""
    chosen = {"topic": {"terms": {"topic": ["reading"]}}, "sector": {"terms": {"sector": ["school"]}}}
    answer = client.search(
        index=index,
        query={"match_all": {}},
        post_filter={"bool": {"filter": list(chosen.values())}},
        aggs={
            facet: {
                "filter": {"bool": {"filter": [clause for name, clause in chosen.items() if name != facet]}},
                "aggs": {"values": {"terms": {"field": facet, "size": 1000}}},
            }
            for facet in chosen
        },
        size=10,
    )
    counts = {
        facet: {bucket["key"]: bucket["doc_count"] for bucket in answer["aggregations"][facet]["values"]["buckets"]}
        for facet in chosen
    }
    assert counts == {"topic": {"reading": 2, "maths": 1}, "sector": {"school": 2}}
    assert (answer["hits"]["total"]["value"], {hit["_id"] for hit in answer["hits"]["hits"]}) == (2, {"a", "b"})


def test_a_facet_of_a_thousand_values_is_counted_whole(client, index):
    values = [f"value-{number}" for number in range(1000)]
    client.index(index=index, id="many", document={"topic": values}, refresh=True)
    aggs = {"values": {"terms": {"field": "topic", "size": 1000, "include": "value-.*"}}}
    counted = client.search(index=index, size=0, aggs=aggs)["aggregations"]["values"]
    assert (len(counted["buckets"]), counted["sum_other_doc_count"]) == (1000, 0)


def test_long_numbers_sort_exactly_and_pages_follow_each_other(client, index):
    sort = [{"order": "desc"}]
    first = client.search(index=index, sort=sort, size=1)["hits"]["hits"]
    second = client.search(index=index, sort=sort, size=2, search_after=first[-1]["sort"])["hits"]["hits"]
    third = client.search(index=index, sort=sort, size=2, from_=2)["hits"]["hits"]
    assert (first[0]["sort"], second[0]["sort"]) == ([NEWEST + 1], [NEWEST])
    assert [hit["_id"] for hit in first + second] == ["b", "a", "c"]
    assert [hit["_id"] for hit in third] == ["c", "d"]


def test_a_point_in_time_does_not_see_later_writes(client, index):
    moment = client.open_point_in_time(index=index, keep_alive="1m")["id"]
    client.index(index=index, id="later", document={"words": "schule"}, refresh=True)
    query, pit = {"term": {"words": "schule"}}, {"id": moment, "keep_alive": "1m"}
    then = client.search(query=query, pit=pit, sort=[{"_shard_doc": "asc"}])["hits"]["hits"]
    now = client.search(index=index, query=query)["hits"]["hits"]
    assert ({hit["_id"] for hit in then}, {hit["_id"] for hit in now}) == ({"b", "c"}, {"b", "c", "later"})
    assert client.close_point_in_time(id=moment)["succeeded"]


def test_a_page_too_deep_is_refused_unless_the_index_allows_it(client, index):
    with pytest.raises(BadRequestError, match="Result window is too large"):
        client.search(index=index, from_=10_000, size=1)
    client.indices.put_settings(index=index, settings={"max_result_window": 20_000})
    assert client.search(index=index, from_=10_000, size=1)["hits"]["hits"] == []


def test_the_source_comes_back_whole_or_in_part(client, index):
    source = client.get(index=index, id="a")["_source"]
    part = client.search(index=index, query={"ids": {"values": ["a"]}}, source=["sector"])["hits"]["hits"]
    found = client.mget(index=index, ids=["a", "nothing"], source=False)["docs"]
    assert (source, part[0]["_source"]) == (DOCUMENTS["a"], {"sector": "school"})
    assert [document["found"] for document in found] == [True, False]


def test_vectors_near_one_are_found_under_a_filter(client, index):
    near = {"field": "vector", "query_vector": [0, 1, 0], "k": 2, "num_candidates": 10}
    school = near | {"filter": {"term": {"sector": "college"}}}

    def nearest(knn):
        return [hit["_id"] for hit in client.search(index=index, knn=knn)["hits"]["hits"]]

    assert (nearest(near), nearest(school)) == (["b", "c"], ["c", "d"])


def test_a_late_write_is_a_conflict_and_a_repeated_one_is_not(client, prefix):
    index = prefix + "versions"

    def write(version, words, operation="index"):
        action = {
            "_op_type": operation,
            "_index": index,
            "_id": "a",
            "version": version,
            "version_type": "external_gte",
        }
        if operation == "index":
            action["_source"] = {"words": words}
        done, refused = helpers.bulk(client, [action], raise_on_error=False)
        return done, [next(iter(item.values()))["status"] for item in refused]

    assert write(5, "fifth") == (1, [])
    assert write(5, "fifth again") == (1, [])
    assert write(4, "late") == (0, [409])
    assert client.get(index=index, id="a")["_source"] == {"words": "fifth again"}
    assert write(6, "", "delete") == (1, [])
    assert write(5, "late, after its deletion") == (0, [409])
    assert not client.exists(index=index, id="a")


def test_deleting_what_is_not_there_is_told_apart(client, index):
    with pytest.raises(helpers.BulkIndexError) as refused:
        helpers.bulk(client, [{"_op_type": "delete", "_index": index, "_id": "nothing"}])
    assert [error["delete"]["status"] for error in refused.value.errors] == [404]


def test_an_alias_moves_in_one_step(client, prefix):
    old, new, alias = prefix + "1", prefix + "2", prefix + "now"
    for name in (old, new):
        client.indices.create(index=name)
        client.index(index=name, id=name, document={"words": "schule"}, refresh=True)
    client.indices.put_alias(index=old, name=alias)
    moved = [{"remove": {"index": old, "alias": alias, "must_exist": True}}, {"add": {"index": new, "alias": alias}}]
    client.indices.update_aliases(actions=moved)
    assert [hit["_id"] for hit in client.search(index=alias)["hits"]["hits"]] == [new]
    with pytest.raises(NotFoundError):
        client.indices.update_aliases(actions=moved)
    assert list(client.indices.get_alias(name=alias)) == [new]


def test_what_a_question_finds_can_be_deleted(client, index, found):
    done = client.delete_by_query(index=index, query={"term": {"sector": "college"}}, refresh=True)
    assert (done["deleted"], sorted(found({"match_all": {}}))) == (2, ["a", "b"])


def test_a_field_nobody_declared_is_refused(client, index):
    with pytest.raises(BadRequestError, match="strict_dynamic_mapping_exception"):
        client.index(index=index, document={"unknown": 1})
