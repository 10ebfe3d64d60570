"""Bring an installation to the state of this version: manage.py prepare [--demo]."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal import env
from practices.models import CaseStudy
from practices.site_tree import ensure_site
from search import engines, indexer
from search.contract import Unavailable
from vocabularies.actions import load_shipped


class Command(BaseCommand):
    help = "Create or upgrade the database, the shipped vocabularies, the fixed pages and the index. Safe to run again."

    def add_arguments(self, parser):
        parser.add_argument("--demo", action="store_true", help="on an empty portal, load demonstration content")

    def handle(self, *args, **options):
        for folder in (settings.DATA_DIR, settings.MEDIA_ROOT):
            folder.mkdir(parents=True, exist_ok=True)
        is_new = self._migrate()
        for report in load_shipped():
            self.stdout.write(f"Vocabulary {report}")
        address = urlsplit(env.BASE_URL)
        ensure_site(name=settings.WAGTAIL_SITE_NAME, hostname=address.hostname or "localhost", port=address.port or 80)
        self._collect_static()
        if options["demo"] and (is_new or self._was_interrupted()):
            call_command("load_demo")
        self._index()

    def _migrate(self) -> bool:
        """True where the database was empty."""
        executor = MigrationExecutor(connection)
        is_new = not executor.loader.applied_migrations
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database ...")
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)
        return is_new

    @staticmethod
    def _was_interrupted() -> bool:
        """The demonstration was being loaded when the first start broke off."""
        return (settings.DATA_DIR / "demo.loading").exists()

    @staticmethod
    def _collect_static() -> None:
        call_command("collectstatic", verbosity=0, interactive=False)

    def _index(self) -> None:
        """The portal starts without it: pages say that the search is away, and the worker builds what is missing."""
        try:
            self._fill_index()
        except Unavailable as error:
            self.stderr.write(f"The search is not available now; it follows when the engine answers. {error}")

    def _fill_index(self) -> None:
        if not engines.engine().ready():
            self.stdout.write(f"Building the index of {CaseStudy.objects.published().count()} case studies ...")
            indexer.rebuild()
        indexer.drain()
