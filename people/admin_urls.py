"""Pages of the admin that ours stand in for; the rest is Wagtail's."""

from django.urls import path
from wagtail.admin.auth import require_admin_access

from people import admin_views

urlpatterns = [
    path("login/", admin_views.sign_in, name="admin_sign_in"),
    path("account/", require_admin_access(admin_views.Account.as_view()), name="admin_account"),
]
