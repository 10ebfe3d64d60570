"""Members in the editors' admin: known by address and name, without a user name."""

from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm

from people.forms import NameField
from people.models import User

FIELDS = ["email", "name", "role", "organisation", "language", "is_superuser", "groups"]


class _WithoutUserName:
    """Wagtail's forms ask for a first and a last name; our members have one name to show."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name in ("first_name", "last_name"):
            del self.fields[name]

    def clean_email(self) -> str:
        return User.objects.normalize_email(self.cleaned_data["email"]).lower()


class MemberCreationForm(_WithoutUserName, UserCreationForm):
    name = NameField()
    error_messages = {**UserCreationForm.error_messages, "duplicate_username": _("A member has this address already.")}

    class Meta(UserCreationForm.Meta):
        fields = FIELDS

    def save(self, commit=True):
        """She signs in with a code sent to her address, and may set a password then."""
        self.instance.set_unusable_password()
        return super().save(commit)


class MemberEditForm(_WithoutUserName, UserEditForm):
    name = NameField()
    error_messages = MemberCreationForm.error_messages

    class Meta(UserEditForm.Meta):
        fields = [*FIELDS, "is_active"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["email"].disabled = True  # changed by herself alone, who has to confirm it
