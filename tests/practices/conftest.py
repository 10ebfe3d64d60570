"""An author at her writing."""

import pytest

from practices.models import CaseStudy
from tests.factories import a_member


@pytest.fixture
def author(client, db):
    person = a_member(name="Teresa", language="pt")
    client.force_login(person)
    return person


@pytest.fixture
def draft(client, author):
    client.post("/en/write/", {"language": "pt"})
    return CaseStudy.objects.get(owner=author)
