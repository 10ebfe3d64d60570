"""Write a scheme as Turtle: manage.py export_vocabulary SCHEME > scheme.ttl"""

from django.core.management.base import BaseCommand, CommandError

from vocabularies import writing
from vocabularies.models import ConceptScheme


class Command(BaseCommand):
    help = "Write a concept scheme as SKOS (Turtle) to standard output, as load_vocabulary would read it."

    def add_arguments(self, parser):
        parser.add_argument("scheme", help="its notation, for example factor")

    def handle(self, *args, scheme: str, **options):
        found = ConceptScheme.objects.filter(notation=scheme).first()
        if found is None:
            known = ", ".join(ConceptScheme.objects.values_list("notation", flat=True))
            raise CommandError(f"{scheme}: there is no such scheme. Use one of {known}.")
        self.stdout.write(writing.turtle(found), ending="")
