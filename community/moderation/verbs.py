"""What a moderator may do to a thing in the state it is in, each with its form."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.models import Event, Group, Offer, Post, Thread
from community.moderation import forms, measures, permissions, rearranging, suspending
from people.models import User


@dataclass(frozen=True)
class Verb:
    name: str
    label: str | Promise
    fits: Callable[[object], bool]  # the thing as it is
    act: Callable[[object, forms.ReasonsForm, User], object]
    form: type[forms.ReasonsForm] = forms.ReasonsForm
    weighty: bool = False  # shown in red


def _standing(thing) -> bool:
    return isinstance(thing, Thread) and thing.merged_into_id is None and thing.state in ("open", "closed")


def _hideable(thing) -> bool:
    return isinstance(thing, Post | Thread | Event | Offer) and thing.state not in ("hidden", "deleted")


def _hidden(thing) -> bool:
    return isinstance(thing, Post | Thread | Event | Offer) and thing.state == "hidden"


def _closable(thing) -> bool:
    return (_standing(thing) and thing.state == "open") or (isinstance(thing, Group) and thing.state != "closed")


def _closed(thing) -> bool:
    return isinstance(thing, Thread | Group) and thing.state == "closed" and not getattr(thing, "merged_into_id", None)


VERBS = {
    verb.name: verb
    for verb in (
        Verb("hide", _("Hide"), _hideable, lambda it, form, by: measures.hide(it, form.reasons(), by=by), weighty=True),
        Verb("restore", _("Show again"), _hidden, lambda it, form, by: measures.restore(it, form.reasons(), by=by)),
        Verb("close", _("Close"), _closable, lambda it, form, by: measures.close(it, form.reasons(), by=by)),
        Verb("reopen", _("Open again"), _closed, lambda it, form, by: measures.reopen(it, form.reasons(), by=by)),
        Verb(
            "edit",
            _("Change title or topics"),
            _standing,
            lambda it, form, by: measures.edit(it, form.cleaned_data["title"], form.concepts(), form.reasons(), by=by),
            forms.EditForm,
        ),
        Verb(
            "move",
            _("Move"),
            _standing,
            lambda it, form, by: rearranging.move(it, form.cleaned_data["group"], form.reasons(), by=by),
            forms.MoveForm,
        ),
        Verb(
            "split",
            _("Split"),
            _standing,
            lambda it, form, by: rearranging.split(
                it, form.cleaned_data["numbers"], form.cleaned_data["title"], form.reasons(), by=by
            ),
            forms.SplitForm,
        ),
        Verb(
            "merge",
            _("Merge into another"),
            _standing,
            lambda it, form, by: rearranging.merge(it, form.cleaned_data["into"], form.reasons(), by=by),
            forms.MergeForm,
        ),
        Verb(
            "suspend",
            _("Suspend the account"),
            lambda it: isinstance(it, User) and it.is_active,
            lambda it, form, by: suspending.suspend(
                it, form.reasons(), by=by, until=form.until(), with_content=form.cleaned_data["with_content"]
            ),
            forms.SuspendForm,
            weighty=True,
        ),
        Verb(
            "lift",
            _("Lift the suspension"),
            lambda it: isinstance(it, User) and it.suspensions.filter(lifted_at=None).exists(),
            lambda it, form, by: suspending.lift(it, form.reasons(), by=by),
        ),
    )
}


def fitting(thing, person: User) -> list[Verb]:
    if not permissions.may_decide(person, thing):
        return []
    if isinstance(thing, User) and not permissions.may_suspend(person, thing):
        return []
    return [verb for verb in VERBS.values() if verb.fits(thing)]
