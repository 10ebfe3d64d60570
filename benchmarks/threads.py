"""A thread of many posts and lists of many threads, as whole pages, beside django-machina with the same posts."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import django

from benchmarks import preparing
from benchmarks.measuring import machine, say, step
from benchmarks.pages import Answered, answered, as_json, client

POSTS, THREADS = 1_000, 1_000
REPEAT = 30
PLACE = 500  # the post a reader has read to
LIMIT = 150  # milliseconds the page of a long thread may take on the server
MACHINA = Path(__file__).resolve().parent / "machina"
ENVIRONMENT = MACHINA.parent.parent / "var" / "benchmarks" / "machina"  # kept: it is made once
BY_DEFAULT = 15  # posts on a page of machina
NOTHING = "-"
MEASURE = "measure"


def main(_rows: int) -> int:
    preparing.portal()
    from benchmarks import discussions

    with step(f"Making a thread of {POSTS} posts and {THREADS} threads"):
        data = discussions.made(POSTS, THREADS)
        discussions.stored(data)
    with step("Measuring ours"):
        ours = _told([sys.executable, "-m", "benchmarks.threads", MEASURE])
    return report(ours, _machina(data))


def _told(command: list, **options) -> dict[str, Answered]:
    """What a process of its own measures, with nothing in memory but what a server holds."""
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, **options).stdout
    return {name: Answered(**row) for name, row in json.loads(told).items()}


def measured() -> dict[str, Answered]:
    django.setup()
    from community.models import Group, Thread
    from community.threads import reading
    from people.models import User

    group, threads = Group.objects.get(title="Benchmark"), Thread.objects.order_by("pk")[:2]
    people = list(User.objects.filter(email__startswith="bench").order_by("pk"))
    long, short = (thread.get_absolute_url() for thread in threads)
    reading.note_place(people[-1], threads[0], PLACE)
    addresses = {
        "3": short,
        "long": long,
        "place": f"{long}?at={PLACE + 1}",
        "group": group.get_absolute_url(),
        "front": "/en/community/",
        "unanswered": "/en/community/?view=unanswered",
        "nothing new": f"{long}since/{POSTS}/",
        "five new": f"{long}since/{POSTS - 5}/",
    }
    found = {}
    for who, reader in (("anonymous", None), ("member", people[-1])):
        visitor = client(reader)
        for name, address in addresses.items():
            found[f"{who}, {name}"] = answered(lambda at=address: visitor.get(at), REPEAT)  # noqa: B023
    found["member, answer"] = answered(_sender(people, long), REPEAT)
    return found


def _sender(people, thread: str):
    """Each call is another person's answer."""
    visitors = iter([client(person) for person in people])

    def send():
        answer = {"text": "We tried it with **two** classes; it takes a term.", "language": "en"}
        response = next(visitors).post(f"{thread}reply/", answer)
        assert response.status_code == 302, "the answer wasn't taken"
        return response

    return send


def _machina(data: dict) -> dict[str, Answered]:
    """Nothing where its environment can't be made."""
    from community.groups import reading as groups
    from community.threads import lists, reading

    if not _has_environment():
        say(f"django-machina could not be installed into {ENVIRONMENT} (no network?): our figures alone.")
        return {}
    with step("Measuring django-machina"):
        folder = Path(os.environ["PRAXIS_DATA"]) / "machina"
        folder.mkdir()
        given = folder / "threads.json"
        how = {
            "repeat": REPEAT,
            "place": PLACE,
            "posts_a_page": [BY_DEFAULT, reading.PAGE],
            "rows_a_page": [groups.THREADS, lists.PAGE],
        }
        given.write_text(json.dumps({**data, "measure": how}), encoding="utf-8")
        environment = {
            "MACHINA_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "settings",
            "PYTHONPATH": MACHINA.parent.parent,
        }
        everything = {**os.environ, **{name: str(value) for name, value in environment.items()}}
        measure = [ENVIRONMENT / "bin" / "python", MACHINA / "measure.py"]
        subprocess.run([*measure, "store", given], env=everything, check=True)
        found = _told([*measure, MEASURE, given], env=everything)
    return found


