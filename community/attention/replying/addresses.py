"""Addresses for answers by mail: reply+<person>-<thread>-<post>-<signature>@example.org, of one person and one thread."""

import base64
import re
import secrets
from dataclasses import dataclass
from email.utils import formataddr, getaddresses

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.http import base36_to_int, int_to_base36

from community.models import Notification
from people.models import User

SALT = "community.attention.replying"
TOKEN = re.compile(r"([0-9a-z]{1,13})-([0-9a-z]{1,13})-([0-9a-z]{1,13})-([a-z2-7]{16})", re.IGNORECASE)


@dataclass(frozen=True)
class Target:
    person_id: int
    thread_id: int
    post_id: int  # 0: the thread as a whole


def reply_address(person: User, row: Notification) -> str:
    """Empty where the portal takes no mail, or the thread is closed."""
    if not settings.PRAXIS_REPLY_ADDRESS or row.thread is None or row.thread.state != row.thread.State.OPEN:
        return ""
    target = Target(person.pk, row.thread_id, row.post_id or 0)
    return formataddr((settings.WAGTAIL_SITE_NAME, address_of(target)))


def address_of(target: Target) -> str:
    box, _at, domain = settings.PRAXIS_REPLY_ADDRESS.partition("@")
    return f"{box}+{token(target)}@{domain}"


def token(target: Target) -> str:
    """Lower case letters and digits only: mail servers may change the case of an address."""
    numbers = "-".join(int_to_base36(number) for number in (target.person_id, target.thread_id, target.post_id))
    return f"{numbers}-{_signature(numbers)}"


def is_ours(address: str) -> bool:
    """Of the mailbox that takes answers, with whatever behind the plus sign."""
    box, _at, domain = settings.PRAXIS_REPLY_ADDRESS.lower().partition("@")
    local, _at, host = address.lower().rpartition("@")
    return bool(domain) and host == domain and local.partition("+")[0] == box


def target_of(addresses: list[str]) -> Target | None:
    """Of the first address that was signed here."""
    for _name, address in getaddresses(addresses):
        found = TOKEN.fullmatch(address.rpartition("@")[0].partition("+")[2])
        if found and is_ours(address) and (target := _read(found)):
            return target
    return None


def _read(found: re.Match) -> Target | None:
    numbers, signature = "-".join(found.group(1, 2, 3)).lower(), found.group(4).lower()
    if not secrets.compare_digest(_signature(numbers), signature):
        return None
    return Target(*(base36_to_int(number) for number in numbers.split("-")))


def _signature(numbers: str) -> str:
    digest = salted_hmac(SALT, numbers, algorithm="sha256").digest()
    return base64.b32encode(digest[:10]).decode().lower()
