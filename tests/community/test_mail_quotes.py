"""What somebody wrote herself, out of mails as programs write them."""

import pytest

from community.attention.replying.quoting import written
from tests.factories.replies import ANNOUNCEMENTS, BLOCKS, QUOTED, outlook_block

OWN = "Tried it.\n\nTwo points:\n\n- The line held.\n- The 2026 budget: 300 euros."


@pytest.mark.parametrize("language", ANNOUNCEMENTS)
def test_an_announced_quote_is_cut_off_in_every_language(language):
    assert written(f"{OWN}\n\n{ANNOUNCEMENTS[language]}\n\n{QUOTED}") == OWN


@pytest.mark.parametrize("language", ANNOUNCEMENTS)
def test_an_announcement_broken_into_two_lines_is_one(language):
    broken = ANNOUNCEMENTS[language].replace(" <reply+", "\n<reply+")

    assert written(f"{OWN}\n\n{broken}\n\n{QUOTED}") == OWN


@pytest.mark.parametrize("language", BLOCKS)
def test_a_block_of_headers_is_cut_off_in_every_language(language):
    assert written(f"{OWN}\n\n{'_' * 32}\n{outlook_block(language)}") == OWN


@pytest.mark.parametrize(
    "line",
    [
        "-----Original Message-----",
        "-----Ursprüngliche Nachricht-----",
        "-------- Message d'origine --------",
        "----- Alkuperäinen viesti -----",
        "-------- Původní zpráva --------",
        "---------- Προωθημένο μήνυμα ----------",
        "--- Answer above this line ---",
    ],
)
def test_a_line_between_dashes_ends_what_is_hers(line):
    assert written(f"{OWN}\n\n{line}\nWe did it on Fridays.") == OWN


def test_an_announcement_in_words_nobody_thought_of_goes_with_the_quote():
    assert written(f"{OWN}\n\n23.11.2026 Praxis kvad so:\n{QUOTED}") == OWN


@pytest.mark.parametrize("tail", ["-- \nTeresa Valadares\nEscola da Serra", "--\nT.V."])
def test_a_signature_is_cut_off(tail):
    assert written(f"{OWN}\n\n{tail}") == OWN


@pytest.mark.parametrize(
    "tail",
    [
        "Sent from my iPhone",
        "Von meinem iPhone gesendet",
        "Envoyé de mon iPhone",
        "Enviado desde mi Samsung",
        "Inviato da iPhone",
        "Skickat från min iPad",
        "Lähetetty iPhonesta",
        "Wysłane z iPhone'a",
        "Get Outlook for Android",
    ],
)
def test_what_a_telephone_adds_is_cut_off(tail):
    assert written(f"{OWN}\n\n{tail}\n\n{ANNOUNCEMENTS['en']}\n{QUOTED}") == OWN


def test_an_answer_below_the_quote_is_found():
    assert written(f"{ANNOUNCEMENTS['de']}\n{QUOTED}\n{OWN}\n\n-- \nBjarne") == OWN


def test_answers_between_quotes_keep_what_they_answer():
    text = f"{ANNOUNCEMENTS['en']}\n> On Fridays?\n\nNo, on Mondays.\n\n> For how long?\n\nAn hour."

    assert written(text) == "> On Fridays?\n\nNo, on Mondays.\n\n> For how long?\n\nAn hour."


@pytest.mark.parametrize(
    "text",
    [
        "On Monday in 2026 she wrote:\n\nThe line held all day.",
        "From: the ferry's network\n\nwe got 300 kbit.",
        "Costs -- as ever -- were high.",
        "> An old proverb says it\n\nand we found it true.\n\nStill do.",
        "Von: hier\nNach: dort",
        "She asked at 10:30: who wrote it?\nWe all did.",
    ],
)
def test_her_own_words_that_only_look_alike_stay(text):
    assert written(text) == text


@pytest.mark.parametrize(
    "text", ["", "\n\n", QUOTED, f"{ANNOUNCEMENTS['fr']}\n{QUOTED}", outlook_block("sv"), "-- \nBjarne"]
)
def test_a_mail_without_words_of_hers_gives_none(text):
    assert written(text) == ""


def test_windows_line_ends_are_read():
    text = f"{OWN}\n\n{ANNOUNCEMENTS['pl']}\n{QUOTED}".replace("\n", "\r\n")

    assert written(text) == OWN


def test_a_long_mail_takes_no_time(benchmark=None):
    import time

    started = time.perf_counter()
    written("wrote 2026 <a@b> (\n" * 50_000)
    written("a:\n" * 50_000)
    written("> a\nb\n" * 50_000)

    assert time.perf_counter() - started < 3
