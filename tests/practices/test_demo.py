"""The demonstration's case studies."""

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
    assert [(mail.to, mail.subject) for mail in mailoutbox] == []
