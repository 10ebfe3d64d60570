"""Who gets in where: every address of the site, for every role, in one table. An address without a row is red."""

import pytest
from django.urls import get_resolver
from wagtail.models import PageViewRestriction

from search import indexer
from tests.factories import a_case_study, a_member, an_editor, concept
from tests.factories.files import a_document_of

ROLES = ("anonymous", "member", "author", "editor", "administrator")
SIGN_IN = "sign in"
ELSEWHERE = "elsewhere"  # led on, not to the door

OPEN = (200,) * 5
MEMBERS = (SIGN_IN, 200, 200, 200, 200)
NOBODY = (404,) * 5
AUTHORS = (SIGN_IN, 404, 200, 200, 200)
EDITORS = (SIGN_IN, SIGN_IN, SIGN_IN, 200, 200)
ADMINISTRATORS = (SIGN_IN, SIGN_IN, SIGN_IN, ELSEWHERE, 200)
