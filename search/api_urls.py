"""The public interface for machines."""

urlpatterns: list = []
