"""The catalogues: complete, well counted, their placeholders whole."""

import gettext

import polib
import pytest

from portal.languages import CODES
from portal.messages import catalogues, found, plurals


def test_every_catalogue_is_complete_and_whole():
    assert [str(fault) for fault in catalogues.check(found.own())] == []


@pytest.mark.parametrize("language", CODES)
def test_each_plural_form_has_a_number_that_takes_it(language):
    rule = plurals.rule(language)
    choose = gettext.c2py(rule.partition("plural=")[2].rstrip(";"))

    assert [choose(number) for number in plurals.examples(language)] == list(range(len(plurals.examples(language))))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "not translated"),
        ("%(nome)s membri", "placeholders differ"),
        ("<b>%(count)s</b> membri", "tags differ"),
        ("%(count)s membri\n", "line breaks"),
    ],
)
def test_each_kind_of_fault_is_found(text, complaint):
    entry = polib.POEntry(msgid="%(count)s members", msgstr=text)

    faults = list(catalogues._faults("it", entry))

    assert complaint in faults[0].message


def test_messages_are_found_in_sources_and_templates():
    own = {message.msgid: message for message in found.own()}

    assert own["Name to show"].where == ("people/forms.py",)
    assert own["Skip to the content"].where == ("portal/templates/portal/base.html",)
    assert own["%(counter)s case study"].plural == "%(counter)s case studies"
