"""Threads, posts and what belongs to a post."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.threads.querysets import PostQuerySet, ThreadQuerySet
from portal.languages import LANGUAGES

PERSON = settings.AUTH_USER_MODEL
LONGEST_TITLE, LONGEST_POST = 150, 20_000  # characters
FIRST_ANSWER = timedelta(hours=72)  # promised to who brings a case to a clinic


class Thread(models.Model):
    class Kind(models.TextChoices):
        DISCUSSION = "discussion", _("Discussion")
        QUESTION = "question", _("Question")
        CLINIC = "clinic", _("Clinic")
        WRITTEN = "written", _("Written discussion")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed: to read only")
        HELD = "held", _("Waiting for a moderator")
        HIDDEN = "hidden", _("Hidden by a moderator")
        DELETED = "deleted", _("Deleted by its author")

    kind = models.CharField(_("type"), max_length=10, choices=Kind.choices, default=Kind.DISCUSSION)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    language = models.CharField(_("language"), max_length=12, choices=LANGUAGES)
    group = models.ForeignKey("community.Group", models.PROTECT, null=True, blank=True, related_name="threads")
    case_study = models.ForeignKey(
        "practices.CaseStudy", models.SET_NULL, null=True, blank=True, related_name="threads"
    )  # the original, whichever language it was read in
    author = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="threads")
    concepts = models.ManyToManyField(
        "vocabularies.Concept", blank=True, related_name="+", verbose_name=_("topics, factors, levels and countries")
    )
    created_at = models.DateTimeField(_("begun"))
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    last_post_at = models.DateTimeField(_("last post"), db_index=True)
    post_count = models.PositiveIntegerField(_("posts"), default=0)  # shown ones
    last_number = models.PositiveIntegerField(default=0)
    first_answer_at = models.DateTimeField(_("first answer by another person"), null=True, blank=True)
    accepted = models.ForeignKey("community.Post", models.SET_NULL, null=True, blank=True, related_name="+")
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="merged")

    # A clinic: context beside the question, one expert, an outcome.
    situation = models.TextField(_("situation"), max_length=3000, blank=True)
    tried = models.TextField(_("what was tried"), max_length=3000, blank=True)
    constraints = models.TextField(_("what can't be changed"), max_length=3000, blank=True)
    expert = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="clinics")
    clinic_outcome = models.TextField(_("what became of it"), max_length=3000, blank=True)

    # A written discussion: a host, a beginning and an end, a summary.
    host = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    summary_at = models.DateTimeField(_("summary published"), null=True, blank=True)

    # What was learnt: the case study written from it.
    promoted_to = models.ForeignKey(
        "practices.CaseStudy", models.SET_NULL, null=True, blank=True, related_name="learnt_from"
    )

    objects = ThreadQuerySet.as_manager()

    class Meta:
        ordering = ["-last_post_at", "-pk"]
        indexes = [
            models.Index(fields=["group", "-last_post_at"]),
            models.Index(fields=["state", "-last_post_at"]),
            models.Index(fields=["case_study", "-last_post_at"]),
        ]
        verbose_name = _("thread")
        verbose_name_plural = _("threads")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("thread", kwargs={"pk": self.pk})

    @property
    def search_key(self) -> str:
        return f"thread:{self.pk}"

    @property
    def wants_an_answer(self) -> bool:
        return self.kind in (self.Kind.QUESTION, self.Kind.CLINIC)

    @property
    def answer_due_at(self) -> datetime | None:
        """Until when a clinic should have its first answer."""
        return self.created_at + FIRST_ANSWER if self.kind == self.Kind.CLINIC else None

    def takes_posts_at(self, moment: datetime) -> bool:
        """A written discussion has its time; other threads always do, while they are open."""
        if self.kind != self.Kind.WRITTEN:
            return True
        return (not self.starts_at or self.starts_at <= moment) and (not self.ends_at or moment < self.ends_at)


class Post(models.Model):
    class State(models.TextChoices):
        SHOWN = "shown", _("Shown")
        HELD = "held", _("Waiting for a moderator")
        HIDDEN = "hidden", _("Hidden by a moderator")
        DELETED = "deleted", _("Deleted by its author")

    class Origin(models.TextChoices):
        WEB = "web", _("Written here")
        MAIL = "mail", _("Sent by mail")

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField(_("number"))  # in its thread, from 1; never given twice
    author = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="posts")
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replies")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.SHOWN)
    language = models.CharField(_("language"), max_length=12, choices=LANGUAGES)
    source = models.TextField(_("text"), max_length=LONGEST_POST)  # Markdown
    html = models.TextField(editable=False)  # safe, made from the source
    created_at = models.DateTimeField(_("posted"))
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    origin = models.CharField(max_length=5, choices=Origin.choices, default=Origin.WEB)
    idempotency_key = models.CharField(
        max_length=64, null=True, blank=True, unique=True
    )  # a form sent twice posts once
    translations = models.JSONField(default=dict, blank=True)  # language -> {"html", "engine", "at", "hash"}

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["thread", "number"]
        constraints = [models.UniqueConstraint(fields=["thread", "number"], name="post_number_once")]
        indexes = [models.Index(fields=["author", "-created_at"]), models.Index(fields=["state", "created_at"])]
        verbose_name = _("post")
        verbose_name_plural = _("posts")

    def __str__(self) -> str:
        return f"{self.thread} #{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("post", kwargs={"pk": self.pk})

    @property
    def anchor(self) -> str:
        return f"post-{self.number}"

    @property
    def is_opening(self) -> bool:
        return self.number == 1


class PostVersion(models.Model):
    """What a post said before it was edited."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="versions")
    source = models.TextField()
    language = models.CharField(max_length=12)
    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    replaced_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.post} {self.replaced_at:%Y-%m-%d}"


