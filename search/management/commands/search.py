"""Ask the search on the command line: manage.py search "words" --language fi --json."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from search import api, engines, explaining, presenting
from search.contract import EVERYBODY, Unavailable
from search.query import BadQuery, Query


class Command(BaseCommand):
    help = "Ask the search what the public would be shown."

    def add_arguments(self, parser):
        parser.add_argument("words", nargs="?", default="")
        parser.add_argument("--language", default="en", help="the reader's language, for example fi")
        parser.add_argument(
            "--facet", action="append", default=[], metavar="NAME=VALUE", help="for example level=isced-1"
        )
        parser.add_argument("--sort", default="")
        parser.add_argument("--page", default="1")
        parser.add_argument(
            "--explain", action="store_true", help="say how the words were read, and the score of each hit"
        )
        parser.add_argument("--json", action="store_true", help="answer as the API does")

    def handle(self, *args, words, language, facet, sort, page, **options):
        params = {"q": [words], "language": [language], "sort": [sort], "page": [page]}
        for pair in facet:
            name, _equals, value = pair.partition("=")
            params.setdefault(name, []).append(value)
        try:
            query = Query.from_params(params)
            results = engines.engine().find(query, EVERYBODY)
        except (BadQuery, Unavailable) as error:
            raise CommandError(str(error)) from error
        with translation.override(query.language):
            if options["json"]:
                read = {"explanation": list(explaining.question(query))} if options["explain"] else {}
                self.stdout.write(json.dumps(api.answer(results, "") | read, ensure_ascii=False, indent=2))
            elif options["explain"]:
                self.stdout.write("\n".join([*explaining.question(query), *explaining.answer(results)]))
            else:
                self._print(results)

    def _print(self, results) -> None:
        what = presenting.kind_label(results.query) or "case studies"
        self.stdout.write(f"{results.total} {what} in {results.took_ms:.0f} ms")
        for number, hit in enumerate(results.hits, 1):
            self.stdout.write(f"{number:3}. [{hit.language}] {hit.title}\n     {hit.url}")
