"""Browsing by concept."""

from django.http import HttpResponse


def scheme(request, scheme: str):
    return HttpResponse("")


def concept(request, scheme: str, notation: str):
    return HttpResponse("")
