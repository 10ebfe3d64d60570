"""What concepts are called, in the language asked for or the best there is."""

import pytest

from tests.factories import concept
from tests.factories.vocabularies import subjects
from vocabularies import actions, labels
from vocabularies.models import ConceptLabel, ConceptScheme

pytestmark = pytest.mark.django_db

MUSIC = 'music skos:prefLabel "Music"@en, "Musiikki"@fi'
SAGA = 'saga skos:prefLabel "Märchen"@de, "Saga"@sv'


@pytest.fixture
def loaded(tmp_path):
    actions.load_file(subjects(tmp_path, MUSIC, SAGA))


@pytest.mark.parametrize(
    "language, music, saga",
    [("fi", ("Musiikki", "fi"), ("Märchen", "de")), ("el", ("Music", "en"), ("Märchen", "de")), ("sv", ("Music", "en"), ("Saga", "sv"))],
)  # fmt: skip
def test_a_label_is_the_reader_s_else_english_else_any(loaded, language, music, saga):
    values = labels.values("subject", language)

    assert [(value.label, value.language) for value in values.values()] == [music, saga]
    assert [labels.label_of(value.pk, language) for value in values.values()] == [music[0], saga[0]]


def test_a_scheme_too_large_to_hold_still_has_its_labels(loaded, monkeypatch):
    monkeypatch.setattr(labels, "LARGE", 1)
    labels.forget()

    assert labels.label_of(concept("subject/music").pk, "fi") == "Musiikki"
    assert labels.label_of(concept("subject/saga").pk, "fi") == "Märchen"


def test_a_change_by_another_process_is_seen_within_seconds(loaded, monkeypatch):
    assert labels.values("subject", "fi")["music"].label == "Musiikki"
    ConceptLabel.objects.filter(text="Musiikki").update(text="Soitto")
    ConceptScheme.objects.get(notation="subject").save()

    assert labels.values("subject", "fi")["music"].label == "Musiikki"
    monkeypatch.setattr(labels, "CHECK_EVERY", 0)
    assert labels.values("subject", "fi")["music"].label == "Soitto"


def test_a_hundred_labels_cost_no_more_than_one(loaded, django_assert_num_queries):
    labels.values("topic", "fi")

    with django_assert_num_queries(0):
        names = [labels.label_of(value.pk, "fi") for value in labels.values("topic", "fi").values()]

    assert len(names) > 60
