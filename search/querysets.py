"""The outbox by what is to be done now."""

from django.db import models
from django.utils import timezone


class OutboxQuerySet(models.QuerySet):
    def due(self):
        """Without what the engine refused and has not to be asked about again yet."""
        return self.filter(models.Q(held_until__isnull=True) | models.Q(held_until__lte=timezone.now()))

    def refused(self):
        return self.exclude(refusal="")
