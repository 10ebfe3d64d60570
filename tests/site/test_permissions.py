"""Who gets in where: every address of the site, for every role, in one table. An address without a row is red."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import PageViewRestriction

from community.attention import stopping as mail_links
from community.models import Event, Offer
from practices.models import Attachment
from search import indexer
from search.watching import stopping
from tests.factories import a_case_study, a_member, an_editor
from tests.factories.community import a_group, a_question
from tests.factories.watching import a_saved_search

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "member", "author", "editor", "administrator")
SIGN_IN = "sign in"
REFUSED = "refused"  # by way of the admin's door, which is closed to her
ELSEWHERE = "elsewhere"  # led on, not to the door

OPEN = (200,) * 5
NOBODY = (404,) * 5
LED_ON = (ELSEWHERE,) * 5
GUESTS = (200, *(ELSEWHERE,) * 4)
MEMBERS = (SIGN_IN, 200, 200, 200, 200)
SETTLED = (SIGN_IN, *(ELSEWHERE,) * 4)  # done already, or first to be confirmed who one is
LACKED = (SIGN_IN, *(404,) * 4)  # of a second factor nobody here has
AUTHORS = (SIGN_IN, 404, 200, 200, 200)
MODERATORS = (SIGN_IN, 404, 404, 404, 200)  # of the community; of these only the administrator
CIRCLE = (404, 404, 200, 404, 200)  # who belongs to the author's hidden group: here she alone, and who moderates all
CIRCLE_IN = (SIGN_IN, *CIRCLE[1:])
CIRCLE_ON = (SIGN_IN, 404, ELSEWHERE, 404, ELSEWHERE)
EDITORS = (SIGN_IN, REFUSED, REFUSED, 200, 200)
ADMINISTRATORS = (SIGN_IN, REFUSED, REFUSED, ELSEWHERE, 200)

# Name of the address, method, path, what each of ROLES gets. Of Wagtail's admin a few rows stand for all.
TABLE = [
    ("wagtaildocs_serve", "GET", "/documents/{document}/{file}", (404, 404, 200, 200, 200)),
    ("wagtaildocs_authenticate_with_password", "POST", "/documents/authenticate_with_password/{restriction}/", LED_ON),
    ("health_live", "GET", "/health/live", OPEN),
    ("health_ready", "GET", "/health/ready", OPEN),
    ("robots", "GET", "/robots.txt", OPEN),
    ("sitemap_index", "GET", "/sitemap.xml", OPEN),
    ("sitemap_section", "GET", "/sitemap-concepts.xml", OPEN),
    ("set_language", "POST", "/language/setlang/", LED_ON),
    ("api_practices", "GET", "/api/practices/", OPEN),
    ("media", "GET", "/media/nothing.jpg", NOBODY),
    ("account_login", "GET", "/en/accounts/login/", GUESTS),
    ("account_logout", "GET", "/en/accounts/logout/", (ELSEWHERE, 200, 200, 200, 200)),
    ("account_inactive", "GET", "/en/accounts/inactive/", OPEN),
    ("account_signup", "GET", "/en/accounts/signup/", GUESTS),
    ("account_reauthenticate", "GET", "/en/accounts/reauthenticate/", MEMBERS),
    ("account_email", "GET", "/en/accounts/email/", MEMBERS),
    ("account_email_verification_sent", "GET", "/en/accounts/confirm-email/", SETTLED),
    ("account_change_password", "GET", "/en/accounts/password/change/", MEMBERS),
    ("account_set_password", "GET", "/en/accounts/password/set/", SETTLED),
    ("account_reset_password", "GET", "/en/accounts/password/reset/", OPEN),
    ("account_confirm_login_code", "GET", "/en/accounts/login/code/confirm/", SETTLED),
    ("account_reset_password_from_key_done", "GET", "/en/accounts/password/reset/key/done/", OPEN),
    ("account_reset_password_from_key", "GET", "/en/accounts/password/reset/key/1-abc/", OPEN),
    ("account_reset_password_done", "GET", "/en/accounts/password/reset/done/", OPEN),
    ("account_request_login_code", "GET", "/en/accounts/login/code/", GUESTS),
    ("mfa_index", "GET", "/en/accounts/2fa/", MEMBERS),
    ("mfa_authenticate", "GET", "/en/accounts/2fa/authenticate/", SETTLED),
    ("mfa_reauthenticate", "GET", "/en/accounts/2fa/reauthenticate/", SETTLED),
    ("mfa_activate_totp", "GET", "/en/accounts/2fa/totp/activate/", SETTLED),
    ("mfa_deactivate_totp", "GET", "/en/accounts/2fa/totp/deactivate/", LACKED),
    ("mfa_view_recovery_codes", "GET", "/en/accounts/2fa/recovery-codes/", LACKED),
    ("mfa_generate_recovery_codes", "GET", "/en/accounts/2fa/recovery-codes/generate/", SETTLED),
    ("mfa_download_recovery_codes", "GET", "/en/accounts/2fa/recovery-codes/download/", LACKED),
    ("mfa_list_webauthn", "GET", "/en/accounts/2fa/webauthn/", MEMBERS),
    ("mfa_add_webauthn", "GET", "/en/accounts/2fa/webauthn/add/", SETTLED),
    ("mfa_reauthenticate_webauthn", "GET", "/en/accounts/2fa/webauthn/reauthenticate/", SETTLED),
    ("mfa_remove_webauthn", "GET", "/en/accounts/2fa/webauthn/keys/1/remove/", SETTLED),
    ("mfa_edit_webauthn", "GET", "/en/accounts/2fa/webauthn/keys/1/edit/", SETTLED),
    ("mfa_login_webauthn", "GET", "/en/accounts/2fa/webauthn/login/", SETTLED),
    ("usersessions_list", "GET", "/en/accounts/sessions/", MEMBERS),
    ("profile", "GET", "/en/me/", MEMBERS),
    ("my_data", "GET", "/en/me/data/", MEMBERS),
    ("export_my_data", "GET", "/en/me/data/export/", MEMBERS),
    ("delete_account", "POST", "/en/me/data/delete/", (SIGN_IN, 422, 422, 422, 422)),
    ("search", "GET", "/en/search/", OPEN),
    ("search_suggest", "GET", "/en/search/suggest/?q=co", OPEN),
    ("search_feed", "GET", "/en/search/feed.atom", OPEN),
    ("saved_feed", "GET", "/en/search/saved/{token}.atom", OPEN),
    ("my_searches", "GET", "/en/my/searches/", MEMBERS),
    ("save_search", "GET", "/en/my/searches/new/?q=lantern", MEMBERS),
    ("change_search", "POST", "/en/my/searches/{saved}/", (SIGN_IN, 404, 422, 404, 404)),
    ("delete_search", "GET", "/en/my/searches/{saved}/delete/", (SIGN_IN, 404, 200, 404, 404)),
    ("stop_messages", "GET", "/en/my/searches/stop/{stop}/", OPEN),
    ("notifications", "GET", "/en/community/notifications/", MEMBERS),
    ("notification_settings", "GET", "/en/community/notifications/settings/", MEMBERS),
    ("watch", "POST", "/en/community/notifications/watch/", LACKED),
    ("stop_notifications", "GET", "/en/community/notifications/stop/{stop_mails}/", OPEN),
    ("moderation", "GET", "/en/community/moderation/", CIRCLE_IN),
    ("moderation_log", "GET", "/en/community/moderation/log/", MODERATORS),
    ("group_log", "GET", "/en/community/moderation/log/nothing/", LACKED),
    ("transparency", "GET", "/en/community/moderation/figures/", OPEN),
    ("flag", "GET", "/en/community/moderation/flag/person/{writer}/", MEMBERS),
    ("my_flags", "GET", "/en/community/moderation/flags/", MEMBERS),
    ("barriers", "GET", "/en/community/moderation/barriers/", MEMBERS),
    ("put_barrier", "POST", "/en/community/moderation/barriers/{writer}/put/", LACKED),
    ("remove_barrier", "POST", "/en/community/moderation/barriers/{writer}/remove/", SETTLED),
    ("notice", "GET", "/en/community/moderation/notice/", OPEN),
    ("notice_state", "GET", "/en/community/moderation/notice/nothing/", NOBODY),
    ("decision", "GET", "/en/community/moderation/decision/1/", LACKED),
    ("answer_complaint", "POST", "/en/community/moderation/decision/1/answer/", LACKED),
    ("decision_link", "GET", "/en/community/moderation/decision/link/nothing/", NOBODY),
    ("take_case", "POST", "/en/community/moderation/case/flag/1/take/", LACKED),
    ("dismiss_case", "GET", "/en/community/moderation/case/flag/1/dismiss/", LACKED),
    ("answer_notice", "GET", "/en/community/moderation/case/notice/1/", LACKED),
    ("let_through", "POST", "/en/community/moderation/post/{post}/show/", CIRCLE_ON),
    ("moderate", "GET", "/en/community/moderation/person/{writer}/", MODERATORS),
    ("moderate_by", "GET", "/en/community/moderation/person/{writer}/suspend/", MODERATORS),
    # What lies in the author's hidden group: others don't learn that it exists, who moderates all does.
    ("discuss", "GET", "/en/community/", OPEN),
    ("discuss_feed", "GET", "/en/community/feed.atom", OPEN),
    ("new_thread", "GET", "/en/community/threads/new/", MEMBERS),
    ("new_thread", "GET", "/en/community/threads/new/?group={hidden}", CIRCLE_IN),
    ("nearest_threads", "GET", "/en/community/threads/nearest/?title=lantern+schools", MEMBERS),
    ("save_draft", "POST", "/en/community/threads/drafts/", (SIGN_IN, 400, 400, 400, 400)),
    ("drop_draft", "POST", "/en/community/threads/drafts/drop/", SETTLED),
    ("people_to_mention", "GET", "/en/community/threads/people/?thread={thread}&q=me", MEMBERS),
    ("thread", "GET", "/en/community/threads/{thread}/", CIRCLE),
    ("reply", "POST", "/en/community/threads/{thread}/reply/", (SIGN_IN, 404, 422, 404, 422)),
    ("posts_since", "GET", "/en/community/threads/{thread}/since/0/", CIRCLE),
    ("seen", "POST", "/en/community/threads/{thread}/seen/1/", (SIGN_IN, 404, 204, 404, 204)),
    ("summarise_thread", "GET", "/en/community/threads/{thread}/summary/", LACKED),
    ("post", "GET", "/en/community/posts/{post}/", (404, 404, ELSEWHERE, 404, ELSEWHERE)),
    ("edit_post", "GET", "/en/community/posts/{post}/edit/", (SIGN_IN, 404, 200, 404, 404)),
    ("delete_post", "GET", "/en/community/posts/{post}/delete/", (SIGN_IN, 404, 200, 404, 404)),
    ("post_history", "GET", "/en/community/posts/{post}/history/", CIRCLE),
    ("post_language", "POST", "/en/community/posts/{post}/language/", CIRCLE_ON),
    ("translate_post", "POST", "/en/community/posts/{post}/translate/", LACKED),
    ("react", "POST", "/en/community/posts/{post}/react/", LACKED),
    ("accept_post", "POST", "/en/community/posts/{post}/accept/", CIRCLE_ON),
    ("groups", "GET", "/en/community/groups/", OPEN),
    ("new_group", "GET", "/en/community/groups/new/", MEMBERS),
    ("group", "GET", "/en/community/groups/{hidden}/", CIRCLE),
    ("change_group", "GET", "/en/community/groups/{hidden}/settings/", CIRCLE_IN),
    ("group_members", "GET", "/en/community/groups/{hidden}/members/", CIRCLE),
    ("group_membership", "POST", "/en/community/groups/{hidden}/members/1/", LACKED),
    ("invite_to_group", "POST", "/en/community/groups/{hidden}/invite/", CIRCLE_ON),
    ("join_group", "POST", "/en/community/groups/{hidden}/join/", CIRCLE_ON),
    ("leave_group", "POST", "/en/community/groups/{hidden}/leave/", CIRCLE_ON),
    ("list_me_in_group", "POST", "/en/community/groups/{hidden}/listed/", (SIGN_IN, 404, ELSEWHERE, 404, 404)),
    ("group_pins", "POST", "/en/community/groups/{hidden}/pins/", CIRCLE_ON),
    ("conclude_group", "GET", "/en/community/groups/{hidden}/state/", CIRCLE_IN),
    ("group_deliverable", "GET", "/en/community/groups/{hidden}/deliverable/", LACKED),
    ("export_group", "GET", "/en/community/groups/{hidden}/export/", CIRCLE_IN),
    ("my_quotations", "GET", "/en/community/learning/", MEMBERS),
    ("promote_thread", "GET", "/en/community/learning/threads/{thread}/", CIRCLE_IN),
    ("quotations", "GET", "/en/community/learning/case-studies/{draft}/", (SIGN_IN, 404, 200, 404, 404)),
    ("quotation", "GET", "/en/community/learning/1/", LACKED),
    ("my_questions", "GET", "/en/community/answering/", MEMBERS),
    ("takes_questions", "POST", "/en/community/answering/opt-in/", SETTLED),
    ("answering_figures", "GET", "/en/community/answering/figures/", CIRCLE_IN),
    ("answering_figures_csv", "GET", "/en/community/answering/figures.csv", CIRCLE_IN),
    ("take_on", "POST", "/en/community/answering/{thread}/take/", CIRCLE_ON),
    ("release", "POST", "/en/community/answering/{thread}/release/", CIRCLE_ON),
    ("pass_on", "POST", "/en/community/answering/{thread}/pass/", CIRCLE_ON),
    ("who_could_answer", "GET", "/en/community/answering/{thread}/people/", CIRCLE_IN),
    ("ways_on", "GET", "/en/community/answering/{thread}/ways-on/", (SIGN_IN, 404, 200, 404, 404)),
    ("give_up", "POST", "/en/community/answering/{thread}/give-up/", (SIGN_IN, 404, ELSEWHERE, 404, 404)),
    ("clinic_outcome", "GET", "/en/community/answering/{thread}/outcome/", LACKED),
    ("events", "GET", "/en/community/events/", OPEN),
    ("new_event", "GET", "/en/community/events/new/", MEMBERS),
    ("events_feed", "GET", "/en/community/events/feed/", OPEN),
    ("events_calendar", "GET", "/en/community/events/events.ics", OPEN),
    ("my_calendar", "GET", "/en/community/events/mine/nothing.ics", NOBODY),
    ("event", "GET", "/en/community/events/{event}/", CIRCLE),
    ("edit_event", "GET", "/en/community/events/{event}/edit/", CIRCLE_IN),
    ("cancel_event", "GET", "/en/community/events/{event}/cancel/", CIRCLE_IN),
    ("register_for_event", "POST", "/en/community/events/{event}/register/", CIRCLE_ON),
    ("unregister_from_event", "POST", "/en/community/events/{event}/unregister/", CIRCLE_ON),
    ("event_calendar", "GET", "/en/community/events/{event}/event.ics", CIRCLE),
    ("offers", "GET", "/en/community/partners/", OPEN),
    ("new_offer", "GET", "/en/community/partners/new/", MEMBERS),
    ("offer", "GET", "/en/community/partners/{offer}/", OPEN),
    ("edit_offer", "GET", "/en/community/partners/{offer}/edit/", (SIGN_IN, 404, 200, 404, 404)),
    ("change_offer", "POST", "/en/community/partners/{offer}/change/", (SIGN_IN, 404, ELSEWHERE, 404, 404)),
    ("write_about_offer", "POST", "/en/community/partners/{offer}/write/{writer}/", (SIGN_IN, 422, 422, 422, 422)),
    ("member", "GET", "/en/community/members/{writer}/", OPEN),
    ("browse", "GET", "/en/browse/", OPEN),
    ("scheme", "GET", "/en/browse/factor/", OPEN),
    ("concept", "GET", "/en/browse/factor/privacy/", OPEN),
    ("about", "GET", "/en/about/", OPEN),
    ("accessibility", "GET", "/en/accessibility/", OPEN),
    ("privacy", "GET", "/en/privacy/", OPEN),
    ("write", "GET", "/en/write/", OPEN),
    ("write", "POST", "/en/write/", (ELSEWHERE, 200, 200, 200, 200)),
    ("my_case_studies", "GET", "/en/my/", MEMBERS),
    ("edit_case_study", "GET", "/en/my/{draft}/", AUTHORS),
    ("edit_case_study", "POST", "/en/my/{draft}/", (SIGN_IN, 404, ELSEWHERE, ELSEWHERE, ELSEWHERE)),
    ("deepen_case_study", "GET", "/en/my/{draft}/more/", AUTHORS),
    ("preview_case_study", "GET", "/en/my/{draft}/preview/", AUTHORS),
    ("take_back_case_study", "POST", "/en/my/{draft}/take-back/", (SIGN_IN, 404, ELSEWHERE, ELSEWHERE, ELSEWHERE)),
    ("withdraw_case_study", "GET", "/en/my/{draft}/withdraw/", (SIGN_IN, 404, 404, 404, 404)),
    ("restore_case_study", "POST", "/en/my/{draft}/restore/", (SIGN_IN, 404, 404, 404, 404)),
    ("delete_case_study", "POST", "/en/my/{draft}/delete/", (SIGN_IN, 404, ELSEWHERE, 404, 404)),
    ("wagtailcore_authenticate_with_password", "POST", "/en/_util/authenticate_with_password/{restriction}/{closed_pk}/", OPEN),
    ("private_page_sign_in", "GET", "/en/_util/login/", (SIGN_IN, 403, 403, 403, 403)),
    ("wagtailcore_login", "GET", "/en/_util/login/", (SIGN_IN, 403, 403, 403, 403)),
    ("wagtail_serve", "GET", "/en/", OPEN),
    ("wagtail_serve", "GET", "/en/practices/{published}/", OPEN),
    ("wagtail_serve", "GET", "/fi/practices/{published}/", OPEN),
    ("wagtail_serve", "GET", "/en/practices/{unpublished}/", NOBODY),
    ("wagtail_serve", "GET", "/en/practices/{closed}/", (SIGN_IN, 200, 200, 200, 200)),
    ("admin", "GET", "/admin/", EDITORS),
    ("admin", "GET", "/admin/login/", (SIGN_IN, 403, 403, ELSEWHERE, ELSEWHERE)),
    ("admin", "GET", "/admin/account/", EDITORS),
    ("admin", "GET", "/admin/pages/", EDITORS),
    ("admin", "GET", "/admin/pages/{draft}/edit/", EDITORS),
    ("admin", "GET", "/admin/images/", EDITORS),
    ("admin", "GET", "/admin/documents/", EDITORS),
    ("admin", "GET", "/admin/snippets/practices/organisation/", EDITORS),
    ("admin", "GET", "/admin/snippets/vocabularies/conceptscheme/", EDITORS),
    ("admin", "GET", "/admin/snippets/vocabularies/conceptscheme/add/", (SIGN_IN, REFUSED, REFUSED, ELSEWHERE, ELSEWHERE)),
    ("admin", "GET", "/admin/users/", ADMINISTRATORS),
    ("admin", "GET", "/admin/groups/", ADMINISTRATORS),
    ("admin", "GET", "/admin/sites/", ADMINISTRATORS),
    ("admin", "GET", "/admin/workflows/list/", ADMINISTRATORS),
    ("admin", "GET", "/admin/redirects/", ADMINISTRATORS),
    ("admin", "GET", "/admin/reports/site-history/", EDITORS),
]  # fmt: skip


class Site:
    """What the addresses of the table lead to."""

    def __init__(self):
        self.people = {
            "anonymous": None,
            "member": a_member(),
            "author": a_member(),
            "editor": an_editor(),
            "administrator": a_member(is_superuser=True, is_staff=True),
        }
        self.published = a_case_study("Published", owner=self.people["author"])
        self.draft = a_case_study("Draft of hers", owner=self.people["author"], live=False)
        self.draft.save_revision(user=self.people["author"])
        self.closed = a_case_study("For members only")
        self.restriction = PageViewRestriction.objects.create(page=self.closed, restriction_type="login")
        self.document = Document.objects.create(
            title="Plan", file=ContentFile(b"plan", "plan.txt"), uploaded_by_user=self.people["author"]
        )
        Attachment.objects.create(page=self.draft, document=self.document)
        self.saved = a_saved_search("q=rural", person=self.people["author"])
        author = self.people["author"]
        self.group = a_group("Hidden", owner=author, access="hidden")
        self.thread = a_question("About lanterns", by=author, group=self.group)
        day = timezone.now() + timedelta(days=7)
        self.event = Event.objects.create(
            title="Lantern day",
            text="We meet.",
            language="en",
            host=author,
            group=self.group,
            starts_at=day,
            ends_at=day,
        )
        self.offer = Offer.objects.create(
            kind="offer", title="Lanterns", text="Ours.", language="en", author=author, expires_on=day.date()
        )
        indexer.drain()

    def names(self) -> dict:
        return {
            "draft": self.draft.pk,
            "published": self.published.slug,
            "writer": self.people["author"].pk,
            "unpublished": self.draft.slug,
            "closed": self.closed.slug,
            "closed_pk": self.closed.pk,
            "restriction": self.restriction.pk,
            "document": self.document.pk,
            "file": self.document.filename,
            "hidden": self.group.slug,
            "thread": self.thread.pk,
            "post": self.thread.posts.get().pk,
            "event": self.event.pk,
            "offer": self.offer.pk,
            "saved": self.saved.pk,
            "token": self.saved.token,
            "stop": stopping.link(self.saved).rstrip("/").rpartition("/")[2],
            "stop_mails": mail_links.link(self.people["author"], "all").rstrip("/").rpartition("/")[2],
        }


def outcome(client: Client, method: str, path: str):
    """200, 403, 404 ...; SIGN_IN where the answer leads to the door, ELSEWHERE for any other redirect."""
    answer = getattr(client, method.lower())(path)
    if answer.status_code not in (301, 302):
        return answer.status_code
    target = answer.headers["Location"]
    if "/admin/login/" in target or "/_util/login/" in target:
        answer = client.get(target)
        target = answer.headers.get("Location", "")
        if answer.status_code == 403:
            return REFUSED
    return SIGN_IN if "/accounts/login/" in target else ELSEWHERE


def outcomes(site: Site, method: str, path: str) -> tuple:
    found = []
    for role in ROLES:
        client = Client()
        if site.people[role]:
            client.force_login(site.people[role])
        with transaction.atomic():
            found.append(outcome(client, method, path.format(**site.names())))
            transaction.set_rollback(True)
    return tuple(found)


def names_in(patterns) -> Iterator[str]:
    """The names of all addresses; Wagtail's admin counts as one."""
    for pattern in patterns:
        if str(pattern.pattern) == "admin/":
            yield "admin"
        elif str(pattern.pattern).startswith("^media/"):
            yield "media"
        elif hasattr(pattern, "url_patterns"):
            yield from names_in(pattern.url_patterns)
        else:
            yield pattern.name or str(pattern.pattern)


def test_every_address_has_its_row():
    assert {name for name, *_rest in TABLE} == set(names_in(get_resolver().url_patterns))


@pytest.fixture
def site():
    return Site()


@pytest.mark.parametrize(
    "method, path, expected", [row[1:] for row in TABLE], ids=[f"{row[1]} {row[2]}" for row in TABLE]
)
def test_everybody_gets_what_is_hers(site, method, path, expected):
    assert dict(zip(ROLES, outcomes(site, method, path), strict=True)) == dict(zip(ROLES, expected, strict=True))


def test_what_is_private_is_on_no_list(site, client):
    """The draft and the members' page are there to leak; the search of the public has only the published one."""
    page = client.get("/en/search/").content.decode()
    rows = client.get("/api/practices/").json()["results"]

    assert [row["title"] for row in rows] == [site.published.title]
    assert [title in page for title in ("Published", "Draft of hers", "For members only")] == [True, False, False]
