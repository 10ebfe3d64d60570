"""Groups and who belongs to them."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.groups.querysets import GroupQuerySet, MembershipQuerySet
from portal.languages import LANGUAGES

LONGEST_TITLE = 120


class Group(models.Model):
    class Kind(models.TextChoices):
        COMMUNITY = "community", _("Community")
        SQUAD = "squad", _("Squad")
        ALLIANCE = "alliance", _("Alliance")

    class Access(models.TextChoices):
        OPEN = "open", _("Open: everybody reads, every member may join")
        REQUEST = "request", _("On request: members read, a moderator lets people in")
        INVITED = "invited", _("Invited: members read, people join by invitation")
        HIDDEN = "hidden", _("Hidden: only members know of it")

    class State(models.TextChoices):
        ACTIVE = "active", _("Active")
        ARCHIVED = "archived", _("Archived: to read only")
        CLOSED = "closed", _("Closed")

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    kind = models.CharField(_("type"), max_length=10, choices=Kind.choices, default=Kind.COMMUNITY)
    access = models.CharField(_("access"), max_length=10, choices=Access.choices, default=Access.OPEN)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ACTIVE)
    title = models.CharField(_("name"), max_length=LONGEST_TITLE)
    language = models.CharField(_("language of these texts"), max_length=12, choices=LANGUAGES)
    aim = models.TextField(_("aim"), max_length=2000)
    guidelines = models.TextField(_("guidelines"), max_length=5000, blank=True)
    welcome = models.TextField(_("welcome to new members"), max_length=2000, blank=True)
    languages = models.JSONField(_("languages of the group"), default=list, blank=True)
    concepts = models.ManyToManyField(
        "vocabularies.Concept", blank=True, related_name="+", verbose_name=_("topics, factors, levels and countries")
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    ended_at = models.DateTimeField(_("archived or closed"), null=True, blank=True)

    # A squad: few people, a date, a result.
    places = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    due_on = models.DateField(_("deadline"), null=True, blank=True)
    takes_observers = models.BooleanField(_("others may follow as observers"), default=True)
    deliverable_title = models.CharField(_("title of the deliverable"), max_length=LONGEST_TITLE, blank=True)
    deliverable = models.TextField(_("deliverable"), max_length=20_000, blank=True)
    delivered_at = models.DateTimeField(_("deliverable published"), null=True, blank=True)
    case_studies = models.ManyToManyField(
        "practices.CaseStudy", blank=True, related_name="+", verbose_name=_("case studies the deliverable builds on")
    )

    # An alliance: organisations of two or more countries.
    organisations = models.ManyToManyField(
        "practices.Organisation", blank=True, related_name="alliances", verbose_name=_("organisations")
    )

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        permissions = [("moderate", "Can moderate the whole community")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("group", kwargs={"slug": self.slug})

    @property
    def search_key(self) -> str:
        return f"group:{self.pk}"

    @property
    def audience(self) -> str:
        """Whose word opens what only members read."""
        return f"circle:{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.access == self.Access.OPEN

    @property
    def is_active(self) -> bool:
        return self.state == self.State.ACTIVE


class Membership(models.Model):
    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        MODERATOR = "moderator", _("Moderator")
        MEMBER = "member", _("Member")
        OBSERVER = "observer", _("Observer")

    class State(models.TextChoices):
        ACTIVE = "active", _("Member")
        ASKED = "asked", _("Asked to join")
        INVITED = "invited", _("Invited")
        WAITING = "waiting", _("On the waiting list")
        ENDED = "ended", _("Left")
        REFUSED = "refused", _("Not let in")
        REMOVED = "removed", _("Removed")

    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.MEMBER)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ACTIVE)
    is_listed = models.BooleanField(_("show me in the list of members"), default=True)
    note = models.CharField(_("why I would like to join"), max_length=500, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    since = models.DateTimeField(_("since"), auto_now_add=True)  # of the state: the waiting list keeps its order
    joined_at = models.DateTimeField(_("joined"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["group", "person"], name="membership_once")]
        indexes = [models.Index(fields=["person", "state"]), models.Index(fields=["group", "state", "since"])]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")

    def __str__(self) -> str:
        return f"{self.person} · {self.group}"

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.ENDED, self.State.REFUSED, self.State.REMOVED)


class Pin(models.Model):
    """Kept on top of a group's page: one of its threads, an event, or a case study."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="pins")
    thread = models.ForeignKey("community.Thread", models.CASCADE, null=True, blank=True, related_name="+")
    event = models.ForeignKey("community.Event", models.CASCADE, null=True, blank=True, related_name="+")
    case_study = models.ForeignKey("practices.CaseStudy", models.CASCADE, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.thread or self.event or self.case_study)
