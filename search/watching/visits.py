"""When a member was here: a visit ends after half an hour without a page."""

import time
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language_from_path

from people.models import User
from search.models import Visit

IDLE = timedelta(minutes=30)
TOUCH_EVERY = 5 * 60  # seconds
NOTED = "visit_noted"  # in the session: when it was last noted, so that most pages ask the database nothing


class NotesVisits:
    """Middleware: pages a member opens, not what scripts, feeds and machines fetch."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_page(request) and request.user.is_authenticated:
            now = time.time()
            if now - request.session.get(NOTED, 0) >= TOUCH_EVERY:
                request.session[NOTED] = int(now)
                touch(request.user, timezone.now())
        return self.get_response(request)


def touch(person: User, now: datetime) -> None:
    visit, is_first = Visit.objects.get_or_create(person=person, defaults={"began_at": now, "last_at": now})
    if is_first:
        return
    fields = {"last_at": now}
    if now - visit.last_at > IDLE:
        fields |= {"began_at": now, "before_at": visit.last_at}
    # Two pages opened at once don't begin two visits.
    Visit.objects.filter(pk=visit.pk, last_at=visit.last_at).update(**fields)


def _is_page(request: HttpRequest) -> bool:
    return (
        request.method == "GET"
        and get_language_from_path(request.path_info) is not None
        and not request.path_info.endswith(".atom")
        and request.headers.get("Sec-Fetch-Dest", "document") == "document"
        and not request.headers.get("HX-Request")
    )
