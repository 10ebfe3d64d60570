"""Pages on which members write and follow their case studies."""

urlpatterns: list = []
