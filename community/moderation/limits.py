"""How often something may be done in a while: counted in the cache all workers share."""

import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def is_within(name: str, who: object, most: int, seconds: int) -> bool:
    """Counts this time too; False from the one that is too many until the window ends."""
    key = f"limit:{name}:{who}:{int(time.time() // seconds)}"
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key) <= most
    except ValueError:  # it fell out of the cache in between
        return True


def address_of(request: HttpRequest) -> str:
    return get_adapter().get_client_ip(request) or "unknown"
