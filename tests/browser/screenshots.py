"""Pictures of the main pages for people to look at: make screenshots."""

import re
import sys
import tempfile
from itertools import product
from pathlib import Path

from playwright.sync_api import sync_playwright

from portal import env
from tests.browser.serving import ROOT, served
from tests.browser.test_pages import LANGUAGES, addresses, own_addresses

FOLDER = ROOT / "screenshots"


def main() -> int:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as data, served(Path(data)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=env.CHROMIUM, args=["--no-sandbox"])
        for language, width, scheme in product(LANGUAGES, (320, 1280), ("light", "dark")):
            look = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "base_url": site.address}
            visitor, member = browser.new_context(**look).new_page(), browser.new_context(**look).new_page()
            site.sign_in(member, "educator")
            for page, pages in ((visitor, addresses(visitor, language)), (member, own_addresses(member, language))):
                for name, address in pages.items():
                    page.goto(address, wait_until="networkidle")
                    slug = re.sub(r"\W+", "-", name)
                    page.screenshot(path=FOLDER / f"{slug}-{language}-{width}-{scheme}.png", full_page=True)
            visitor.context.close()
            member.context.close()
        browser.close()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
