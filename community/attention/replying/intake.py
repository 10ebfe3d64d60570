"""A mail that came in: posted under its sender's name, answered with the reason why not, or dropped."""

import hashlib
import logging
from enum import StrEnum

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from community.attention import mails
from community.attention.replying import addresses, reading
from community.attention.replying.addresses import Target
from community.attention.replying.reading import Mail
from community.models import MailedReply, Post, Thread
from community.models.threads import LONGEST_POST
from community.threads import actions as threads
from community.threads import permissions
from people.models import User
from portal import own_address

log = logging.getLogger(__name__)
LARGEST = 10 * 1024 * 1024  # bytes of a mail with all its files


class Outcome(StrEnum):
    POSTED = "posted"
    REFUSED = "refused"  # and its sender told why
    AGAIN = "came before"
    AUTOMATIC = "sent by a machine"
    UNKNOWN = "not an address of ours, or not its owner's mail"


class CannotPost(Exception):
    """The message says what to do."""


def take(raw: bytes, envelope: list[str] | None = None) -> Outcome:
    """Raises where it should be brought again later: the database or the mail server doesn't answer."""
    mail = reading.read(raw, envelope)
    outcome = _taken(mail, too_large=len(raw) > LARGEST)
    log.info("A mail came in: %s.", outcome)
    return outcome


def _taken(mail: Mail, too_large: bool) -> Outcome:
    if mail.is_automatic:
        return Outcome.AUTOMATIC
    target = addresses.target_of(mail.recipients)
    person = _owner(target, mail.sender) if target else None
    if person is None:
        return Outcome.UNKNOWN
    if MailedReply.objects.filter(message_id=mail.message_id).exists():
        return Outcome.AGAIN
    with override(mails.language_of(person)):
        try:
            post = _post(mail, target, person, too_large)
        except CannotPost as why:
            _tell(mail, target, person, str(why))
            MailedReply.objects.get_or_create(
                message_id=mail.message_id, defaults={"person": person, "refused_because": str(why)[:40]}
            )
            return Outcome.REFUSED
        if mail.has_files:
            _tell_of_files(mail, post)
    return Outcome.POSTED


def _owner(target: Target, sender: str) -> User | None:
    """The member the address was made for, if the mail comes from an address of hers."""
    person = User.objects.filter(pk=target.person_id, is_active=True).first()
    if person is None or not sender:
        return None
    verified = person.emailaddress_set.filter(verified=True).values_list("email", flat=True)
    return person if sender in {person.email.lower(), *(address.lower() for address in verified)} else None


@transaction.atomic
def _post(mail: Mail, target: Target, person: User, too_large: bool) -> Post:
    """Once for each Message-ID, also when it comes twice at once."""
    if too_large:
        raise CannotPost(_("The mail is too large. Send the text alone."))
    if not mail.text:
        raise CannotPost(_("There was no text above the quoted mail. Write your answer at the top."))
    if len(mail.text) > LONGEST_POST:
        raise CannotPost(_("The text is too long. Use at most %(limit)s characters.") % {"limit": LONGEST_POST})
    thread = Thread.objects.filter(pk=target.thread_id).select_related("group").first()
    if thread is None or not permissions.may_reply(person, thread):
        raise CannotPost(_("This thread takes no answers of yours any more: it is closed, or you left its group."))
    answered = thread.posts.shown().filter(pk=target.post_id).first()
    key = hashlib.sha256(mail.message_id.encode()).hexdigest()
    try:
        post = threads.reply(thread, mail.text, by=person, to=answered, idempotency_key=key, origin=Post.Origin.MAIL)
    except threads.NotNow as why:
        raise CannotPost(str(why)) from why
    MailedReply.objects.get_or_create(message_id=mail.message_id, defaults={"person": person, "post": post})
    return post


def _tell(mail: Mail, target: Target, person: User, why: str) -> None:
    """Before it is noted: a mail server that is down lets the mail come again."""
    seen = Thread.objects.visible_to(person).filter(pk=target.thread_id).first()
    address = own_address.absolute(seen.get_absolute_url() if seen else reverse("notifications"))
    _answer(mail, {"why": why, "address": address, "text": mail.text[:LONGEST_POST]})


def _tell_of_files(mail: Mail, post: Post) -> None:
    why = _("Your answer is posted. Files sent by mail are left out; add them on the page.")
    try:
        _answer(mail, {"why": why, "address": own_address.absolute(post.get_absolute_url())})
    except OSError:
        log.exception("Nobody could be told that files of a mail were left out.")


def _answer(mail: Mail, context: dict) -> None:
    headers = {"In-Reply-To": mail.message_id, "References": mail.message_id, "Auto-Submitted": "auto-replied"}
    subject = mail.subject if mail.subject.lower().startswith("re:") else f"Re: {mail.subject}"
    body = render_to_string("community/attention/answer.txt", context)
    EmailMessage(subject[:200], body, None, [mail.sender], headers=headers).send()
