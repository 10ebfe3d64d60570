"""The mail that tells of new answers: one for a person, in her language, about all her searches that are due."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from people.models import User
from portal import own_address
from search.contract import Entry
from search.models import SavedSearch
from search.watching import entries, questions, stopping

SHOWN = 20  # answers of one search


@dataclass(frozen=True)
class News:
    """What one saved search has to tell."""

    saved: SavedSearch
    keys: tuple[str, ...]  # all that this mail tells
    shown: tuple[Entry, ...] = ()
    has_more: bool = False  # behind the link
    is_faulty: bool = False  # a part of its question is lost


def language_of(person: User, saved: SavedSearch) -> str:
    return person.language or saved.language


def mail(person: User, news: list[News]) -> EmailMultiAlternatives:
    language = language_of(person, news[0].saved)
    with override(language):
        context = _context(person, news, language)
        message = EmailMultiAlternatives(
            _("New for your saved searches"),
            render_to_string("search/watching/mail.txt", context),
            None,
            [person.email],
            headers={
                "Message-ID": _message_id(person, news),
                "Auto-Submitted": "auto-generated",
                "List-Unsubscribe": f"<{context['stop_all']}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
        message.attach_alternative(render_to_string("search/watching/mail.html", context), "text/html")
    return message


def _context(person: User, news: list[News], language: str) -> dict:
    languages = list(dict.fromkeys([language, *person.languages]))
    return {
        "language": language,
        "site_name": settings.WAGTAIL_SITE_NAME,
        "parts": [_part(one, languages) for one in news],
        "mine": own_address.absolute(reverse("my_searches")),
        "stop_all": stopping.link_for_all(person.pk),
    }


def _part(news: News, languages: list[str]) -> dict:
    texts = [entries.text_for(entry, languages) for entry in news.shown]
    return {
        "name": news.saved.name,
        "address": own_address.absolute(questions.address(news.saved)),
        "has_more": news.has_more,
        "is_faulty": news.is_faulty,
        "rows": [
            {"title": text.title, "language": text.language, "address": own_address.absolute(text.url)}
            for text in texts
        ],
        "stop": stopping.link(news.saved),
    }


def _message_id(person: User, news: list[News]) -> str:
    """The same news have the same number: a mail repeated after a crash can be known as the same one."""
    told = ";".join(f"{one.saved.pk}={','.join(sorted(one.keys))}" for one in news)
    digest = hashlib.sha256(f"{person.pk};{told}".encode()).hexdigest()[:32]
    return f"<searches.{digest}@{own_address.host()}>"
