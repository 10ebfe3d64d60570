"""What keeps a case study from its readers beside its own fields: said by packages that know more than the case study does."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from practices.models import CaseStudy


@dataclass(frozen=True)
class Obstacle:
    message: str
    address: str  # of the page where it can be removed


Check = Callable[[CaseStudy], Iterable[Obstacle]]
_checks: list[Check] = []


def register(check: Check) -> Check:
    _checks.append(check)
    return check


def before(page: CaseStudy) -> list[Obstacle]:
    return [found for check in _checks for found in check(page)]
