"""All of a group in one ZIP: pages readable anywhere without a server, and JSON for programs. Nothing hidden, held or deleted is in it."""

import json
import tempfile
import zipfile
from collections.abc import Iterator

from django.template.loader import render_to_string

from community.models import Group, Post, Thread

BATCH = 200  # threads read at once
IN_MEMORY = 8 * 1024 * 1024  # bytes; a larger archive goes to a file


def archive(group: Group):
    """An open file at its beginning."""
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        _fill(target, group)
    file.seek(0)
    return file


def _fill(target: zipfile.ZipFile, group: Group) -> None:
    index = []
    with target.open("group.json", "w") as out:
        out.write(json.dumps(_group(group), ensure_ascii=False)[:-1].encode() + b', "threads": [')
        for number, thread in enumerate(_threads(group)):
            out.write((b",\n" if number else b"\n") + json.dumps(_thread(thread), ensure_ascii=False).encode())
            index.append(thread)
        out.write(b"\n]}")
    for thread in index:
        posts = _posts(thread)
        html = render_to_string(
            "community/groups/export_thread.html", {"group": group, "thread": thread, "posts": posts}
        )
        target.writestr(f"threads/{thread.pk}.html", html)
        _files(target, posts)
    target.writestr(
        "index.html", render_to_string("community/groups/export_index.html", {"group": group, "threads": index})
    )


def _threads(group: Group) -> Iterator[Thread]:
    rows = group.threads.standing().select_related("author").order_by("pk")
    return rows.iterator(chunk_size=BATCH)


def _posts(thread: Thread) -> list[Post]:
    return list(thread.posts.shown().for_reading().order_by("number"))


def _group(group: Group) -> dict:
    return {
        "title": group.title,
        "language": group.language,
        "kind": group.kind,
        "access": group.access,
        "state": group.state,
        "aim": group.aim,
        "guidelines": group.guidelines,
        "welcome": group.welcome,
        "languages": group.languages,
        "concepts": [concept.uri for concept in group.concepts.all()],
        "founded": group.created_at.isoformat(),
        "deliverable": {"title": group.deliverable_title, "text": group.deliverable} if group.deliverable else None,
        "members": group.memberships.active().count(),
    }


def _thread(thread: Thread) -> dict:
    return {
        "number": thread.pk,
        "kind": thread.kind,
        "title": thread.title,
        "language": thread.language,
        "author": str(thread.author) if thread.author else None,
        "begun": thread.created_at.isoformat(),
        "accepted": thread.accepted.number if thread.accepted_id else None,
        "posts": [_post(post) for post in _posts(thread)],
    }


def _post(post: Post) -> dict:
    return {
        "number": post.number,
        "author": str(post.author) if post.author else None,
        "language": post.language,
        "posted": post.created_at.isoformat(),
        "edited": post.edited_at.isoformat() if post.edited_at else None,
        "answers": post.reply_to.number if post.reply_to else None,
        "text": post.source,
        "files": [name_of(file) for file in post.files.all()],
    }


def name_of(file) -> str:
    held = (file.image or file.document).file.name
    return f"files/{file.pk}-{held.rpartition('/')[2]}"


def _files(target: zipfile.ZipFile, posts: list[Post]) -> None:
    for post in posts:
        for file in post.files.all():
            held = (file.image or file.document).file
            if not held.storage.exists(held.name):
                continue  # lost on the disk: the text goes all the same
            with held.open("rb") as source, target.open(name_of(file), "w") as out:
                for piece in source.chunks():
                    out.write(piece)
