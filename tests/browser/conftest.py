"""Chromium and the server it looks at."""

import os
from pathlib import Path

import pytest

from portal import env
from tests.browser.serving import Server, served


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """One server for all of them: they run one after the other in one process."""
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def chromium():
    if not Path(env.CHROMIUM).exists():
        message = f"Chromium is not at {env.CHROMIUM}: install it, or name it in CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this process until the end; Django would refuse the database to every test that follows.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=env.CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                  "--disable-component-update", "--disable-sync"],
        )  # fmt: skip
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(chromium, tmp_path_factory) -> Server:
    with served(tmp_path_factory.mktemp("praxis")) as server:
        yield server


@pytest.fixture
def visit(chromium, site):
    """visit(width=320, scheme="dark", javascript=False) -> a page of a fresh visitor."""
    contexts = []

    def make(width: int = 1280, scheme: str = "light", javascript: bool = True, **options):
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=javascript,
            base_url=site.address,
            **options,
        )
        context.set_default_timeout(60_000)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
