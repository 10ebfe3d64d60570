"""What the editors' desk knows of case studies: their log entries, who may fetch a file, organisations as snippets."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from practices.models import Attachment, CaseStudy, Organisation


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    actions.register_action("practices.withdraw", _("Withdraw"), _("Withdrawn"))
    actions.register_action("practices.restore", _("Restore"), _("Restored after a withdrawal"))


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
