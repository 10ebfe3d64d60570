"""What a person wants to hear of, and what she was told."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PERSON = settings.AUTH_USER_MODEL


class Attention(models.Model):
    """One person's choices; without a row, the defaults here."""

    class Digest(models.TextChoices):
        NONE = "none", _("Never")
        DAILY = "daily", _("Daily")
        WEEKLY = "weekly", _("Weekly")

    person = models.OneToOneField(PERSON, models.CASCADE, related_name="attention")
    takes_questions = models.BooleanField(
        _("ask me questions I may be able to answer, at most two a week"), default=False
    )
    mails_at_once = models.BooleanField(_("mail me at once when somebody answers or mentions me"), default=True)
    digest = models.CharField(_("digest of the rest"), max_length=8, choices=Digest.choices, default=Digest.WEEKLY)
    digested_until = models.DateTimeField(default=timezone.now)
    failures = models.PositiveSmallIntegerField(default=0)  # mails in a row that weren't taken
    held_until = models.DateTimeField(null=True, blank=True)  # by who is mailing her now, or until it is tried again

    def __str__(self) -> str:
        return str(self.person)


class Watch(models.Model):
    """How closely a person follows something: thread:4, group:2, concept:<pk>, practice:<translation key>."""

    class Level(models.TextChoices):
        WATCHING = "watching", _("Watching: every post")
        TRACKING = "tracking", _("Tracking: in the digest")
        NORMAL = "normal", _("Normal: when I am meant")
        MUTED = "muted", _("Muted: nothing")

    person = models.ForeignKey(PERSON, models.CASCADE, related_name="watches")
    topic = models.CharField(max_length=80)
    level = models.CharField(max_length=8, choices=Level.choices)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="watch_once")]
        indexes = [models.Index(fields=["topic", "level"])]

    def __str__(self) -> str:
        return f"{self.topic} {self.level}"


class Notification(models.Model):
    """Something one person should hear of. What it is about is looked up, and may be seen, only when it is shown or mailed."""

    class Reason(models.TextChoices):
        REPLY = "reply", _("answered you")
        MENTION = "mention", _("mentioned you")
        QUOTE = "quote", _("quoted you")
        ACCEPTED = "accepted", _("accepted your answer")
        ASKED = "asked", _("a question you may be able to answer")
        POSTED = "posted", _("a new post in what you watch")
        OPENED = "opened", _("a new thread in what you watch")
        THANKED = "thanked", _("thanked you")
        MEMBERSHIP = "membership", _("about your membership of a group")
        MODERATION = "moderation", _("a decision of the moderators")
        CONSENT = "consent", _("asks to quote you in a case study")
        EVENT = "event", _("about an event you registered for")
        CONTACT = "contact", _("wrote to you about your offer")
        EXPIRES = "expires", _("your offer ends soon")
        ESCALATED = "escalated", _("a question without an answer")

    class Delivery(models.TextChoices):
        NOW = "now", _("by mail at once")
        DIGEST = "digest", _("in the digest")
        SITE = "site", _("on the site only")

    person = models.ForeignKey(PERSON, models.CASCADE, related_name="notifications")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    delivery = models.CharField(max_length=6, choices=Delivery.choices, default=Delivery.DIGEST)
    key = models.CharField(max_length=120)  # of what happened: nobody is told the same thing twice
    actor = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    thread = models.ForeignKey("community.Thread", models.CASCADE, null=True, blank=True, related_name="+")
    post = models.ForeignKey("community.Post", models.CASCADE, null=True, blank=True, related_name="+")
    group = models.ForeignKey("community.Group", models.CASCADE, null=True, blank=True, related_name="+")
    event = models.ForeignKey("community.Event", models.CASCADE, null=True, blank=True, related_name="+")
    offer = models.ForeignKey("community.Offer", models.CASCADE, null=True, blank=True, related_name="+")
    decision = models.ForeignKey("community.Decision", models.CASCADE, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notified_once")]
        indexes = [
            models.Index(fields=["person", "read_at", "-at"]),
            models.Index(fields=["delivery", "mailed_at", "person"]),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.reason}"


class MailedReply(models.Model):
    """A mail that came in as a reply: kept by its Message-ID, so that it posts once."""

    message_id = models.CharField(max_length=255, unique=True)
    person = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    post = models.ForeignKey("community.Post", models.SET_NULL, null=True, related_name="+")
    refused_because = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.message_id
