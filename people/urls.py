"""A member's own pages."""

urlpatterns: list = []
