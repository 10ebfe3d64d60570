"""Whatever is written, nothing active comes out; mentions, quotes and links to our own content open no hole."""

import json
import random
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from community.models import Group
from community.threads import actions, rendering
from portal import markdown
from tests.factories import a_member
from tests.factories.community import a_group, a_question, a_reply, a_thread

ALLOWED = {"a": {"href", "rel"}}
OURS = {"a": {"href", "rel", "lang", "class"}}
TREES = 10_000
HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<iframe srcdoc='<script>'>",
    "javascript:alert(1)", "JaVaScRiPt&colon;alert(1)", "data:text/html;base64,PHNjcmlwdD4=", "vbscript:x",
    "[x](javascript:alert(1))", "[x](<java\nscript:alert(1)>)", "![x](https://evil.example/p.png)", "<https://evil.example>",
    "[x]: javascript:alert(1)\n\n[x]", "<a href='javascript:x' onclick=x>", "</p></li></ol><form action=//evil>", "<style>*{}",
    "@[x](1)", "@[<b onmouseover=x>](2)", "@[x](99999999999)", "[@1:1]", "[@0:0]", "[[@1:1]](javascript:x)", "`<script>`",
    "<math><mtext></form><mglyph><style>", "&lt;script&gt;", "\x00<scr\x00ipt>", "\u202e", "https://a.example/?a=\"onx=\"",
    "<!--", "]]>", "<base href=//evil>", "<meta http-equiv=refresh>", "mailto:a@b.example", "<object data=x>", "a" * 80,
]  # fmt: skip
WRAPS = ["> {}", "- {}", "1. {}", "**{}**", "*{}*", "~~{}~~", "`{}`", "# {}", "[{}](https://a.example)", "<div>{}</div>",
         "<b title='{}'>", "```\n{}\n```", "| a |\n|---|\n| {} |", "{}\n\n{}", "@[{}](3)", "[a]({})", "<{}>", "    {}"]  # fmt: skip


class Looker(HTMLParser):
    """Notes every element and what is wrong with it."""

    def __init__(self, attributes):
        super().__init__(convert_charrefs=True)
        self.attributes, self.wrong, self.links = attributes, [], 0

    def handle_starttag(self, tag, attrs):
        if tag not in markdown.TAGS:
            self.wrong.append(tag)
        for name, value in attrs:
            if name not in self.attributes.get(tag, ()):
                self.wrong.append((tag, name, value))
        if tag == "a":
            self._look_at_link(dict(attrs))

    def _look_at_link(self, attrs):
        self.links += 1
        if urlsplit(attrs.get("href") or "").scheme not in ("http", "https", "mailto", ""):
            self.wrong.append(attrs)
        if attrs.get("class") != "quoted" and attrs.get("rel") != "nofollow ugc noopener":
            self.wrong.append(attrs)

    def handle_comment(self, data):
        self.wrong.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def wrong_in(html: str, attributes=ALLOWED) -> list:
    looker = Looker(attributes)
    looker.feed(html)
    looker.close()
    return looker.wrong


def a_tree(chance: random.Random) -> str:
    words = chance.choice(HOSTILE)
    for _depth in range(chance.randint(0, 5)):
        words = chance.choice(WRAPS).replace("{}", words) + chance.choice(["", " ", "\n", chance.choice(HOSTILE)])
    return words[:2000]


def test_the_looker_sees_what_is_wrong():
    html = '<p onclick="x">a<script>b</script><a href="javascript:x">c</a></p><!-- d -->'

    assert len(wrong_in(html)) == 5


def test_naughty_strings_leave_nothing_active(db, shared_data):
    strings = json.loads((shared_data / "hostile" / "blns.json").read_text())
    author = a_member()

    found = {one: wrong for one in strings if (wrong := wrong_in(rendering.rendered(one, author).html, OURS))}

    assert len(strings) > 400
    assert found == {}


def test_ten_thousand_nested_texts_leave_nothing_active():
    chance = random.Random(20)
    trees = [a_tree(chance) for _number in range(TREES)]

    found = {one: wrong for one in trees if (wrong := wrong_in(str(markdown.to_html(one))))}

    assert len(set(trees)) > TREES / 2
    assert found == {}


def test_nested_texts_with_mentions_and_quotes_leave_nothing_active(db):
    chance, author = random.Random(21), a_member(name="<img src=x onerror=alert(1)>")
    post = a_thread(by=author).posts.get()
    trees = [f"{a_tree(chance)}\n@[x]({author.pk}) [@{post.thread_id}:1] {a_tree(chance)}" for _number in range(100)]

    found = {one: wrong for one in trees if (wrong := wrong_in(rendering.rendered(one, author).html, OURS))}

    assert found == {}


def test_a_mention_takes_the_name_of_the_member_not_what_was_typed(db):
    author, meant = a_member(), a_member(name="Teresa *Valadares*")

    made = rendering.rendered(f"Ask @[Somebody else]({meant.pk}).", author)

    assert made.html == "<p>Ask <strong>@Teresa *Valadares*</strong>.</p>\n"
    assert made.mentioned == {meant.pk}


def test_a_plain_name_stays_text(db):
    made = rendering.rendered("Ask @Teresa.", a_member())

    assert (made.html, made.mentioned) == ("<p>Ask @Teresa.</p>\n", frozenset())


def test_a_quote_leads_to_the_post_quoted(db):
    thread = a_question()
    post = a_reply(thread, "We have.", by=a_member(name="Teresa"))

    made = rendering.rendered(f"[@{thread.pk}:2]\n> We have.", a_member())

    assert f'<a class="quoted" href="{post.get_absolute_url()}">Teresa #2</a>' in made.html
    assert made.quoted == {(thread.pk, 2)}


@pytest.mark.parametrize("verb", ["hidden group", "deleted"])
def test_a_quote_of_what_its_author_may_not_see_says_nothing(db, verb):
    owner = a_member(name="Teresa")
    group = a_group(owner=owner, access=Group.Access.HIDDEN) if verb == "hidden group" else None
    thread = a_thread(by=owner, group=group)
    if verb == "deleted":
        actions.delete(thread.posts.get(), by=owner)

    made = rendering.rendered(f"[@{thread.pk}:1] so they say", a_member())

    assert "Teresa" not in made.html
    assert "quoted" not in made.html


def test_a_link_to_a_thread_in_the_open_gets_its_title(db, settings):
    thread = a_thread("Lantern <schools>")
    address = f"{settings.WAGTAILADMIN_BASE_URL}/en/community/threads/{thread.pk}/"

    html = rendering.rendered(f"See {address}", a_member()).html

    assert ">Lantern &lt;schools&gt;</a>" in html
    assert 'rel="nofollow ugc noopener"' in html


def test_a_link_to_a_thread_of_a_closed_circle_stays_an_address_even_for_its_members(db, settings):
    owner = a_member()
    group = a_group(owner=owner, access=Group.Access.HIDDEN)
    thread = a_thread("Lantern schools", by=owner, group=group)

    html = rendering.rendered(f"{settings.WAGTAILADMIN_BASE_URL}/en/community/threads/{thread.pk}/", owner).html

    assert "Lantern" not in html
    assert f"/en/community/threads/{thread.pk}/</a>" in html
