"""Machine translations: asked for once, never in the way, kept and found as what they are."""

import sys
import time
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from practices.models import CaseStudy
from search import engines, indexer
from search.contract import PUBLIC
from search.models import MachineText
from search.query import Query
from search.translating import provider, working
from tests.factories import a_case_study
from tests.factories.kinds import registered

PUBLIC_ONLY = frozenset({PUBLIC})
ASKED: list[tuple[str, str, str]] = []  # source, target, first text
BROKEN: set[str] = set()  # languages it fails for


class Backwards:
    """Spells every word backwards: nothing else could have put these words there."""

    name = "backwards"

    def translate(self, texts, source, target):
        ASKED.append((source, target, texts[0]))
        if target in BROKEN:
            raise ConnectionError("no route")
        return [" ".join(word[::-1] for word in text.split()) for text in texts]


class Short(Backwards):
    """Loses texts on the way."""

    def translate(self, texts, source, target):
        return super().translate(texts, source, target)[:1]


@pytest.fixture(autouse=True)
def translator(db, settings):
    ASKED.clear()
    BROKEN.clear()
    settings.TRANSLATOR, settings.TRANSLATE_INTO = f"{__name__}.Backwards", ["fi", "mt"]


def find(text, language):
    return engines.engine().find(Query(text=text, language=language), PUBLIC_ONLY)


def translated(*arguments):
    call_command("translate_missing", *arguments, verbosity=0)
    indexer.drain()


def test_a_published_text_is_translated_indexed_and_told_as_made_by_a_machine(capsys):
    page = a_case_study("Lantern walk", one_line_result="Everybody came.")
    indexer.drain()
    assert find("nretnal", "fi").total == 0  # published, and nobody waited for a translation

    translated("--waiting")

    (hit,) = find("nretnal", "mt").hits
    assert (hit.title, hit.summary, hit.language, hit.provenance) == (
        "nretnaL klaw",
        "ydobyrevE .emac",
        "mt",
        "mt:backwards",
    )
    assert hit.url == page.url
    assert find("lantern", "en").total == 1
    assert "2 texts translated, 0 failed, 0 wait." in capsys.readouterr().out


def test_nothing_is_asked_for_twice_and_changed_words_are_asked_for_anew():
    page = a_case_study("Lantern walk")
    indexer.drain()
    translated()
    translated()
    assert [target for _source, target, _text in ASKED] == ["fi", "mt"]

    page.title = "Kayak walk"
    page.save()
    indexer.drain()
    assert find("nretnal", "fi").total == 0  # what was made from other words is shown no more
    translated()

    assert ASKED[2:] == [("en", "fi", "Kayak walk"), ("en", "mt", "Kayak walk")]
    assert find("kayak", "fi").hits[0].title == "kayaK klaw"


def test_what_a_machine_translated_can_be_read_in_that_language():
    a_case_study("Lantern walk")
    a_case_study("Zebra")
    indexer.drain()
    translated()

    mine = engines.engine().find(Query(text="nretnal", language="fi", selected=(("text", ("fi",)),)), PUBLIC_ONLY)

    assert [hit.title for hit in mine.hits] == ["nretnaL klaw"]
    assert {bucket.value: bucket.count for bucket in find("", "fi").facets["text"]} == {"en": 2, "fi": 2, "mt": 2}
    assert engines.engine().digests() == indexer.expected()


def test_what_people_translated_is_left_alone():
    original = a_case_study("Lantern walk", slug="walk")
    indexer.drain()
    translated()
    a_case_study(
        "Lyhtykävely", language="fi", slug="walk", source_language="en", translation_key=original.translation_key
    )
    indexer.drain()
    translated()

    (hit,) = find("lantern", "fi").hits

    assert (hit.title, hit.provenance) == ("Lyhtykävely", "human")
    assert find("", "fi").total == 1


def test_a_failure_is_kept_and_tried_again_another_night(capsys):
    BROKEN.add("mt")
    a_case_study("Lantern walk")
    indexer.drain()
    translated("--waiting")
    assert "1 texts translated, 1 failed, 1 wait." in capsys.readouterr().out
    assert MachineText.objects.unmade().get().error == "ConnectionError: no route"

    BROKEN.clear()
    translated("--waiting")  # the same night
    assert MachineText.objects.unmade().count() == 1
    MachineText.objects.unmade().update(tried_at=timezone.now() - working.AGAIN_AFTER - timedelta(minutes=1))
    translated("--waiting")

    assert MachineText.objects.unmade().count() == 0
    assert [hit.title for hit in find("nretnal", "mt").hits] == ["nretnaL klaw"]


def test_answers_that_fit_no_question_are_a_failure(settings):
    settings.TRANSLATOR = f"{__name__}.Short"
    a_case_study("Lantern walk")
    indexer.drain()

    translated()

    assert {row.error for row in MachineText.objects.all()} == {
        "ValueError: 3 texts were given, and not as many came back."
    }


def test_a_provider_that_is_away_is_left_in_peace():
    BROKEN.update(["fi", "mt"])
    for number in range(working.PATIENCE):
        a_case_study(f"Lantern walk {number}")
    indexer.drain()

    with pytest.raises(CommandError, match=r"The provider seems to be away.+no route"):
        call_command("translate_missing")

    assert len(ASKED) == working.PATIENCE