def _has_environment() -> bool:
    wanted, kept = MACHINA / "requirements.txt", ENVIRONMENT / "installed.txt"
    if kept.exists() and kept.read_text() == wanted.read_text():
        return True
    with step("Installing django-machina"):
        commands = (
            [sys.executable, "-m", "venv", "--clear", ENVIRONMENT],
            [
                ENVIRONMENT / "bin" / "python",
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "-r",
                wanted,
            ],
        )
        is_made = all(subprocess.run(command, stdout=sys.stderr).returncode == 0 for command in commands)
        if is_made:
            shutil.copy(wanted, kept)
    return is_made


def report(ours: dict[str, Answered], machina: dict[str, Answered]) -> int:
    from community.groups import reading as groups
    from community.threads import lists, reading

    page = reading.PAGE
    # What is asked for, our name of it, machina's with as many on a page as ours, machina's as it comes.
    rows = (
        ("thread of 3 posts", "3", f"3, {page}", f"3, {BY_DEFAULT}"),
        (f"thread of {POSTS}, begun", "long", f"long, {page}", f"long, {BY_DEFAULT}"),
        (f"thread of {POSTS}, gone on", "place", f"place, {page}", f"place, {BY_DEFAULT}"),
        ("list of a group", "group", f"list, {groups.THREADS}", f"list, {lists.PAGE}"),
        ("front page", "front", f"list, {lists.PAGE}", f"list, {lists.PAGE}"),
        ("unanswered", "unanswered", "", ""),
        ("poll, nothing new", "nothing new", "", ""),
        ("poll, five new posts", "five new", "", ""),
        ("answer sent", "answer", f"answer, {page}", f"answer, {BY_DEFAULT}"),
    )
    say(
        f"{POSTS} posts in one thread, {THREADS} threads in one group; {machine()}; milliseconds over {REPEAT} repetitions"
    )
    say(
        f"machina A shows as many on a page as ours ({page} posts, {groups.THREADS} or {lists.PAGE} threads), machina B as many as it comes with ({BY_DEFAULT} and 20)"
    )
    say()
    say(f"{'':34}{'ours':>24}   {'machina A':>24}   {'machina B':>24}   ratio of p50")
    say(f"{'':34}" + f"{'p50':>7} {'p95':>7} {'SQL':>4} {'kB':>4}   " * 3 + "A / ours")
    for who in ("anonymous", "member"):
        for words, name, same, default in rows:
            if f"{who}, {name}" in ours:
                _line(
                    f"{who}: {words}",
                    ours[f"{who}, {name}"],
                    machina.get(f"{who}, {same}"),
                    machina.get(f"{who}, {default}"),
                )
    slowest = max(ours[f"{who}, {name}"].p50 for who in ("anonymous", "member") for name in ("long", "place"))
    say()
    say(
        f"The slowest page of the long thread: {slowest:.0f} ms at p50. Limit: {LIMIT} ms: {'kept' if slowest <= LIMIT else 'NOT KEPT'}."
    )
    return int(slowest > LIMIT)


def _line(words: str, ours: Answered, same: Answered | None, default: Answered | None) -> None:
    cells = [f"{one!s} {one.kilobytes:4.0f}" if one else f"{NOTHING:>24}" for one in (ours, same, default)]
    ratio = f"{same.p50 / ours.p50:6.1f}" if same else f"{NOTHING:>6}"
    say(f"{words:34}" + "   ".join(cells) + f"   {ratio}")


if __name__ == "__main__":
    if sys.argv[1] == MEASURE:
        print(json.dumps(as_json(measured())))
    else:
        sys.exit(main(int(sys.argv[1])))
