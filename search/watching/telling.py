"""Telling one person after the other what is new for her.

A mail goes out first; then what it told is noted, in one transaction. A crash between the two repeats that one mail under its
old number (Message-ID); nothing is noted as told that was not handed over. docs/decisions/0008 says why.
"""

import hashlib
from datetime import datetime

from django.core.mail import EmailMultiAlternatives
from django.db.models import QuerySet

from people.access import audience_of
from people.mailing import Mailer, Refused
from people.models import User
from search.contract import Audience
from search.models import SavedSearch
from search.watching import actions, entries, mails, querysets, questions
from search.watching.answers import Answers
from search.watching.mails import SHOWN, News
from search.watching.querysets import FAULT, OVERLAP

SILENT = 500  # searches without news that are noted together


class Telling:
    """What one round holds: the changes and who asked what about them, entries, one connection to the mail server."""

    def __init__(self, until: datetime, due: QuerySet[SavedSearch], changed: dict[str, datetime]):
        self._until, self._due = until, due
        self._answers, self._entries = Answers(changed), entries.Held(changed)
        self._mailer = Mailer()
        self._silent: list[int] = []

    def tell(self, person_id: int) -> bool:
        """One mail about everything of hers that is due, if there is anything; read now, not when the round began."""
        searches = list(self._due.filter(person_id=person_id).select_related("person"))
        if not searches:
            return False
        person = searches[0].person
        news = [one for one in self._news(searches, audience_of(person)) if one.keys]
        told = {one.saved.pk for one in news}
        self._note_silent([saved.pk for saved in searches if saved.pk not in told])
        if news:
            self._mailer.send(_composed(person, news))
            actions.note_told({one.saved.pk: one.keys for one in news}, self._until)
        return bool(news)

    def close(self) -> None:
        actions.note_asked(self._silent, self._until)
        self._silent = []
        self._mailer.close()

    def _news(self, searches: list[SavedSearch], audience: Audience) -> list[News]:
        found = {saved: self._found(saved, audience) for saved in searches}
        if not any(found.values()):
            return []
        told = querysets.told(searches, min(saved.asked_until for saved in searches) - OVERLAP)
        fresh = {saved: [key for key in keys if (saved.pk, key) not in told] for saved, keys in found.items()}
        return [self._one(saved, keys, audience) for saved, keys in fresh.items()]

    def _found(self, saved: SavedSearch, audience: Audience) -> list[str]:
        """What changed and answers it; what is wrong with it counts as an answer."""
        asked = questions.of(saved)
        since = max(saved.created_at, saved.resumed_at or saved.created_at, saved.asked_until - OVERLAP)
        keys = self._answers.to(asked.query, audience, since) if asked.can_be_asked else []
        return [_fault_of(asked), *keys] if asked.faults else keys

    def _one(self, saved: SavedSearch, fresh: list[str], audience: Audience) -> News:
        faults = [key for key in fresh if key.startswith(FAULT)]
        keys = fresh[len(faults) :]
        seen = entries.first_seen(audience, keys, SHOWN + 1, self._entries.of)
        shown, has_more = seen[:SHOWN], len(seen) > SHOWN
        behind_the_link = keys[keys.index(seen[SHOWN].key) :] if has_more else []
        told = (*faults, *(entry.key for entry in shown), *behind_the_link)
        return News(saved, told, tuple(shown), has_more=has_more, is_faulty=bool(faults))

    def _note_silent(self, searches: list[int]) -> None:
        self._silent += searches
        if len(self._silent) >= SILENT:
            actions.note_asked(self._silent, self._until)
            self._silent = []


def _composed(person: User, news: list[News]) -> EmailMultiAlternatives:
    try:
        return mails.mail(person, news)
    except Exception as error:  # whatever it is about this mail, the others don't wait for it
        raise Refused from error


def _fault_of(asked: questions.Asked) -> str:
    """Told once, like an answer, and anew when more of the question is lost."""
    return FAULT + hashlib.sha256(questions.canonical(asked.query).encode()).hexdigest()[:32]