def test_what_failed_before_keeps_nothing_new_waiting():
    BROKEN.update(["mt"])
    for number in range(working.PATIENCE):
        a_case_study(f"Lantern walk {number}")
    indexer.drain()
    translated()
    MachineText.objects.failed().update(tried_at=timezone.now() - 2 * working.AGAIN_AFTER)
    a_case_study("Published since", translation_key=UUID(int=2**128 - 1))  # the last by its key
    indexer.drain()

    with pytest.raises(CommandError, match="The provider seems to be away"):
        call_command("translate_missing", "--waiting")

    assert MachineText.objects.made().filter(language="fi", title="dehsilbuP ecnis").exists()


def test_what_is_not_for_everybody_leaves_the_house_for_nobody():
    a_case_study("Lantern draft", live=False)
    members = a_case_study("Lantern members")
    members.view_restrictions.create(restriction_type="login")
    later = a_case_study("Lantern later")
    indexer.drain()
    later.view_restrictions.create(restriction_type="login")  # and the index has yet to follow

    translated()

    assert ASKED == []
    assert MachineText.objects.count() == 0


def test_only_what_is_published_is_translated_not_what_people_say(monkeypatch):
    registered(monkeypatch).add("Lantern talk")
    a_case_study("Lantern walk")
    indexer.drain()

    translated()

    assert {text for _source, _target, text in ASKED} == {"Lantern walk"}


def test_what_is_deleted_leaves_no_translation():
    page = a_case_study("Lantern walk")
    indexer.drain()
    translated()
    assert MachineText.objects.count() == 2

    CaseStudy.objects.get(pk=page.pk).delete()
    indexer.drain()

    assert (MachineText.objects.count(), find("nretnal", "fi").total) == (0, 0)


def test_what_was_published_before_there_was_a_provider_is_translated_by_the_command(settings):
    settings.TRANSLATOR = ""
    a_case_study("Lantern walk")
    indexer.drain()
    with pytest.raises(CommandError, match="No translation provider"):
        call_command("translate_missing")

    settings.TRANSLATOR = f"{__name__}.Backwards"
    translated()

    assert find("nretnal", "fi").total == 1
    assert engines.engine().digests() == indexer.expected()


def test_the_worker_starts_it_where_something_waits_and_lets_a_fault_pass(monkeypatch):
    monkeypatch.setattr(working, "COMMAND", (sys.executable, "-c", "raise SystemExit(1)"))
    monkeypatch.setattr(working, "LOOK_EVERY", 0.0)
    duty = working.Translating()
    duty.turn()
    assert duty.child is None

    a_case_study("Lantern walk")
    indexer.drain()
    duty.turn()
    assert duty.child.wait() == 1
    duty.turn()

    assert duty.child is None
    assert duty.look_at > time.monotonic() + working.AFTER_FAULT / 2


def a_provider_that_is_away():
    BROKEN.update(["fi", "mt"])
    for number in range(working.PATIENCE):
        a_case_study(f"Lantern walk {number}")
    indexer.drain()
    with pytest.raises(CommandError):
        call_command("translate_missing")


def test_the_worker_rests_where_the_provider_is_away_until_the_hour_is_over_or_somebody_asks(monkeypatch):
    monkeypatch.setattr(working, "COMMAND", (sys.executable, "-c", ""))
    monkeypatch.setattr(working, "LOOK_EVERY", 0.0)
    a_provider_that_is_away()
    assert working.waiting().exists()
    duty = working.Translating()

    duty.turn()
    assert duty.child is None

    failed = MachineText.objects.failed()
    failed.update(tried_at=timezone.now() - working.REST - timedelta(minutes=1))
    assert not working.is_away()
    failed.update(tried_at=timezone.now())
    assert working.is_away()

    assert working.try_again() == working.PATIENCE
    duty.turn()
    assert duty.child.wait() == 0


def test_whoever_translates_now_and_then_is_not_away():
    a_provider_that_is_away()
    assert working.is_away()

    BROKEN.discard("fi")
    translated()

    assert MachineText.objects.failed().count() == working.PATIENCE
    assert not working.is_away()


def test_without_a_provider_what_it_made_is_kept_and_not_shown(settings):
    a_case_study("Lantern walk")
    indexer.drain()
    translated()
    assert find("nretnal", "fi").total == 1

    settings.TRANSLATOR = ""
    indexer.rebuild()

    assert (find("nretnal", "fi").total, find("lantern", "fi").total) == (0, 1)
    assert MachineText.objects.made().count() == 2


@pytest.mark.parametrize(
    ("named", "message"),
    [("nowhere.Translator", "can't be imported"), ("builtins.list", "lacks: name, translate")],
)
def test_a_provider_that_can_t_be_used_is_told_by_name(settings, named, message):
    settings.TRANSLATOR = named

    with pytest.raises(provider.ImproperlyConfigured, match=message):
        provider.translator()


def test_a_language_nobody_knows_is_told(settings):
    settings.TRANSLATE_INTO = ["fi", "xx"]

    with pytest.raises(provider.ImproperlyConfigured, match="TRANSLATE_INTO: not known: xx"):
        provider.targets()
