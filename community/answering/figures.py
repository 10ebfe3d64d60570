"""How soon questions are answered and how evenly people take part: counted in the database, in a constant number of queries."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import CharField, Count, DurationField, ExpressionWrapper, F, Q, QuerySet, Value, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from community.models import Group, Post, Thread

DAY, THREE_DAYS, FORTNIGHT = timedelta(hours=24), timedelta(hours=72), timedelta(days=14)
MOST_ACTIVE = 10


@dataclass(frozen=True)
class Line:
    """Shares are of 0 to 1, None where there is nothing to divide by."""

    key: str
    asked: int
    answered: int
    median: timedelta | None
    in_a_day: float | None
    in_three_days: float | None
    unanswered: int  # two weeks after they were asked


@dataclass(frozen=True)
class Evenness:
    authors: int
    posts: int
    share: float | None  # of the posts, by the ten who wrote most
    gini: float | None  # 0: everybody wrote as much; near 1: one wrote all


@dataclass(frozen=True)
class Figures:
    whole: Line
    languages: list[Line]
    groups: list[Line]
    evenness: Evenness

    @property
    def overview(self) -> list[Line]:
        return [self.whole]


def figures(since: date, until: date, groups: QuerySet[Group] | None = None, now: datetime | None = None) -> Figures:
    """Of questions and clinics begun in these days; `groups` None: everywhere, else only there."""
    now = now or timezone.now()
    first, last = _moment(since), _moment(until + timedelta(days=1))
    threads = Thread.objects.standing().asking().filter(created_at__gte=first, created_at__lt=last)
    posts = Post.objects.shown().filter(created_at__gte=first, created_at__lt=last, author__isnull=False)
    posts = posts.filter(thread__in=Thread.objects.standing().values("pk"))
    if groups is not None:
        threads = threads.filter(group__in=groups.values("pk"))
        posts = posts.filter(thread__group__in=groups.values("pk"))
    whole = _lines(threads.annotate(of=Value("", CharField())), now)
    return Figures(
        whole=whole[0] if whole else Line("", 0, 0, None, None, None, 0),
        languages=_lines(threads.annotate(of=F("language")), now),
        groups=_lines(threads.filter(group__isnull=False).annotate(of=F("group__title")), now),
        evenness=_evenness(posts),
    )


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _lines(threads: QuerySet[Thread], now: datetime) -> list[Line]:
    """A line for each value of `of`: one query for what is counted, one for the medians."""
    medians = _medians(threads)
    rows = (
        threads.order_by()
        .values("of")
        .annotate(
            asked=Count("pk"),
            answered=Count("first_answer_at"),
            in_a_day=Count("pk", filter=Q(first_answer_at__lte=F("created_at") + DAY)),
            in_three_days=Count("pk", filter=Q(first_answer_at__lte=F("created_at") + THREE_DAYS)),
            unanswered=Count("pk", filter=_unanswered(now)),
        )
        .order_by("-asked", "of")
    )
    return [_line(row, medians.get(row["of"])) for row in rows]


def _unanswered(now: datetime) -> Q:
    late = Q(first_answer_at__gt=F("created_at") + FORTNIGHT)
    return late | Q(first_answer_at=None, created_at__lte=now - FORTNIGHT)


def _line(row: dict, median: timedelta | None) -> Line:
    asked = row["asked"]
    day, three = _share(row["in_a_day"], asked), _share(row["in_three_days"], asked)
    return Line(str(row["of"] or ""), asked, row["answered"], median, day, three, row["unanswered"])


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _medians(threads: QuerySet[Thread]) -> dict:
    """The one or two in the middle of each kind, found by the database."""
    took = ExpressionWrapper(F("first_answer_at") - F("created_at"), DurationField())
    answered = threads.filter(first_answer_at__isnull=False).annotate(took=took)
    ranked = answered.annotate(
        rank=Window(RowNumber(), partition_by="of", order_by="took"), size=Window(Count("pk"), partition_by="of")
    )
    middle = ranked.filter(rank__gte=F("size") / 2.0, rank__lte=F("size") / 2.0 + 1).order_by()
    found: dict = {}
    for of, time_taken in middle.values_list("of", "took"):
        found.setdefault(of, []).append(time_taken)
    return {of: sum(times, timedelta()) / len(times) for of, times in found.items()}


def _evenness(posts: QuerySet[Post]) -> Evenness:
    """Nobody's name is read. Gini from the ranks: 2·Σ(rank·posts) / (people·Σ posts) − (people + 1) / people."""
    each, parameters = posts.order_by().values("author").annotate(n=Count("pk")).values("n").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"""WITH ranked AS (
                SELECT n, ROW_NUMBER() OVER (ORDER BY n) AS up, ROW_NUMBER() OVER (ORDER BY n DESC) AS down
                FROM ({each}) AS each_author)
            SELECT COUNT(*), SUM(n), SUM(n * up), SUM(CASE WHEN down <= %s THEN n ELSE 0 END) FROM ranked""",
            [*parameters, MOST_ACTIVE],
        )
        people, total, weighted, most = cursor.fetchone()
    if not people:
        return Evenness(0, 0, None, None)
    total, weighted, most = int(total), int(weighted), int(most)
    return Evenness(people, total, most / total, 2 * weighted / (people * total) - (people + 1) / people)
