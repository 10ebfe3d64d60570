"""Mails of moderation: reasons to whom a decision affects, receipts and answers to who sent a notice."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from community.models import Decision, Notice
from community.moderation import signing, things
from people import letters
from portal import own_address


def tell_reasons(decision: Decision) -> None:
    """The statement of reasons, in the language of whom it affects."""
    person = decision.affects
    if person is None or not person.email:
        return
    with override(person.language or "en"):
        title = things.title_of(decision.target) if decision.target else _address(decision)
        context = {"decision": decision, "title": title, "link": signing.link(decision)}
        subject = _("A decision of the moderators: %(measure)s") % {"measure": decision.get_measure_display()}
        _send(subject, "community/moderation/mails/reasons.txt", context, person.email)


def _address(decision: Decision) -> str:
    """Of the page it is about, where that is no member's post but a case study."""
    return Notice.objects.filter(decision=decision).values_list("address", flat=True).first() or ""


def tell_of_complaint(decision: Decision) -> None:
    person = decision.affects
    if person is None or not person.email:
        return
    with override(person.language or "en"):
        context = {"decision": decision, "link": signing.link(decision)}
        _send(_("Your complaint is answered"), "community/moderation/mails/complaint.txt", context, person.email)


def confirm(notice: Notice) -> None:
    _tell(notice, gettext_lazy("We received your notice"), "community/moderation/mails/receipt.txt")


def tell_notifier(notice: Notice) -> None:
    """What became of it."""
    _tell(notice, gettext_lazy("Your notice is answered"), "community/moderation/mails/answer.txt")


def _tell(notice: Notice, subject, template: str) -> None:
    if not notice.email:
        return
    with override(notice.language):
        path = reverse("notice_state", args=[notice.receipt])
        context = {"notice": notice, "link": own_address.absolute(path)}
        _send(str(subject), template, context, notice.email)


def _send(subject: str, template: str, context: dict, to: str) -> None:
    letters.post(to, subject, render_to_string(template, {"site_name": settings.WAGTAIL_SITE_NAME, **context}))
