"""What is read later is later, whatever the machines' clocks say."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from search import clock
from search.models import Clock


def test_each_moment_is_later_than_the_one_before(db):
    moments = [clock.tick() for _ in range(100)]

    assert moments == sorted(set(moments))
    assert Clock.objects.count() == 1


def test_a_clock_that_is_set_back_goes_on(db):
    before = clock.tick()

    with time_machine.travel(timezone.now() - timedelta(hours=2)):
        after = clock.tick()

    assert after == before + 1


def test_after_a_backup_was_restored_moments_are_later_than_those_it_doesnt_know(db):
    kept = clock.tick()
    lost = clock.tick()
    Clock.objects.update(moment=kept)

    assert clock.tick() > lost


def test_a_moment_costs_two_questions(db, django_assert_num_queries):
    with django_assert_num_queries(4):  # with the savepoint's beginning and end
        clock.tick()
