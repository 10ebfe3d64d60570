"""The search page, its live results, suggestions and feeds."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import push_url, replace_url

from people.access import audience_of
from search import demand, engines, presenting
from search.contract import Results, Unavailable
from search.query import MAX_PAGE, Fault, Query, parameters

SUGGESTIONS = 8


@require_safe
@vary_on_headers("HX-Request")
def page(request: HttpRequest) -> HttpResponse:
    """The whole page; only its results for a live update."""
    query, faults = asked(request)
    found = _found(request, query)
    if (last := _last_page(found)) < query.page:
        return redirect(presenting.address(query.on_page(last)))
    template = (
        "search/_results.html" if request.htmx and not request.htmx.history_restore_request else "search/page.html"
    )
    response = render(request, template, {"query": query, "faults": faults, **found})
    return _in_the_address_bar(request, response, query)


def _last_page(found: dict) -> int:
    """Any may be the last while nobody knows."""
    return max(1, found["pages"].count) if "pages" in found else MAX_PAGE


def _in_the_address_bar(request: HttpRequest, response: HttpResponse, query: Query) -> HttpResponse:
    """A live update changes the address to the question's own; while somebody types it adds no step to go back through."""
    if not request.htmx:
        return response
    return (replace_url if _is_typing(request) else push_url)(response, presenting.address(query))


def _is_typing(request: HttpRequest) -> bool:
    return bool(request.htmx) and request.htmx.trigger == "q"


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """What might be meant by the letters so far: concepts first, then titles the asker may see."""
    prefix, language = request.GET.get("q", "")[:100], get_language() or "en"
    try:
        found = engines.engine().suggest(prefix, language, audience_of(request.user), SUGGESTIONS)
    except Unavailable:
        found = []
    named = presenting.concept_suggestions(prefix, language)
    rows = [*named, *found][:SUGGESTIONS]
    return JsonResponse(
        {"suggestions": [{"text": row.text, "kind": row.kind, "url": row.url, "lang": row.language} for row in rows]}
    )


def asked(request: HttpRequest) -> tuple[Query, list[Fault]]:
    """The question of this address; what can't be used is left out and told."""
    language, known = get_language() or "en", parameters()
    query, faults = Query.read(request.GET, language)
    return query, [
        fault for fault in faults if fault.parameter in known
    ]  # links from elsewhere bring marks of their own


def _found(request: HttpRequest, query: Query) -> dict:
    try:
        results = engines.engine().find(query, audience_of(request.user))
    except Unavailable:
        return {"unavailable": True, "chips": presenting.chips(query)}
    if request.method == "GET" and not _is_typing(request):
        demand.note(results)
    return {"results": results, **_views(results), **_mine(request, query)}


def _mine(request: HttpRequest, query: Query) -> dict:
    """The switch between every language and those the person reads."""
    languages = presenting.languages_of(request.user, query.language)
    return {
        "mine_only": set(query.values("text")) == set(languages),
        "mine_url": presenting.mine_address(query, languages),
    }


def _views(results: Results) -> dict:
    query = results.query
    return {
        "kinds": presenting.kinds(results),
        "kind_label": presenting.kind_label(query),
        "facets": presenting.facet_views(results),
        "chips": presenting.chips(query),
        "clear_url": presenting.address(query.without_facets()),
        "relaxations": presenting.relaxations(results),
        "instead_url": presenting.address(replace(query, text=results.instead, page=1)) if results.instead else "",
        "sorts": presenting.sorts(query),
        "pages": presenting.pages(results),
        "feed_url": presenting.feed_address(query),
        "save_url": presenting.address(query.on_page(1).sorted_by(""), "save_search"),
    }
