"""The server that the tests start is a real one: what search relies on, asked of it directly."""

SETTINGS = {"number_of_shards": 1, "number_of_replicas": 0}


def test_a_node_answers_indexes_and_finds(client, prefix):
    assert client.info()["version"]["number"].startswith("8.19.")
    index = prefix + "words"
    client.indices.create(
        index=index,
        settings=SETTINGS,
        mappings={"properties": {"text": {"type": "text", "analyzer": "whitespace"}}},
    )
    client.index(index=index, id="1", document={"text": "la escuela rural"}, refresh=True)
    client.index(index=index, id="2", document={"text": "Schule"}, refresh=True)
    assert [hit["_id"] for hit in client.search(index=index, query={"term": {"text": "escuela"}})["hits"]["hits"]] == [
        "1"
    ]
