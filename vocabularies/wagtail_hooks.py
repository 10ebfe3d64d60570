"""Concept schemes at the editors' desk: to look at. They are changed by loading a file, so that versions stay true."""

from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from vocabularies.models import ConceptScheme


class ReadOnly(ModelPermissionPolicy):
    def user_has_permission(self, user, action) -> bool:
        return action == "view" and user.has_perm("wagtailadmin.access_admin")

    def user_has_any_permission(self, user, actions) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class ConceptSchemeViewSet(SnippetViewSet):
    model = ConceptScheme
    icon = "list-ul"
    list_display = ["__str__", "notation", "version", "changed_at"]
    inspect_view_enabled = True
    inspect_view_fields = ["notation", "uri", "version", "changed_at"]
    copy_view_enabled = False
    add_to_admin_menu = True


register_permission_policy(ConceptScheme, ReadOnly(ConceptScheme))
register_snippet(ConceptSchemeViewSet)
