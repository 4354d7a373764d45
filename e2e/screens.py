"""Pictures of pages, for people to look at; they lie in e2e/output, which git ignores."""

from pathlib import Path

from playwright.sync_api import Error, Page

OUTPUT = Path(__file__).parent / "output"


def take(page: Page, name: str) -> Path:
    """Photographs the whole page as NAME-WIDTH-LANGUAGE.png. Fails when the page is wider than its screen."""
    width = page.viewport_size["width"]
    needed = page.evaluate("document.documentElement.scrollWidth")
    assert needed <= width, f"{page.url} needs {needed} px, {needed - width} more than the screen has"
    while page.evaluate("document.fonts.status") != "loaded":
        page.wait_for_timeout(20)
    language = (page.get_attribute("html", "lang") or "none").split("-")[0]
    OUTPUT.mkdir(exist_ok=True)
    file = OUTPUT / f"{name}-{width}-{language}.png"
    try:
        page.screenshot(path=file, full_page=True, animations="disabled")
    except Error as error:
        # On a busy machine the browser now and then has no picture ready; the page itself is as it was.
        if "Unable to capture screenshot" not in error.message:
            raise
        page.wait_for_timeout(500)
        page.screenshot(path=file, full_page=True, animations="disabled")
    return file
