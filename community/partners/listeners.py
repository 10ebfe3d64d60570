"""Duties of partner search: they register themselves."""

from community.partners import expiring  # noqa: F401
