"""Where allauth leads people, and in which language."""

from allauth.account.adapter import DefaultAccountAdapter
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils.translation import get_language, override

from people import letters


class _Kept(EmailMessage):
    def send(self, fail_silently=False) -> None:
        for address in self.to:
            letters.post(address, self.subject, self.body)


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

    def render_mail(self, *args, **kwargs) -> EmailMessage:
        """As text, and kept until the mail server takes it: who joins while that is away is not turned back."""
        mail = super().render_mail(*args, **kwargs)
        return _Kept(mail.subject, mail.body, to=mail.to)
