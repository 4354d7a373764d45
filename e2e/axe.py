"""Accessibility, judged by axe-core in the page as it stands."""

from importlib import resources

from playwright.sync_api import Page

SOURCE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
REFUSED = {"serious", "critical"}


def violations(page: Page) -> list[dict]:
    """Everything that axe finds wrong, minor things included. The window must have JavaScript, which axe needs."""
    assert not page.evaluate("matchMedia('(scripting: none)').matches"), "axe cannot run in a window without JavaScript"
    page.evaluate(SOURCE)
    found = page.evaluate(
        "rules => axe.run(document, { runOnly: { type: 'tag', values: rules }, resultTypes: ['violations'] })", RULES
    )
    return found["violations"]


def check(page: Page) -> None:
    """Fails when axe finds something serious or critical, naming each rule and place."""
    refused = [found for found in violations(page) if found["impact"] in REFUSED]
    if refused:
        lines = [
            f"{found['impact']}: {found['help']} ({found['id']})"
            + "".join(f"\n    {' '.join(map(str, node['target']))}: {node['html'][:160]}" for node in found["nodes"][:8])
            for found in refused
        ]
        raise AssertionError(f"axe on {page.url}:\n" + "\n".join(lines))
