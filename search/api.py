"""GET /api/practices/: the search page's question and answer for machines."""

from django.http import HttpRequest, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people.access import audience_of
from search import engines, facets, sources, values
from search.contract import Hit, Results, Unavailable
from search.query import MAX_PAGE, PAGE_SIZE, BadQuery, Fault, Query

CARD = ("countries", "levels", "outcome", "evidence", "cost", "stage", "year", "author")


@require_safe
def practices(request: HttpRequest) -> JsonResponse:
    try:
        query = _about_case_studies(Query.from_params(request.GET, translation.get_language() or "en"))
    except BadQuery as bad:
        errors = [{"parameter": fault.parameter, "message": fault.message} for fault in bad.faults]
        return _json({"errors": errors}, 400)
    try:
        results = engines.engine().find(query, audience_of(request.user))
    except Unavailable:
        message = _("The search is not available now. Try again in a minute.")
        response = _json({"errors": [{"parameter": "", "message": message}]}, 503)
        response["Retry-After"] = "60"
        return response
    return _json(answer(results, f"{request.scheme}://{request.get_host()}"))


def _about_case_studies(query: Query) -> Query:
    if query.kind:
        told = {"value": ", ".join(query.kind), "names": sources.USUAL}
        raise BadQuery([Fault("kind", _("Not known: %(value)s. Use one of %(names)s.") % told)])
    return query


def answer(results: Results, base_url: str) -> dict:
    query = results.query
    return {
        "count": results.total,
        "page": query.page,
        "pages": min(-(-results.total // PAGE_SIZE), MAX_PAGE),
        "did_you_mean": results.instead,
        "results": [_result(hit, base_url) for hit in results.hits],
        "facets": {facet.name: _facet(facet, results, query.language) for facet in facets.all_facets()},
    }


def _result(hit: Hit, base_url: str) -> dict:
    return {
        "id": hit.key.partition(":")[2],
        "url": base_url + hit.url,
        "title": hit.title,
        "summary": hit.summary,
        "language": hit.language,
        "original_language": hit.original_language,
        "provenance": hit.provenance,
        "matched": [{"asked": asked, "found": found} for asked, found in hit.matched],
        "published": hit.published_at.isoformat(),
        **{name: hit.card.get(name) for name in CARD},
        "factors": [{"factor": factor, "role": role} for factor, role in hit.card.get("factors", ())],
    }


def _facet(facet: facets.Facet, results: Results, language: str) -> list[dict]:
    return [
        {
            "value": bucket.value,
            "label": values.label(facet, bucket.value, language),
            "count": bucket.count,
            "selected": bucket.selected,
        }
        for bucket in results.facets[facet.name]
    ]


def _json(data: dict, status: int = 200) -> JsonResponse:
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
