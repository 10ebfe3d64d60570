"""The home of the community: what moves, what waits for an answer; and its feed."""

from dataclasses import replace

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.models import Event, Group, Post, Thread
from community.threads import lists
from portal import languages, own_address
from portal.feeds import AtomFeed

FEED = 30


@require_safe
def discuss(request: HttpRequest) -> HttpResponse:
    asked = lists.Asked.of(request.GET, request.user)
    page = lists.page_for(request.user, asked, request.GET.get("page"))
    views = (
        lists.VIEWS if request.user.is_authenticated else {name: lists.VIEWS[name] for name in ("all", "unanswered")}
    )
    context = {
        "asked": asked,
        "page": page,
        "threads": page.object_list,
        "tabs": [(label, asked.with_(view=name), asked.view == name) for name, label in views.items()],
        "kind_choices": [(value, label, asked.kind == value) for value, label in _kinds()],
        "language_choices": _language_choices(asked),
        "concept": lists.concept_of(asked.concept),
        "without_concept": asked.with_(concept=""),
        "groups": Group.objects.visible_to(request.user).active().for_cards().order_by("-member_count", "title")[:6],
        "events": Event.objects.visible_to(request.user).coming().for_cards()[:4],
    }
    return render(request, "community/threads/discuss.html", context)


def _kinds() -> list[tuple[str, str]]:
    return [("", _("All kinds")), *Thread.Kind.choices]


def _language_choices(asked: lists.Asked) -> list[tuple[str, str, bool]]:
    """Only languages somebody writes in."""
    written = Thread.objects.visible_to(None).order_by().values_list("language", flat=True).distinct()
    rows = [("", _("All languages")), *((code, languages.NAMES[code]) for code in sorted(written))]
    return [(code, label, asked.language == code) for code, label in rows]


class Latest(Feed):
    """New threads everybody may read, filtered as the list is."""

    feed_type = AtomFeed

    def get_object(self, request: HttpRequest):
        """The list asked for, and the group where it is one group's."""
        slug = request.GET.get("group")
        group = get_object_or_404(Group.objects.visible_to(None), slug=slug) if slug else None
        return replace(lists.Asked.of(request.GET, request.user), group=slug or ""), group

    def title(self, of) -> str:
        _asked, group = of
        return f"{settings.WAGTAIL_SITE_NAME}: " + (group.title if group else _("Discuss"))

    def link(self, of) -> str:
        asked, group = of
        return group.get_absolute_url() if group else reverse("discuss") + asked.with_()

    def items(self, of):
        asked, _group = of
        threads = list(lists.threads_for(None, asked).order_by("-created_at", "-pk")[:FEED])
        openings = Post.objects.filter(thread__in=threads, number=1, state=Post.State.SHOWN)
        htmls = dict(openings.values_list("thread", "html"))
        for thread in threads:
            thread.opening_html = htmls.get(thread.pk, "")
        return threads

    def item_title(self, item: Thread) -> str:
        return item.title

    def item_description(self, item: Thread) -> str:
        return item.opening_html

    def item_pubdate(self, item: Thread):
        return item.created_at

    def item_updateddate(self, item: Thread):
        return item.last_post_at

    def item_link(self, item: Thread) -> str:
        return item.get_absolute_url()

    def item_extra_kwargs(self, item: Thread) -> dict:
        return {"language": item.language}

    def item_guid(self, item: Thread) -> str:
        return own_address.absolute(f"/thread/{item.pk}")

    item_guid_is_permalink = False


def feed(request: HttpRequest) -> HttpResponse:
    """What everybody may read, whoever fetches it."""
    request.user = AnonymousUser()
    return Latest()(request)
