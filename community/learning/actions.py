"""From a thread to the draft of a case study, and what the quoted say to it."""

from collections.abc import Mapping
from contextlib import suppress

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community import logbook
from community.attention.telling import Happening, tell
from community.learning import permissions, quoting
from community.models import Notification, Post, Quotation, Thread
from community.threads.actions import NotNow
from people.models import User
from practices import actions as case_studies
from practices.models import CaseStudy, Suggestion
from practices.models.case_study import TEXTS

State = Quotation.State
FIELDS = {"topic": "topics", "level": "levels", "country": "countries"}  # of a thread's concepts


@transaction.atomic
def promote(thread: Thread, chosen: Mapping[Post, str], *, by: User, title: str, language: str) -> CaseStudy:
    """A draft of `by`, made of these posts, each in the part named; everybody else quoted is asked whether she agrees."""
    if not permissions.may_promote(by, thread):
        raise NotNow(_("Only who took part in a thread can make a case study of it."))
    page = case_studies.begin(language, by=by)
    page.title = title
    rows = [_row(page, post, part, by) for post, part in sorted(chosen.items(), key=lambda pair: pair[0].number)]
    for part in quoting.PARTS:
        setattr(page, part, "\n\n".join(quoting.passage(row, by) for row in rows if row.part == part))
    _take_over_concepts(page, thread)
    case_studies.save_draft(page, by=by)
    Quotation.objects.bulk_create(rows)
    for row in rows:
        if row.state == State.ASKED:
            _tell(row, row.person_id, by)
    if thread.promoted_to is None or not thread.promoted_to.live:
        thread.promoted_to = page
        thread.save(update_fields=["promoted_to", "changed_at"])
    logbook.note("case study begun", thread, by=by, group=thread.group, case_study=page.pk)
    return page


def _row(page: CaseStudy, post: Post, part: str, by: User) -> Quotation:
    is_own = post.author_id == by.pk
    return Quotation(
        case_study=page,
        post=post,
        person=post.author,
        part=part,
        words=quoting.words_of(post),
        state=State.OWN if is_own else State.ASKED,
        answered_at=timezone.now() if is_own else None,
    )


def _take_over_concepts(page: CaseStudy, thread: Thread) -> None:
    """What the thread is about; factors are suggested, for their role is the author's to say."""
    concepts = list(thread.concepts.select_related("scheme"))
    for scheme, field in FIELDS.items():
        setattr(page, field, [one for one in concepts if one.scheme.notation == scheme])
    page.suggestions = [Suggestion(concept=one) for one in concepts if one.scheme.notation == "factor"]


@transaction.atomic
def answer(quotation: Quotation, agrees: bool, *, by: User) -> None:
    """By who is quoted, whenever she likes: she may take back what she agreed to, and agree to what she refused."""
    quotation = Quotation.objects.select_for_update(of=("self",)).select_related("case_study").get(pk=quotation.pk)
    if quotation.person_id != by.pk or quotation.state == State.OWN:
        raise NotNow(_("Only who wrote these words can say so."))
    state = State.GIVEN if agrees else State.WITHDRAWN if quotation.state == State.GIVEN else State.REFUSED
    if state == quotation.state or (not agrees and quotation.state == State.WITHDRAWN):
        return
    quotation.state, quotation.answered_at = state, timezone.now()
    quotation.save(update_fields=["state", "answered_at"])
    if not agrees:
        _fetch_back(quotation.case_study)
    if not quotation.dropped_at:
        _tell(quotation, quotation.case_study.owner_id, by)


def _fetch_back(page: CaseStudy) -> None:
    """From the editors' desk: what lies there must not be published as it is."""
    if page.owner is not None:
        with suppress(case_studies.ActionRefused):
            case_studies.take_back(page, by=page.owner)


@transaction.atomic
def drop(quotation: Quotation, *, by: User) -> None:
    """The words are out of the text; it needs no consent any more."""
    if quotation.case_study.owner_id != by.pk:
        raise NotNow(_("Only the author of the case study can say so."))
    if words := quoting.still_there(quotation):
        raise NotNow(
            _("These words are still in the text: “%(words)s”. Take them out, save, then try again.") % {"words": words}
        )
    quotation.dropped_at = timezone.now()
    quotation.save(update_fields=["dropped_at"])


@transaction.atomic
def forget(post: Post) -> None:
    """A post that is gone asks nobody any more: what was not agreed to is not agreed to."""
    for row in post.quotations.filter(state=State.ASKED, dropped_at=None).select_related("case_study"):
        row.state, row.answered_at = State.REFUSED, timezone.now()
        row.save(update_fields=["state", "answered_at"])
        _tell(row, row.case_study.owner_id, None)


@transaction.atomic
def tell_of_publication(page: CaseStudy) -> None:
    """Everybody quoted hears that it can be read."""
    for row in Quotation.objects.of(page).filter(state=State.GIVEN).select_related("post__thread"):
        _tell(row, row.person_id, page.owner, "published")


@transaction.atomic
def unname(person: User) -> None:
    """She is erased: what she agreed to stays under no name, what she had not answered is refused."""
    rows = Quotation.objects.filter(person=person)
    rows.filter(state=State.ASKED).update(state=State.REFUSED, answered_at=timezone.now())
    quoting_her = rows.exclude(state=State.OWN).values("case_study__translation_key")
    for page in CaseStudy.objects.filter(translation_key__in=quoting_her):
        _unsign(page, person)
    rows.update(person=None)


def _unsign(page: CaseStudy, person: User) -> None:
    """In the page and in what is being written of it."""
    signed, unsigned = quoting.signature(person), quoting.signature("…")
    for name in TEXTS:
        setattr(page, name, getattr(page, name).replace(signed, unsigned))
    page.save()
    latest = page.get_latest_revision()
    if latest is not None:
        latest.content |= {name: latest.content.get(name, "").replace(signed, unsigned) for name in TEXTS}
        latest.save(update_fields=["content"])


def _tell(row: Quotation, person: int | None, actor: User | None, state: str = "") -> None:
    if person is None:
        return
    key = f"quotation:{row.pk}:{state or row.state}"
    about = {"thread": row.post.thread, "post": row.post}
    tell([person], Notification.Reason.CONSENT, Happening(key, actor, about))
