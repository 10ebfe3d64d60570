"""A case study as schema.org describes learning resources, for search engines and harvesters."""

from practices.models import CaseStudy

LICENCES = {
    "cc-by-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "cc-by-sa-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "cc-by-nc-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
    "cc-by-nc-sa-4.0": "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    "cc-by-nd-4.0": "https://creativecommons.org/licenses/by-nd/4.0/",
    "cc0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}


def learning_resource(page: CaseStudy, address: str, author: str) -> dict:
    about = [*page.topics.all(), *(statement.factor for statement in page.factor_statements.all())]
    data = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "learningResourceType": "case study",
        "@id": address,
        "url": address,
        "name": page.title,
        "description": page.one_line_result or page.summary,
        "inLanguage": page.language,
        "isAccessibleForFree": True,
        "datePublished": _day(page.first_published_at),
        "dateModified": _day(page.last_published_at),
        "license": LICENCES.get(page.licence.notation) if page.licence else None,
        "author": {"@type": "Person", "name": author} if author else None,
        "isBasedOn": page.source_url,
        "educationalLevel": _terms(page.levels.all()),
        "audience": [{"@type": "Audience", "audienceType": group.label} for group in page.target_groups.all()],
        "spatialCoverage": [{"@type": "Country", "name": country.label} for country in page.countries.all()],
        "about": _terms({concept.pk: concept for concept in about}.values()),
    }
    return {name: value for name, value in data.items() if value}


def _terms(concepts) -> list[dict]:
    return [{"@type": "DefinedTerm", "name": concept.label, "termCode": concept.notation} for concept in concepts]


def _day(moment) -> str | None:
    return moment.date().isoformat() if moment else None
