"""What the editors' desk knows of case studies: their log entries, who may fetch a file, organisations as snippets."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from practices import obstacles, permissions
from practices.models import Attachment, CaseStudy, Organisation


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    actions.register_action("practices.withdraw", _("Withdraw"), _("Withdrawn"))
    actions.register_action("practices.restore", _("Restore"), _("Restored after a withdrawal"))


@hooks.register("register_page_header_buttons")
def header_buttons(page, user, view_name, next_url=None) -> Iterator[Button]:
    """To the writing form, where suggestions from the text are taken up, and to what the admin's own menu can't do."""
    if not isinstance(page, CaseStudy):
        return
    if permissions.may_withdraw(user, page):
        yield _button(_("Withdraw"), "withdraw_case_study", page, "warning", 61)
    if permissions.may_restore(user, page):
        yield _button(_("Restore"), "edit_case_study", page, "undo", 61)
    elif permissions.may_edit(user, page):
        yield _button(_("Your case study"), "edit_case_study", page, "edit", 11)
        yield _button(_("Suggested from the text"), "deepen_case_study", page, "tag", 12)


def _button(label, name: str, page: CaseStudy, icon: str, priority: int) -> Button:
    return Button(label, reverse(name, args=[page.pk]), icon_name=icon, priority=priority)


@hooks.register("before_publish_page")
def nothing_stands_in_the_way(request, page):
    """Published from the admin it must fulfil what it must when it is sent to the editors."""
    found = obstacles.before(page) if isinstance(page, CaseStudy) else []
    if not found:
        return None
    for one in found:
        messages.error(request, one.message)
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_serve_document")
def only_with_a_visible_case_study(document, request) -> None:
    """A file of a case study is there for those who may read the case study, its author and editors; else it is not there."""
    attached = list(Attachment.objects.filter(document=document).values_list("page_id", flat=True))
    if CaseStudy.objects.visible_to(request.user).filter(pk__in=attached).exists():
        return
    if document.uploaded_by_user_id and document.uploaded_by_user_id == request.user.pk:
        return
    if request.user.has_perm("wagtailadmin.access_admin"):
        return
    if attached or document.uploaded_by_user_id:
        raise Http404


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "group"
    list_display = ["name", "type", "country", "city"]
    search_fields = ["name", "city", "pic", "ror"]
    add_to_admin_menu = True


register_snippet(OrganisationViewSet)
