"""The log of who did what in groups and moderation."""

from community.models import Group, LogEntry


def note(action: str, about, *, by=None, group: Group | None = None, **data) -> LogEntry:
    """`about` is anything with a search key, or a person."""
    key = getattr(about, "search_key", None) or f"{about._meta.model_name}:{about.pk}"
    return LogEntry.objects.create(action=action, about=key, by=by, group=group, data=data)
