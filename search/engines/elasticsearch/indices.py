"""The indices of one installation: which is read, which are written, and how a new one takes over.

One alias is read: <prefix>-<schema>. Every index has an alias of its own to be written through, <index>.write, so that a late write can't
bring a deleted index back to life; and one that is there until the index is complete, <index>.building.
"""

import logging
import re
import time

from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError

from search.contract import Unavailable
from search.engines.elasticsearch import documents

log = logging.getLogger(__name__)
WRITE, BUILDING = ".write", ".building"
CLOSED = "verified_before_close"  # a setting that only closed indices have


class Indices:
    def __init__(self, client: Elasticsearch, prefix: str, schema: str):
        self.client, self.prefix, self.read = client, prefix, f"{prefix}-{schema}"

    def faults(self) -> list[str]:
        """Elasticsearch checks its files itself; what remains is an index that was deleted, closed, or never completed."""
        serving = self._serving()
        if not serving:
            return [f"no index is called {self.read}"]
        closed = [f"{name} is closed" for name, row in serving.items() if CLOSED in row["settings"]["index"]]
        return closed + [
            f"{name} was never completed" for name, row in serving.items() if name + BUILDING in row["aliases"]
        ]

    def written(self) -> list[str]:
        """Aliases of the index that serves and of those being filled. A lost index doesn't begin again as an empty one."""
        found = self.client.options(ignore_status=404).indices.get_alias(name=f"{self.read}-*{WRITE}").body
        if not (aliases := sorted(name + WRITE for name in found if self._is_ours(name))):
            raise Unavailable(f"There is no index called {self.read}. Run: manage.py rebuild_index")
        return aliases

    def begin(self) -> str:
        """The alias to fill a new index through. It is read at once where nothing else is."""
        index = self._create()
        if not self._serving():
            self.client.indices.update_aliases(actions=self._turn(index))
        return index + WRITE

    def finish(self, alias: str) -> None:
        """The new index takes over; those before it go."""
        index = alias.removesuffix(WRITE)
        self.client.indices.refresh(index=index)
        complete = {"remove": {"index": index, "alias": index + BUILDING, "must_exist": False}}
        self.client.indices.update_aliases(actions=[*self._turn(index), complete])
        self._delete([name for name in self._ours() if name != index and _made(name) < _made(index)])

    def give_up(self, alias: str) -> None:
        """What is shown already stays, marked; where the cluster is away the next rebuild sweeps up."""
        index = alias.removesuffix(WRITE)
        try:
            if index not in self._serving():
                self._delete([index])
        except (ApiError, TransportError, Unavailable) as error:
            log.warning("%s is left behind; the next rebuild removes it: %s", index, error)

    def sweep(self) -> None:
        """What was left by rebuilds that were killed: it takes every change and serves nobody. Only for whose turn it is."""
        self._delete([name for name, row in self._ours().items() if _is_left_over(name, row)])

    def _create(self) -> str:
        index = f"{self.read}-{time.time_ns():x}"
        self.client.indices.create(
            index=index,
            settings=documents.index_settings(),
            mappings=documents.mapping().to_dict(),
            aliases={index + WRITE: {}, index + BUILDING: {}},
        )
        return index

    def _turn(self, index: str) -> list[dict]:
        """In one step: no question falls between the old and the new."""
        old = {"indices": [f"{self.read}-*"], "alias": self.read, "must_exist": False}
        return [{"remove": old}, {"add": {"index": index, "alias": self.read}}]

    def _serving(self) -> dict[str, dict]:
        try:
            return self.client.indices.get(index=self.read, features=["aliases", "settings"]).body
        except NotFoundError:
            return {}

    def _ours(self) -> dict[str, dict]:
        """Whatever they are made for. Another installation's prefix may begin with ours."""
        found = self.client.indices.get(index=f"{self.prefix}-*", features="aliases", expand_wildcards="all").body
        return {name: row for name, row in found.items() if self._is_ours(name)}

    def _is_ours(self, name: str) -> bool:
        return bool(re.fullmatch(re.escape(self.prefix) + r"-[0-9a-f]{12}-[0-9a-f]{16}(\.write)?", name))

    def _delete(self, names: list[str]) -> None:
        if names:
            self.client.indices.delete(index=names, ignore_unavailable=True)


def _is_left_over(name: str, row: dict) -> bool:
    """Nobody reads it: it was never completed, or is complete no more."""
    return not set(row["aliases"]) - {name + WRITE, name + BUILDING}


def _made(name: str) -> int:
    return int(name.removesuffix(WRITE).rpartition("-")[2], 16)
