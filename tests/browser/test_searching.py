"""Searching as a reader with scripts does it: results follow the letters."""

from tests.browser.serving import until

WORD = "quonsortle"
KEPT = "from search.models import DemandGap; print(*DemandGap.objects.filter(text__startswith='quo').values_list('text', 'times'))"


def test_what_was_typed_in_vain_is_kept_once_and_whole(visit, site):
    page = visit()
    page.goto("/en/search/")

    page.locator("#q").press_sequentially(WORD, delay=60)
    page.wait_for_selector(".nothing")
    page.locator("#q").press("Tab")

    assert until(lambda: WORD in site.manage("shell", "-v0", "-c", KEPT))
    page.locator("#q").press("Enter")
    page.wait_for_timeout(2500)
    assert site.manage("shell", "-v0", "-c", KEPT).strip() == f"('{WORD}', 2)"
