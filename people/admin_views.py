"""The editors' admin without passwords of its own: sign-in, account page and list of members."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.account import AccountView, NameEmailSettingsPanel
from wagtail.users.views.users import DeleteView, IndexView, UserViewSet

from people import actions
from people.admin_forms import MemberCreationForm, MemberEditForm


def sign_in(request: HttpRequest) -> HttpResponse:
    """One door for everybody: the one with second factors and limits."""
    then = get_valid_next_url_from_request(request) or reverse("wagtailadmin_home")
    if not request.user.is_authenticated:
        return redirect_to_login(then, login_url=reverse("account_login"))
    if request.user.has_perm("wagtailadmin.access_admin"):
        return redirect(then)
    raise PermissionDenied  # sending her to the door again would send her round in a circle


def sign_in_to_private_page(request: HttpRequest) -> HttpResponse:
    """Wagtail sends everybody here who may not read a page."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(get_valid_next_url_from_request(request) or "/", login_url=reverse("account_login"))


class Account(AccountView):
    """Name, address and password are changed on the member's own pages."""

    def get_panels(self):
        return [panel for panel in super().get_panels() if not isinstance(panel, NameEmailSettingsPanel)]


class MemberIndex(IndexView):
    search_fields = ["email", "name", "organisation"]


class MemberDelete(DeleteView):
    def delete_action(self):
        actions.delete_account(self.object)


class MemberViewSet(UserViewSet):
    index_view_class = MemberIndex
    delete_view_class = MemberDelete

    def get_form_class(self, for_update=False):
        return MemberEditForm if for_update else MemberCreationForm