class Reaction(models.Model):
    class Kind(models.TextChoices):
        THANKS = "thanks", _("Thanks")
        SAME = "same", _("Same here")
        TRIED = "tried", _("Tried it")

    post = models.ForeignKey(Post, models.CASCADE, related_name="reactions")
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="reactions")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "person", "kind"], name="reaction_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.post}"


class PostFile(models.Model):
    """An image or a document of a post; checked as those of case studies are. It belongs to its uploader until posted."""

    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="files")
    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    image = models.ForeignKey("wagtailimages.Image", models.CASCADE, null=True, blank=True, related_name="+")
    document = models.ForeignKey("wagtaildocs.Document", models.CASCADE, null=True, blank=True, related_name="+")
    alt = models.CharField(_("what the image shows"), max_length=250, blank=True)
    origin = models.CharField(_("where it comes from"), max_length=20, default="own")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.image or self.document)


class Draft(models.Model):
    """What somebody is writing, kept as it is typed. `place` is thread:4, post:17 (an edit) or new:… with its address."""

    person = models.ForeignKey(PERSON, models.CASCADE, related_name="drafts")
    place = models.CharField(max_length=200)
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-saved_at"]
        constraints = [models.UniqueConstraint(fields=["person", "place"], name="draft_once_per_place")]

    def __str__(self) -> str:
        return self.place


class ReadingPlace(models.Model):
    """How far a person has read a thread."""

    person = models.ForeignKey(PERSON, models.CASCADE, related_name="reading_places")
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="reading_places")
    number = models.PositiveIntegerField(default=0)  # of the last post seen
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "thread"], name="reading_place_once")]

    def __str__(self) -> str:
        return f"{self.thread} {self.number}"


class SummaryPoint(models.Model):
    """One sentence of the summary of a written discussion, with the post behind it."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="summary_points")
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    sentence = models.CharField(_("sentence"), max_length=500)
    language = models.CharField(max_length=12, choices=LANGUAGES)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.sentence
