"""Accessibility, judged by axe-core in the page as it stands."""

import hashlib
from importlib import resources

from playwright.sync_api import Page

SOURCE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
REFUSED = {"serious", "critical"}

# What axe judges by: elements with their attributes, whether they hold text, and whether what they refer to is there. Words,
# addresses and numbers are left out, and what stands in a row alike counts once: a list of ten is as sound as one of two.
SHAPE = r"""
() => {
  const told = /^(class|role|type|hidden|open|disabled|required|tabindex|scope|multiple|autocomplete|aria-.*)$/;
  const references = ["for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-activedescendant", "list"];
  const ids = new Map();
  for (const element of document.querySelectorAll("[id]")) ids.set(element.id, (ids.get(element.id) ?? 0) + 1);
  const refers = (value) => value.split(/\s+/).map((id) => Math.min(ids.get(id) ?? 0, 2)).join("");
  const shape = (element) => {
    const attributes = [...element.attributes].map(({ name, value }) => {
      if (references.includes(name)) return `${name}:${refers(value)}`;
      if (name === "id") return `id:${Math.min(ids.get(value), 2)}`;
      if (name === "lang") return `lang:${/^(zh|en)(-|$)/.test(value)}`;
      if (name === "href") return value.startsWith("#") ? `href:${refers(value.slice(1))}` : name;
      if (name === "content" && element.name === "viewport") return `content=${value}`;
      if (name === "aria-label" || name === "title" || name === "alt") return `${name}:${value.trim() !== ""}`;
      return told.test(name) ? `${name}=${value}` : name;
    });
    const children = [];
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE && child.data.trim() !== "") children.push("#");
      if (child.nodeType === Node.ELEMENT_NODE && child.tagName !== "SCRIPT") children.push(shape(child));
    }
    return `${element.tagName}[${attributes.sort()}](${children.filter((one, at) => children.indexOf(one) === at)})`;
  };
  return `${document.title.trim() !== ""}${shape(document.documentElement)}`;
}
"""

# Shapes that were found sound, each with the width of its window.
_sound: set[tuple[int, str]] = set()


def violations(page: Page) -> list[dict]:
    """Everything that axe finds wrong, minor things included. The window must have JavaScript, which axe needs."""
    assert not page.evaluate("matchMedia('(scripting: none)').matches"), "axe cannot run in a window without JavaScript"
    page.evaluate(SOURCE)
    found = page.evaluate(
        "rules => axe.run(document, { runOnly: { type: 'tag', values: rules }, resultTypes: ['violations'] })", RULES
    )
    return found["violations"]


def check(page: Page) -> None:
    """Fails when axe finds something serious or critical, naming each rule and place.

    A page of a shape that was found sound at this width is not judged again: most pages are met many times over, in both
    languages and by all roles, and judging costs more than all the rest.
    """
    seen = (page.viewport_size["width"], hashlib.sha256(page.evaluate(SHAPE).encode()).hexdigest())
    if seen in _sound:
        return
    refused = [found for found in violations(page) if found["impact"] in REFUSED]
    if refused:
        lines = [
            f"{found['impact']}: {found['help']} ({found['id']})"
            + "".join(f"\n    {' '.join(map(str, node['target']))}: {node['html'][:160]}" for node in found["nodes"][:8])
            for found in refused
        ]
        raise AssertionError(f"axe on {page.url}:\n" + "\n".join(lines))
    _sound.add(seen)
