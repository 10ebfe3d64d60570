"""Reading threads and posts, and who may see which: the one rule for pages, lists, search, feeds, mails and exports."""

from datetime import timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

STANDING = ("open", "closed")
ASKING = ("question", "clinic")


class ThreadQuerySet(QuerySet):
    def standing(self) -> "ThreadQuerySet":
        """Neither held, hidden, deleted nor merged into another."""
        return self.filter(state__in=STANDING, merged_into=None)

    def visible_to(self, viewer) -> "ThreadQuerySet":
        """Standing threads in groups the viewer may read, below case studies she may read, or in nobody's group."""
        from community.models import Group
        from practices.models import CaseStudy

        readable = Group.objects.readable_by(viewer).values("pk")
        studies = CaseStudy.objects.visible_to(viewer).values("pk")
        return self.standing().filter(
            Q(group=None) | Q(group__in=readable), Q(case_study=None) | Q(case_study__in=studies)
        )

    def asking(self) -> "ThreadQuerySet":
        return self.filter(kind__in=ASKING)

    def unanswered(self) -> "ThreadQuerySet":
        """Open questions and clinics nobody but their author has answered, the oldest last."""
        return self.asking().filter(state="open", first_answer_at=None)

    def unanswered_for(self, age: timedelta) -> "ThreadQuerySet":
        return self.unanswered().filter(created_at__lte=timezone.now() - age)

    def about(self, concept) -> "ThreadQuerySet":
        return self.filter(concepts=concept)

    def in_languages(self, languages) -> "ThreadQuerySet":
        return self.filter(language__in=languages)

    def for_lists(self) -> "ThreadQuerySet":
        return self.select_related("author", "group", "case_study__locale", "accepted").prefetch_related(
            "concepts__scheme"
        )


class PostQuerySet(QuerySet):
    def shown(self) -> "PostQuerySet":
        return self.filter(state="shown")

    def visible_to(self, viewer) -> "PostQuerySet":
        """Shown posts of threads the viewer may see."""
        from community.models import Thread

        return self.shown().filter(thread__in=Thread.objects.visible_to(viewer).values("pk"))

    def for_reading(self) -> "PostQuerySet":
        """With author, files and reactions; a constant number of queries."""
        from community.models import PostFile, Reaction

        return self.select_related("author", "author__country", "reply_to__author").prefetch_related(
            Prefetch("files", queryset=PostFile.objects.select_related("image", "document")),
            Prefetch("reactions", queryset=Reaction.objects.select_related("person")),
        )
