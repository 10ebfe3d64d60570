"""The engine for many: a cluster of Elasticsearch that the operator runs."""

from search.engines.elasticsearch.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]
