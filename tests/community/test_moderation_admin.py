"""The record of moderation in the admin: to look at for moderators, to change for nobody."""

import pytest
from django.contrib.auth.models import Group

from community.models import Decision, Flag, LogEntry, Notice
from community.moderation import cases, measures
from community.moderation.deciding import Reasons
from community.moderation.roles import MODERATORS
from tests.factories import a_member, an_editor
from tests.factories.community import a_reply, a_thread

pytestmark = pytest.mark.django_db
MODELS = {"flag": Flag, "notice": Notice, "decision": Decision, "logentry": LogEntry}


@pytest.fixture
def moderator():
    person = a_member(name="Marta")
    person.groups.add(Group.objects.get(name=MODERATORS))
    return person


@pytest.fixture
def history(moderator):
    post = a_reply(a_thread("Lantern"))
    cases.flag(post, "spam", "Look at it", by=a_member())
    measures.hide(post, Reasons("spam", "It sells."), by=moderator)
    Notice.objects.create(address="/en/lantern/", explanation="x", receipt="r")


def test_every_installation_has_moderators_who_may_moderate_and_enter_the_admin(moderator):
    assert moderator.has_perm("community.moderate")
    assert moderator.has_perm("wagtailadmin.access_admin")


@pytest.mark.parametrize("name", MODELS)
def test_moderators_look_at_the_record_and_change_nothing(client, moderator, history, name):
    client.force_login(moderator)
    pk = MODELS[name].objects.first().pk
    base = f"/admin/snippets/community/{name}"

    listing = client.get(f"{base}/")
    assert listing.status_code == 200
    assert "antern" in listing.content.decode() or name in ("logentry",)
    assert client.get(f"{base}/inspect/{pk}/").status_code == 200
    for path in (f"{base}/add/", f"{base}/edit/{pk}/", f"{base}/delete/{pk}/"):
        answer = client.get(path)
        assert answer.status_code in (302, 404), path
        assert client.post(path, {}).status_code in (302, 404)
    assert MODELS[name].objects.filter(pk=pk).exists()


@pytest.mark.parametrize("name", MODELS)
def test_editors_who_don_t_moderate_see_none_of_it(client, history, name):
    client.force_login(an_editor())

    assert client.get(f"/admin/snippets/community/{name}/").status_code in (302, 403)
    assert "Moderators&#x27; desk" not in client.get("/admin/").content.decode()
