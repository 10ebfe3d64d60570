"""Synthetic threads, the same for every forum that holds them: texts of the demonstration in their languages, mixed anew."""

import json
import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from community.attention import topics
from community.groups import actions as groups
from community.models import Group, Post, Reaction, ReadingPlace, Thread, Watch
from community.threads import rendering
from people.models import User
from practices.demo.people import AUTHORS

SEED = 20_263
PEOPLE = 50
CONTENT = Path("community/demo/content/threads")
BEGUN = datetime(2025, 9, 1, 8, tzinfo=UTC)
BETWEEN = timedelta(minutes=7)  # one post and the next
QUOTING, ANSWERING, LISTING = 0.3, 0.5, 0.2  # parts of the posts that quote, answer another, hold a list
REACTIONS = (0, 0, 0, 1, 1, 2, 5)
UNANSWERED = 0.3  # of the short threads


def made(posts: int, threads: int) -> dict:
    """People by name; a thread with so many posts, one with three, and so many with a few. Written as JSON, another forum can make it too."""
    chance, texts = random.Random(SEED), _texts()
    names = [
        f"{name} {number}" for number, (name, *_rest) in zip(range(PEOPLE), list(AUTHORS.values()) * 3, strict=False)
    ]
    counts = [
        posts,
        3,
        *(1 if chance.random() < UNANSWERED else chance.randint(2, 5) for _thread in range(threads - 2)),
    ]
    return {"people": names, "threads": [_thread(number, count, texts, chance) for number, count in enumerate(counts)]}


def _texts() -> dict[str, list[str]]:
    texts = defaultdict(list)
    for path in sorted(CONTENT.glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        for post in (told, *told.get("posts", ())):
            if "{" not in post["text"]:
                texts[post["language"]].append(post["text"])
    return texts


def _thread(number: int, count: int, texts: dict, chance: random.Random) -> dict:
    language = chance.choice(sorted(texts))
    posts = []
    for place in range(count):
        posts.append(
            _post(place, language if chance.random() < 0.5 else chance.choice(sorted(texts)), posts, texts, chance)
        )
    title = " ".join(posts[0]["text"].replace("*", "").split()[:9])[:110]
    begun = BEGUN + number * timedelta(hours=3)
    return {"title": f"{title} {number}", "language": language, "begun": begun.isoformat(), "posts": posts}


def _post(place: int, language: str, before: list[dict], texts: dict, chance: random.Random) -> dict:
    """`to` is the number of the post answered, 0 for none; `quoted` what is quoted of it."""
    words = chance.choice(texts[language]).split(" ")
    words[0] = f"**{words[0]}**"
    text = f"{' '.join(words)} ({place})"
    if chance.random() < LISTING:
        text += "\n\n" + "\n".join(f"- {one}" for one in chance.sample(words, min(3, len(words))))
    to = chance.randint(max(1, place - 20), place) if before and chance.random() < ANSWERING else 0
    quoted = before[to - 1]["text"].split("\n")[0][:200] if to and chance.random() < QUOTING / ANSWERING else ""
    likes = chance.sample(range(PEOPLE), chance.choice(REACTIONS))
    author = chance.randrange(PEOPLE)
    return {"author": author, "language": language, "text": text, "to": to, "quoted": quoted,
            "reactions": [(person, chance.choice(Reaction.Kind.values)) for person in likes if person != author]}  # fmt: skip


def stored(data: dict) -> None:
    """Written at once, as the actions would have left it."""
    then = BEGUN - timedelta(days=30)
    User.objects.bulk_create(
        User(email=f"bench{number}@example.org", name=name, password="!", language="en", date_joined=then)
        for number, name in enumerate(data["people"])
    )
    people = list(User.objects.filter(email__startswith="bench").order_by("pk"))
    group = groups.found(Group(title="Benchmark", language="en", aim="We compare notes."), by=people[0])
    for person in people[1:]:
        groups.join(group, by=person)
    threads = Thread.objects.bulk_create(_row(told, group, people) for told in data["threads"])
    for told, thread in zip(data["threads"], threads, strict=True):
        _fill(thread, told["posts"], people)
    _read(people, threads)


def _row(told: dict, group: Group, people: list[User]) -> Thread:
    posts, begun = told["posts"], datetime.fromisoformat(told["begun"])
    answers = (place for place, post in enumerate(posts) if post["author"] != posts[0]["author"])
    first = next(answers, None)
    return Thread(
        kind=Thread.Kind.QUESTION, title=told["title"], language=told["language"], group=group,
        author=people[posts[0]["author"]], created_at=begun, last_post_at=begun + BETWEEN * (len(posts) - 1),
        post_count=len(posts), last_number=len(posts), first_answer_at=begun + BETWEEN * first if first else None,
    )  # fmt: skip


def _fill(thread: Thread, told: list[dict], people: list[User]) -> None:
    posts = []
    for number, post in enumerate(told, 1):
        author = people[post["author"]]
        source = (
            f"[@{thread.pk}:{post['to']}]\n> {post['quoted']}\n\n{post['text']}" if post["quoted"] else post["text"]
        )
        row = Post(thread=thread, number=number, author=author, language=post["language"], source=source)
        row.created_at = thread.created_at + BETWEEN * (number - 1)
        row.html = "" if post["quoted"] else rendering.rendered(source, author).html
        posts.append(row)
    Post.objects.bulk_create(posts, batch_size=200)
    for row, post in zip(posts, told, strict=True):
        row.reply_to = posts[post["to"] - 1] if post["to"] else None
        row.html = row.html or rendering.rendered(row.source, row.author).html
    Post.objects.bulk_update([row for row in posts if row.reply_to], ["reply_to", "html"], batch_size=200)
    Reaction.objects.bulk_create(
        Reaction(post=row, person=people[person], kind=kind)
        for row, post in zip(posts, told, strict=True)
        for person, kind in post["reactions"]
    )


def _read(people: list[User], threads: list[Thread]) -> None:
    """Everybody has read some threads to the end and follows the first two, where most have written."""
    ReadingPlace.objects.bulk_create(
        ReadingPlace(person=person, thread=thread, number=thread.last_number)
        for person in people[:-1]
        for thread in threads[2:22]
    )
    Watch.objects.bulk_create(
        Watch(person=person, topic=topics.of(thread), level=Watch.Level.TRACKING)
        for person in people[:-1]
        for thread in threads[:2]
    )
