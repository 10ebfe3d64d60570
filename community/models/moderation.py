"""Flags, notices, decisions with their reasons, suspensions, and the log of all of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PERSON = settings.AUTH_USER_MODEL


class About(models.Model):
    """What it is about: exactly one of these."""

    post = models.ForeignKey("community.Post", models.SET_NULL, null=True, blank=True, related_name="+")
    thread = models.ForeignKey("community.Thread", models.SET_NULL, null=True, blank=True, related_name="+")
    group = models.ForeignKey("community.Group", models.SET_NULL, null=True, blank=True, related_name="+")
    event = models.ForeignKey("community.Event", models.SET_NULL, null=True, blank=True, related_name="+")
    offer = models.ForeignKey("community.Offer", models.SET_NULL, null=True, blank=True, related_name="+")
    person = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def target(self):
        return self.post or self.thread or self.group or self.event or self.offer or self.person


class Case(About):
    """Something for the moderators to look at."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        TAKEN = "taken", _("Being looked at")
        UPHELD = "upheld", _("Something was done")
        DISMISSED = "dismissed", _("Nothing was done")

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    handler = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")
    decision = models.ForeignKey("community.Decision", models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class Ground(models.TextChoices):
    ILLEGAL = "illegal", _("Against the law")
    PERSONAL_DATA = "personal-data", _("Personal data, or pupils can be recognised")
    COPYRIGHT = "copyright", _("Somebody else's work, used without permission")
    HARASSMENT = "harassment", _("Harassment or hatred")
    SPAM = "spam", _("Advertising or spam")
    WRONG = "wrong", _("False or misleading")
    OFF_TOPIC = "off-topic", _("Not what this place is for")
    OTHER = "other", _("Something else")


class Flag(Case):
    """A member's word to the moderators, or what the portal itself held back for them: that is by nobody."""

    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="flags")
    is_automatic = models.BooleanField(_("held back by the portal itself"), default=False)
    ground = models.CharField(_("reason"), max_length=15, choices=Ground.choices)
    text = models.TextField(_("what is wrong"), max_length=2000, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["state", "at"])]
        verbose_name = _("flag")
        verbose_name_plural = _("flags")

    def __str__(self) -> str:
        return f"{self.get_ground_display()}: {self.target}"


class Notice(Case):
    """Notice by anybody, member or not, of something illegal (Digital Services Act, Article 16)."""

    address = models.CharField(_("address of the page"), max_length=500)
    ground = models.CharField(_("reason"), max_length=15, choices=Ground.choices, default=Ground.ILLEGAL)
    explanation = models.TextField(_("why it is illegal"), max_length=5000)
    name = models.CharField(_("your name"), max_length=120, blank=True)
    email = models.EmailField(_("your e-mail address"), blank=True)
    language = models.CharField(max_length=12, default="en")
    good_faith = models.BooleanField(_("to the best of my knowledge this is true and complete"), default=False)
    receipt = models.CharField(max_length=32, unique=True)  # who sent it may ask with this what became of it
    answer = models.TextField(_("answer"), max_length=5000, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["state", "at"])]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")

    def __str__(self) -> str:
        return self.address


class Decision(About):
    """What the moderators did to something, and why: a statement of reasons (Article 17), open to a complaint (Article 20)."""

    class Measure(models.TextChoices):
        HIDE = "hide", _("hidden")
        RESTORE = "restore", _("shown again")
        CLOSE = "close", _("closed")
        REOPEN = "reopen", _("opened again")
        MOVE = "move", _("moved")
        SPLIT = "split", _("split")
        MERGE = "merge", _("merged")
        EDIT = "edit", _("title or topics changed")
        SUSPEND = "suspend", _("account suspended")
        LIFT = "lift", _("suspension lifted")
        NONE = "none", _("left as it is")

    class Complaint(models.TextChoices):
        NONE = "", _("no complaint")
        WAITING = "waiting", _("complaint waiting")
        UPHELD = "upheld", _("complaint upheld: the decision was changed")
        REJECTED = "rejected", _("complaint rejected: the decision stands")

    measure = models.CharField(_("measure"), max_length=8, choices=Measure.choices)
    ground = models.CharField(_("reason"), max_length=15, choices=Ground.choices)
    facts = models.TextField(_("facts and reasons"), max_length=3000)
    rule = models.CharField(_("law or rule it rests on"), max_length=300, blank=True)
    is_automatic = models.BooleanField(_("found by automatic means"), default=False)
    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    affects = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="decisions")  # who is told
    at = models.DateTimeField(default=timezone.now)
    complaint_state = models.CharField(max_length=8, choices=Complaint.choices, default=Complaint.NONE, blank=True)
    complaint = models.TextField(_("complaint"), max_length=5000, blank=True)
    complained_at = models.DateTimeField(null=True, blank=True)
    complaint_answer = models.TextField(_("answer to the complaint"), max_length=5000, blank=True)
    complaint_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")  # who answered it

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        return f"{self.get_measure_display()}: {self.target}"


class Suspension(models.Model):
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="suspensions")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    until = models.DateTimeField(_("until"), null=True, blank=True)  # empty: until it is lifted
    lifted_at = models.DateTimeField(null=True, blank=True)
    hidden = models.JSONField(default=dict, blank=True)  # what was hidden with it and comes back: {"post": [...], ...}

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.person)


class Barrier(models.Model):
    """One member keeps another away: muted is not shown to her; blocked can neither answer, mention nor write to her."""

    class Kind(models.TextChoices):
        MUTE = "mute", _("Muted")
        BLOCK = "block", _("Blocked")

    by = models.ForeignKey(PERSON, models.CASCADE, related_name="barriers")
    against = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "against"], name="barrier_once")]

    def __str__(self) -> str:
        return f"{self.by} · {self.against}"


class LogEntry(models.Model):
    """Who did what to what in groups and moderation. Never changed."""

    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    action = models.CharField(max_length=40)
    about = models.CharField(max_length=60)  # thread:4
    group = models.ForeignKey("community.Group", models.CASCADE, null=True, blank=True, related_name="log")
    data = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["about", "-at"])]
        verbose_name = _("log entry")
        verbose_name_plural = _("log entries")

    def __str__(self) -> str:
        return f"{self.action} {self.about}"

    def save(self, *args, **options) -> None:
        if not self._state.adding:
            raise TypeError("What happened is not rewritten.")
        super().save(*args, **options)


class FormerPlace(models.Model):
    """Where a post stood before it was moved into another thread: links and quotes by number still find it."""

    thread = models.ForeignKey("community.Thread", models.CASCADE, related_name="former_places")
    number = models.PositiveIntegerField()
    post = models.ForeignKey("community.Post", models.CASCADE, related_name="former_places")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "number"], name="former_place_once")]

    def __str__(self) -> str:
        return f"{self.thread_id} #{self.number}"
