"""Topics and factors the text names but the author has not chosen: offered, never chosen for her."""

from practices.models import CaseStudy
from search.concepts import concepts_in
from vocabularies import labels

MOST = 8


def of(page: CaseStudy) -> list[tuple[str, int, str, str]]:
    """(field, concept's primary key, label, words found)"""
    from django.utils.translation import get_language

    text = "\n".join((page.title, page.one_line_result, page.summary, page.challenge, page.what_was_done, page.lessons))
    chosen = {concept.pk for concept in page.topics.all()}
    topics = labels.values("topic", get_language())
    found = [
        ("topics", topics[notation].pk, topics[notation].label, words)
        for concept, words in concepts_in(text, page.language, schemes=("topic",))
        if (notation := concept.partition("/")[2]) in topics
    ]
    return [row for row in found if row[1] not in chosen][:MOST]
