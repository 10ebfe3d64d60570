"""Members: one user model from the first migration, known by e-mail address."""

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.languages import LANGUAGES


class UserManager(BaseUserManager):
    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        if not email:
            raise ValueError("A member needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email__iexact=email)


class User(AbstractUser):
    class Role(models.TextChoices):
        EDUCATOR = "educator", _("Educator")
        SCHOOL_LEADER = "school-leader", _("School leader")
        TRAINER = "trainer", _("Trainer")
        RESEARCHER = "researcher", _("Researcher")
        POLICY_OFFICER = "policy-officer", _("Policy officer")
        OTHER = "other", _("Other")

    username = None
    first_name = None
    last_name = None
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name to show"), max_length=80, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, blank=True)
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    country = models.ForeignKey(
        "vocabularies.Concept",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"scheme__notation": "country"},
        verbose_name=_("country of the organisation"),
    )
    language = models.CharField(_("language of the portal and of mails"), max_length=12, choices=LANGUAGES, blank=True)
    languages = models.JSONField(_("languages I read and write"), default=list, blank=True)
    interests = models.ManyToManyField(
        "vocabularies.Concept", blank=True, related_name="+", verbose_name=_("interests")
    )
    adult_confirmed_at = models.DateTimeField(_("confirmed to be an adult"), null=True, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    objects = UserManager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")

    def __str__(self) -> str:
        return self.name or _("Member")

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name or self.email

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.split()[:2]).upper() or "·"


class Letter(models.Model):
    """A mail that must arrive and has not been taken by the mail server yet."""

    to = models.EmailField()
    subject = models.CharField(max_length=250)
    body = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)
    held_until = models.DateTimeField(db_index=True)  # by who is sending it now, or until it is tried again
    failures = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.subject
