"""Machine translations by how far they are."""

from datetime import datetime

from django.db import models


class MachineTextQuerySet(models.QuerySet):
    def made(self):
        return self.filter(made_at__isnull=False)

    def unmade(self):
        return self.filter(made_at__isnull=True)

    def waiting(self, failed_before: datetime):
        """To be made now: not tried yet, or tried long enough ago."""
        return self.unmade().filter(models.Q(tried_at__isnull=True) | models.Q(tried_at__lt=failed_before))
