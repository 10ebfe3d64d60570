"""Headers on every kind of page."""

import pytest

from tests.factories import an_editor


@pytest.mark.parametrize(
    "path", ["/en/search/", "/en/accounts/login/", "/api/practices/", "/health/live", "/en/nothing-here/"]
)
def test_public_answers_run_no_foreign_or_inline_code(client, db, path):
    headers = client.get(path).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy + ";"
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_the_admin_has_its_own_policy_and_nobody_else_may_frame_it(client, db):
    client.force_login(an_editor())

    policy = client.get("/admin/").headers["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
