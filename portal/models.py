"""The home page, one in each language."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class HomePage(Page):
    max_count = 1  # per language: translations don't count
    parent_page_types = ["wagtailcore.Page"]
    template = "portal/home.html"
    translatable_fields: list = []

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
