"""Duties beside each other: what fails rests for a while and keeps nothing else waiting."""

import pytest

from portal import duties
from portal.duties import Duties, Duty


@pytest.fixture
def at(monkeypatch):
    """Sets the clock."""
    clock = [0.0]
    monkeypatch.setattr(duties.time, "monotonic", lambda: clock[0])
    return lambda seconds: clock.__setitem__(0, seconds)


class Faulty:
    def __init__(self):
        self.times, self.is_mended = 0, False

    def __call__(self):
        self.times += 1
        if not self.is_mended:
            raise ConnectionError("no route")


def test_what_fails_keeps_nothing_else_waiting(monkeypatch):
    monkeypatch.setattr(duties, "_duties", [])
    done = []
    duties.register("the first", 0, Faulty())
    duties.register("the second", 0, lambda: done.append("the second"))

    Duties().turn()

    assert done == ["the second"]


def test_what_fails_rests_longer_each_time_and_no_longer_when_it_is_mended(at):
    faulty = Faulty()
    duty = Duty("a duty", 0, faulty)

    def turns(since, until):
        before = faulty.times
        for tenth in range(since * 10, until * 10):
            at(tenth / 10)
            duty.turn()
        return faulty.times - before

    assert [turns(0, 1), turns(1, 10), turns(10, 100)] == [2, 3, 4]
    faulty.is_mended = True
    assert turns(100, 200) > 600


def test_a_duty_has_its_own_pace_whether_it_fails_or_not(at):
    faulty = Faulty()
    duty = Duty("a duty", 60, faulty)

    for second in range(181):
        at(second)
        duty.turn()

    assert faulty.times == 4
