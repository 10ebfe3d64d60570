"""Compile the catalogues that changed."""

from django.core.management.base import BaseCommand

from portal.messages import catalogues


class Command(BaseCommand):
    help = "Compile the message catalogues that changed since last time."
    requires_system_checks: list = []

    def handle(self, *args, **options):
        if count := catalogues.compile_all():
            self.stdout.write(f"{count} catalogues compiled.")
