"""Mails about what happened, in the recipient's language; what members wrote stays in its own."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from community.attention import reading, stopping, wording
from community.attention.replying import addresses
from community.models import Notification
from community.threads import rendering
from people.models import User
from portal import own_address

Reason = Notification.Reason
OF_TALK = {Reason.MENTION, Reason.QUOTE, Reason.REPLY, Reason.POSTED, Reason.OPENED, Reason.ASKED, Reason.ESCALATED}
SHOWN = 30  # things in one digest


def language_of(person: User) -> str:
    return person.language or "en"


def at_once(person: User, row: Notification) -> EmailMultiAlternatives:
    with override(language_of(person)):
        reply_to = addresses.reply_address(person, row) if row.reason in OF_TALK else ""
        context = _context(person) | _of_one(row) | {"takes_replies": bool(reply_to)}
        context["stop"] = stopping.link(person, stopping.NOW)
        if row.thread:
            context["stop_thread"] = stopping.link_for_thread(person, row.thread)
        headers = {"Message-ID": message_id(person, row.key)} | _of_thread(person, row)
        message = _message(person, _subject(row), "now", context, headers)
        message.from_email = _sender(row)
        message.reply_to = [reply_to] if reply_to else []
        return message


def digest(person: User, rows: Iterable[Notification], hour: datetime) -> EmailMultiAlternatives:
    with override(language_of(person)):
        bundles = reading.bundles(rows)
        context = _context(person) | {"stop": stopping.link(person, stopping.DIGEST)}
        context["parts"] = [_part(bundle) for bundle in bundles[:SHOWN]]
        headers = {"Message-ID": message_id(person, f"digest:{hour.timestamp():.0f}")}
        return _message(person, _("New in what you follow"), "digest", context, headers)


def message_id(person: User, key: str) -> str:
    """The same happening has the same number: a mail repeated after a crash can be known as the same one."""
    digest = hashlib.sha256(f"{person.pk};{key}".encode()).hexdigest()[:32]
    return f"<notification.{digest}@{own_address.host()}>"


def _message(person: User, subject: str, template: str, context: dict, headers: dict) -> EmailMultiAlternatives:
    headers = headers | {
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "List-Unsubscribe": f"<{context['stop']}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    context = context | {"subject": subject}
    body = render_to_string(f"community/attention/mail_{template}.txt", context)
    message = EmailMultiAlternatives(subject, body, None, [person.email], headers=headers)
    message.attach_alternative(render_to_string(f"community/attention/mail_{template}.html", context), "text/html")
    return message


def _context(person: User) -> dict:
    return {
        "language": language_of(person),
        "site_name": settings.WAGTAIL_SITE_NAME,
        "choices": own_address.absolute(reverse("notification_settings")),
        "mine": own_address.absolute(reverse("notifications")),
        "stop_all": stopping.link(person, stopping.ALL),
    }


def _of_one(row: Notification) -> dict:
    about = reading.about(row)
    shows_words = row.post is not None and row.reason in OF_TALK
    return {
        "row": row,
        "about": about,
        "sentence": wording.sentence(row),
        "address": own_address.absolute(reading.address(row)),
        "text": _plain(row.post.source) if shows_words else "",
        "html": row.post.html.replace('href="/', f'href="{own_address.absolute("/")}') if shows_words else "",
    }


def _part(bundle: reading.Bundle) -> dict:
    lines = [(line.sentence, own_address.absolute(line.address)) for line in bundle.lines]
    return {"about": bundle.about, "address": own_address.absolute(bundle.address), "lines": lines, "more": bundle.more}


def _subject(row: Notification) -> str:
    """Mail programs gather what has the same subject; the thread's own words stay as they are."""
    if not row.thread or row.reason not in OF_TALK:
        return _one_line(wording.sentence(row))
    title = _one_line(row.thread.title)
    return title if row.reason in (Reason.OPENED, Reason.ASKED, Reason.ESCALATED) else f"Re: {title}"


def _of_thread(person: User, row: Notification) -> dict[str, str]:
    if not row.thread:
        return {}
    root = f"<thread.{row.thread_id}@{own_address.host()}>"
    answered = row.post.reply_to_id if row.post else None
    before = message_id(person, f"post:{answered}") if answered else root
    return {"In-Reply-To": before, "References": root if before == root else f"{root} {before}"}


def _sender(row: Notification) -> str:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    if not row.actor:
        return settings.DEFAULT_FROM_EMAIL
    shown = _one_line(f"{row.actor} · {name}").replace("\\", "").replace('"', "'")
    return f'"{shown}" <{address}>'


def _plain(source: str) -> str:
    named = rendering.MENTION.sub(lambda found: f"@{found[1]}", source)
    return rendering.QUOTED.sub("", named).strip()


def _one_line(text: str) -> str:
    return " ".join(text.split())
