"""Who listens to what happens: each sub-package's receivers, registered by being imported."""

from community import touching  # noqa: F401
