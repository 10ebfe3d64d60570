"""What is an operator and what is a word."""

import pytest

from search.syntax import Piece, pieces

FIELDS = {"title", "country"}
PHRASES = ("Schola ruralis", "a b", "c d", " e f ", "g h", "i j")


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
        ("”Schola ruralis” »a b« «c d» « e f » ‹g h› ›i j‹", [Piece(text, quoted=True) for text in PHRASES]),
        (
            "‘the pupil’s lantern’ ‚a b‘ ‚c d’",
            [Piece(text, quoted=True) for text in ("the pupil’s lantern", "a b", "c d")],
        ),
        ('("red lantern"), now', [Piece("red lantern", quoted=True), Piece("now")]),
        ('("red lantern") OR "b".', [Piece("red lantern", quoted=True), Piece("b", quoted=True, either=True)]),
        ("-»a b« title:‘c d’", [Piece("a b", quoted=True, excluded=True), Piece("c d", quoted=True, field="title")]),
        ("l'école d’art ta' Malta 'n roll pupils’ 't Huis", [Piece("l'école d’art ta' Malta 'n roll pupils’ 't Huis")]),
        ("Home » Schools » Rural › Maps", [Piece("Home » Schools » Rural › Maps")]),
        ("5” and 7” screens", [Piece("5” and 7” screens")]),
        ("a AND b", [Piece("a b")]),
        ('"a b" AND c', [Piece("a b", quoted=True), Piece("c")]),
        ("a and b", [Piece("a and b")]),
        ("AND", []),
        ("a e-b OR c-d", [Piece("a"), Piece("e-b", joined=True), Piece("c-d", either=True)]),
        ("a l'b OR c", [Piece("a l'b"), Piece("c", either=True)]),
    ],
)
def test_everything_typed_is_read(typed, read):
    assert pieces(typed, FIELDS) == read
