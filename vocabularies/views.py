"""Browsing by concept: all schemes the search filters by, the concepts of one, a page for each concept."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from vocabularies import labels, reading
from vocabularies.models import Concept, ConceptScheme


@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    schemes = list(dict.fromkeys(row["scheme"] for row in settings.PRAXIS_FACETS if row.get("scheme")))
    return render(request, "vocabularies/browse.html", {"schemes": schemes})


@require_safe
def scheme(request: HttpRequest, scheme: str) -> HttpResponse:
    found = get_object_or_404(ConceptScheme, notation=scheme)
    language = get_language() or "en"
    description = labels.best(found.description, language)
    context = {
        "scheme": found,
        "description": description,
        "description_language": language if language in found.description else "en",
    }
    return render(request, "vocabularies/scheme.html", context)


@require_safe
def concept(request: HttpRequest, scheme: str, notation: str) -> HttpResponse:
    found = Concept.objects.select_related("scheme", "broader", "replaced_by").of(scheme).filter(notation=notation)
    one = found.first()
    if one is None:
        raise Http404
    context = {"concept": one, "words": reading.words_of(one), "narrower": list(one.narrower.current())}
    return render(request, "vocabularies/concept.html", context)
