"""A member's public page."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from community.members.reading import profile
from people.models import User


@require_safe
def member(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.select_related("country"), pk=pk, is_active=True)
    viewer = request.user if request.user.is_authenticated else AnonymousUser()
    context = {"person": person, "profile": profile(person, viewer), "is_me": person.pk == request.user.pk}
    return render(request, "community/members/member.html", context)
