"""A button for another language only where the operator named a provider; what it made is labelled and made once."""

from community.models import Post
from tests.factories import a_member
from tests.factories.community import a_thread


class Reverser:
    name = "reverser"
    asked = 0

    def translate(self, texts, source, target):
        type(self).asked += 1
        return [text[::-1] for text in texts]


class Broken:
    name = "broken"

    def translate(self, texts, source, target):
        raise OSError("away")


def page_of(client, thread) -> str:
    client.force_login(a_member())
    return client.get(f"/en/community/threads/{thread.pk}/").content.decode()


def test_without_a_provider_there_is_no_button(client, db):
    thread = a_thread(text="Kuka on kokeillut?", language="fi")

    assert "translate/" not in page_of(client, thread)
    assert client.post(f"/en/community/posts/{thread.posts.get().pk}/translate/").status_code == 404


def test_a_translation_is_made_once_labelled_and_stands_beside_the_original(client, db, settings, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "a_provider", sys.modules[__name__])
    settings.TRANSLATOR = "a_provider.Reverser"
    thread = a_thread(text="abc <b>def</b>", language="fi")
    address = f"/en/community/posts/{thread.posts.get().pk}/translate/"
    assert f"{address}" in page_of(client, thread)

    pages = [client.post(address).content.decode() for _time in range(2)]

    assert Reverser.asked == 1
    assert ["Translated by reverser" in page for page in pages] == [True, True]
    assert '<div class="prose" lang="fi">' in pages[0]
    assert ["cba" in page for page in pages] == [True, True]


def test_a_provider_that_is_away_breaks_nothing(client, db, settings, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "a_provider", sys.modules[__name__])
    settings.TRANSLATOR = "a_provider.Broken"
    thread = a_thread(text="Kuka?", language="fi")
    page_of(client, thread)

    answer = client.post(f"/en/community/posts/{thread.posts.get().pk}/translate/")

    assert answer.status_code == 200
    assert "Try again later" in answer.content.decode()
    assert Post.objects.get().translations == {}
