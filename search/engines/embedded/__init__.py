"""The engine that needs no server: tantivy in the portal's own data folder."""

from search.engines.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
