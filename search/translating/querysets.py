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

    def in_turn(self):
        """What was never tried comes first: a text that fails every night keeps no new one waiting."""
        return self.order_by(models.F("tried_at").asc(nulls_first=True), "key", "language")

    def failed(self):
        """Asked for in vain, and to be tried again."""
        return self.unmade().exclude(error="")

    def faults(self):
        """What the provider said, for how many texts and when last: {"error", "texts", "last_at"}, the most frequent first."""
        told = self.failed().values("error").annotate(texts=models.Count("pk"), last_at=models.Max("tried_at"))
        return told.order_by("-texts", "error")

    def in_a_row(self, since: datetime) -> int:
        """Failures since then and since anything was made."""
        last = self.aggregate(at=models.Max("made_at"))["at"]
        return self.failed().filter(tried_at__gt=max(since, last or since)).count()
