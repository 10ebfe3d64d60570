"""Posts full of attacks, in a browser that enforces no content security policy: nothing runs, nothing is fetched, nothing is sent."""

import json
import random

import pytest

from tests.community.test_rendering import HOSTILE, a_tree

POSTS = 60
WRITE = """
import json, sys
from django.utils import timezone
from community.threads import actions
from community.threads.actions import Opening
from people.models import User
texts = json.loads({texts!r})
people = list(User.objects.filter(is_active=True).order_by("pk")[:2])
thread = actions.open_thread(Opening(title="<script>alert(1)</script> {{{{7*7}}}}", text=texts[0], language="en"), by=people[0], at=timezone.now())
for text in texts[1:]:
    actions.reply(thread, text, by=people[1], language="en", at=timezone.now())
print("thread", thread.pk)
"""
REMOVE = "from community.models import Thread; print(Thread.objects.filter(pk={pk}).delete()[0])"
ACTIVE = """() => [...document.querySelectorAll('.post__words *, h1 *')].filter((one) =>
  ['SCRIPT', 'IFRAME', 'SVG', 'OBJECT', 'EMBED', 'FORM', 'INPUT', 'STYLE', 'LINK', 'META', 'BASE', 'MATH', 'IMG'].includes(one.tagName.toUpperCase())
  || [...one.attributes].some((attribute) => attribute.name.startsWith('on') || attribute.name === 'style' || /^\\s*(javascript|data|vbscript):/i.test(attribute.value))
).map((one) => one.outerHTML.slice(0, 120))"""


def watched(page, site) -> tuple[list, list]:
    """(dialogs that opened, addresses of others that were asked)"""
    dialogs, foreign = [], []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: request.url.startswith((site.address, "data:")) or foreign.append(request.url))
    return dialogs, foreign


@pytest.fixture
def hostile(site):
    """(the number of a thread, of its posts); other tests look at the same site, so it goes afterwards."""
    chance = random.Random(20_26)
    texts = [*HOSTILE, *(a_tree(chance) for _post in range(POSTS))]
    told = site.manage("shell", "-v0", "-c", WRITE.format(texts=json.dumps(texts)))
    pk = told.rpartition("thread ")[2].strip()
    yield pk, len(texts)
    site.manage("shell", "-v0", "-c", REMOVE.format(pk=pk))


def test_nothing_in_a_post_is_active_where_no_policy_protects(visit, site, hostile):
    pk, count = hostile
    page = visit(bypass_csp=True)
    dialogs, foreign = watched(page, site)

    shown = 0
    for number in (1, 2):
        answer = page.goto(f"/en/community/threads/{pk}/?page={number}", wait_until="networkidle")
        assert answer.status == 200
        assert page.evaluate(ACTIVE) == []
        for link in page.locator(".post__words a").all()[:30]:
            link.dispatch_event("mouseover")
        shown += page.locator(".post__words").count()

    assert (dialogs, foreign) == ([], []) and shown == count


def test_an_attack_that_is_not_cleaned_would_be_noticed(visit, site):
    page = visit(bypass_csp=True)
    dialogs, foreign = watched(page, site)
    page.goto("/en/about/")
    page.evaluate("""() => { document.querySelector('main').innerHTML =
      '<div class="post__words"><img src="http://evil.example/x.png" onerror="alert(1)"></div>'; }""")
    page.wait_for_timeout(1500)

    assert dialogs == ["1"] and foreign == ["http://evil.example/x.png"] and len(page.evaluate(ACTIVE)) == 1
