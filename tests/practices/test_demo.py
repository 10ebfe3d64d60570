"""The demonstration's case studies."""

from wagtail.users.models import UserProfile

from people.models import User
from practices.demo import loader
from practices.models import CaseStudy


def test_nobody_is_mailed_of_what_the_demonstration_publishes(
    db, monkeypatch, mailoutbox, django_capture_on_commit_callbacks
):
    few = loader.contents()[:2]
    monkeypatch.setattr(loader, "contents", lambda: few)

    with django_capture_on_commit_callbacks(execute=True):
        added = loader.load()

    assert (added, CaseStudy.objects.filter(is_demo=True, live=True).exists()) == (2, True)
    assert mailoutbox == []
    assert UserProfile.get_for_user(User.objects.get(email="editor@demo.invalid")).submitted_notifications
