"""Where allauth leads people, and in which language."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import get_language, override


class Adapter(DefaultAccountAdapter):
    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the home page in the member's language, or the one she is reading."""
        return f"/{request.user.language or get_language()}/"

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return f"/{get_language()}/"

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """A member reads her mails in her language, whoever caused them."""
        person = context.get("user")
        with override(getattr(person, "language", "") or get_language()):
            super().send_mail(template_prefix, email, context)
