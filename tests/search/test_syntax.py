"""What is an operator and what is a word."""

import pytest

from search.syntax import Piece, pieces

FIELDS = {"title", "country"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("rural schools", [Piece("rural schools")]),
        ('"rural schools" now', [Piece("rural schools", quoted=True), Piece("now")]),
        ("„Schule im Dorf“", [Piece("Schule im Dorf", quoted=True)]),
        ("rural -city", [Piece("rural"), Piece("city", excluded=True)]),
        ('-"big city"', [Piece("big city", quoted=True, excluded=True)]),
        ("well-being maa- ja - x", [Piece("well-being maa- ja - x")]),
        ("a OR b c", [Piece("a"), Piece("b", either=True), Piece("c")]),
        ("OR a", [Piece("a")]),
        ("a OR", [Piece("a")]),
        ("a or b", [Piece("a or b")]),
        ("title:moodle Title:x", [Piece("moodle", field="title"), Piece("x", field="title")]),
        ("http://x 12:30 time:now", [Piece("http://x 12:30 time:now")]),
        ('"unclosed phrase', [Piece('"unclosed phrase')]),
        ('""', [Piece('""')]),
        ("", []),
    ],
)
def test_everything_typed_is_read(typed, read):
    assert pieces(typed, FIELDS) == read
