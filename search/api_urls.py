"""The public interface for machines."""

from django.urls import path

from search import api

urlpatterns = [path("practices/", api.practices, name="api_practices")]
