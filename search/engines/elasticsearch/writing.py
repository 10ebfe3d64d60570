"""Documents on their way into the cluster: acknowledged, sent again where it was too busy, or refused for good and told."""

import logging
from collections.abc import Iterable, Iterator

from django.db import DatabaseError
from elasticsearch import Elasticsearch, helpers

from search.contract import Entry, Unavailable
from search.engines.elasticsearch import documents

log = logging.getLogger(__name__)
CHUNK = 500  # documents or keys in one request
RETRIES = 6  # of a document the cluster was too busy for
NEWER_THERE = 409  # a later state of the document arrived before
GONE = 404
FAULTY = 400  # the document itself, and nothing but sending another helps
CLOSED = "index_closed_exception"  # is told with the same number, but isn't the document's fault
Why = dict[str, str]  # key -> why it is refused


def made(entries: Iterable[Entry]) -> tuple[list[tuple[str, dict]], Why]:
    """Documents by key; and of which entries none can be made."""
    bodies, refused = [], {}
    for entry in entries:
        try:
            bodies.append((entry.key, documents.document(entry)))
        except (DatabaseError, Unavailable):
            raise  # not the entry's fault
        except Exception as error:
            log.exception("No document can be made of %s.", entry.key)
            refused[entry.key] = f"{type(error).__name__}: {error}"
    return bodies, refused


def indexed(alias: str, bodies: Iterable[tuple[str, dict]], version: int) -> Iterator[dict]:
    return ({**_action("index", alias, key, version), "_source": body} for key, body in bodies)


def deleted(alias: str, keys: Iterable[str], version: int) -> Iterator[dict]:
    return (_action("delete", alias, key, version) for key in keys)


def _action(verb: str, alias: str, key: str, version: int) -> dict:
    return {"_op_type": verb, "_index": alias, "_id": key, "version": version, "version_type": "external_gte"}


def send(client: Elasticsearch, actions: Iterable[dict]) -> Why:
    """Every document acknowledged but those returned; or Unavailable, where some were not but may be another time."""
    answers = helpers.streaming_bulk(
        client,
        actions,
        chunk_size=CHUNK,
        max_retries=RETRIES,
        initial_backoff=0.2,
        max_backoff=5,
        raise_on_error=False,
        require_alias=True,
    )
    refused, failed = {}, []
    for verb, told in (one for done, answer in answers if not done for one in answer.items()):
        if _is_faulty(told):
            refused[told["_id"]] = _said(told)
        elif not _is_no_loss(verb, told):
            failed.append(_said(told))
    if failed:
        raise Unavailable(f"{len(failed)} documents were not taken, the first: {failed[0]}")
    return refused


def batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    batch: list[Entry] = []
    for entry in entries:
        batch.append(entry)
        if len(batch) == CHUNK:
            yield batch
            batch = []
    if batch:
        yield batch


def _is_faulty(told: dict) -> bool:
    return told.get("status") == FAULTY and told.get("error", {}).get("type") != CLOSED


def _is_no_loss(verb: str, told: dict) -> bool:
    """A later state was there before, or what was to go is gone already."""
    return told.get("status") == NEWER_THERE or (
        verb == "delete" and told.get("status") == GONE and "error" not in told
    )


def _said(told: dict) -> str:
    error = told.get("error", {})
    return f"{error.get('type')}: {error.get('reason')}"[:300]
