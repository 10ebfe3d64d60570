"""The indices of one installation: which is read, which are written, and how a new one takes over.

One alias is read: <prefix>-<schema>. Every index has an alias of its own to be written through, <index>.write, so that a late write can't
bring a deleted index back to life.
"""

import time

from elasticsearch import Elasticsearch, NotFoundError

from search.contract import Unavailable
from search.engines.elasticsearch import documents

WRITE = ".write"


class Indices:
    def __init__(self, client: Elasticsearch, read: str, prefix: str):
        self.client, self.read, self.prefix = client, read, prefix

    def is_there(self) -> bool:
        return bool(self.client.indices.exists_alias(name=self.read))

    def written(self) -> list[str]:
        """Aliases of the index that serves and of those being filled. A lost index doesn't begin again as an empty one."""
        found = self._aliases(f"{self.read}-*{WRITE}")
        if not found:
            raise Unavailable(f"There is no index called {self.read}. Run: manage.py rebuild_index")
        return found

    def begin(self) -> str:
        """The alias to fill a new index through. It is read at once where nothing else is."""
        index = self._create()
        if not self.is_there():
            self._turn(index)
        return index + WRITE

    def finish(self, alias: str) -> None:
        """The new index takes over; those before it go."""
        index = alias.removesuffix(WRITE)
        self.client.indices.refresh(index=index)
        self._turn(index)
        older = [name for name in self._all() if name != index and _made(name) < _made(index)]
        if older:
            self.client.indices.delete(index=older, ignore_unavailable=True)

    def give_up(self, alias: str) -> None:
        index = alias.removesuffix(WRITE)
        serving = self.client.options(ignore_status=404).indices.get_alias(name=self.read)
        if index not in serving.body:
            self.client.options(ignore_status=404).indices.delete(index=index)

    def _create(self) -> str:
        index = f"{self.read}-{time.time_ns():x}"
        self.client.indices.create(
            index=index,
            settings=documents.index_settings(),
            mappings=documents.mapping().to_dict(),
            aliases={index + WRITE: {}},
        )
        return index

    def _turn(self, index: str) -> None:
        """In one step: no question falls between the old and the new."""
        actions = [{"remove": {"index": f"{self.read}-*", "alias": self.read, "must_exist": False}}]
        self.client.indices.update_aliases(actions=[*actions, {"add": {"index": index, "alias": self.read}}])

    def _aliases(self, pattern: str) -> list[str]:
        try:
            found = self.client.indices.get_alias(name=pattern)
        except NotFoundError:
            return []
        return sorted(alias for row in found.body.values() for alias in row["aliases"])

    def _all(self) -> list[str]:
        found = self.client.options(ignore_status=404).indices.get_alias(name=f"{self.prefix}-*{WRITE}")
        return [name for name, row in found.body.items() if isinstance(row, dict) and "aliases" in row]


def _made(index: str) -> int:
    return int(index.rpartition("-")[2], 16)
