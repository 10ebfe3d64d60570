"""Reading a revision back: what it refers to is looked up once for each table, and what is gone is left out."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import ForeignKey, Model
from modelcluster.models import get_all_child_relations


def mended(model: type[Model], content: dict) -> dict:
    """The content of a revision without references that lead nowhere; a part that can't be without one goes with it."""
    parts = {one.get_accessor_name(): one for one in get_all_child_relations(model)}
    rows = {name: content[name] for name in parts if name in content}
    wanted: dict[type[Model], set] = defaultdict(set)
    for kind, data in [(model, content), *((parts[name].related_model, row) for name in rows for row in rows[name])]:
        for field in _references(kind):
            if data.get(field.name) is not None:
                wanted[field.related_model].add(data[field.name])
    there = {
        kind: set(kind._base_manager.filter(pk__in=pks).values_list("pk", flat=True)) for kind, pks in wanted.items()
    }
    whole = {
        name: [kept for row in rows[name] if (kept := _kept(parts[name], row, there)) is not None] for name in rows
    }
    return {**_without_lost(model, content, there), **whole}


def _references(model: type[Model]) -> Iterator[ForeignKey]:
    yield from (
        field for field in model._meta.concrete_fields if isinstance(field, ForeignKey) and not field.primary_key
    )


def _kept(part, row: dict, there: dict) -> dict | None:
    row = _without_lost(part.related_model, row, there)
    needed = [field.name for field in _references(part.related_model) if not field.null and field != part.field]
    return None if any(row.get(name) is None for name in needed) else row


def _without_lost(model: type[Model], data: dict, there: dict) -> dict:
    lost = {
        field.name
        for field in _references(model)
        if data.get(field.name) is not None and data[field.name] not in there[field.related_model]
    }
    return {name: None if name in lost else value for name, value in data.items()}
