"""Every page that each role can reach by links, in both languages, on a phone and at a desk."""

import re

import axe
import people
import pytest
import screens
from crawler import kind, reach, report, someone
from people import Person
from playwright.sync_api import Page

ROLES = [
    "stranger", "resident", "card holder", "leader", "merchant", "courier", "social_worker", "supervisor", "committee",
    "government_reader", "operator",
]  # fmt: skip

COUNTS = """() => ["h1", "a[href^='tel:'], .print-head"].map((kind) => document.querySelectorAll(kind).length)"""
"""Headings of the first level and telephone numbers; counted in one step, since thousands of pages are."""


def faults(page: Page, with_axe: bool) -> list[str]:
    """What is wrong with the page that stands in the window."""
    found = []
    headings, telephones = page.evaluate(COUNTS)
    if headings != 1:
        found.append(f"has {headings} h1")
    if telephones == 0:
        found.append("names no telephone")
    if with_axe:
        try:
            axe.check(page)
        except AssertionError as error:
            found.append(str(error))
    return found


@pytest.fixture(scope="module")
def looked_at() -> set[tuple[str, str, str]]:
    """What was looked at already: roles share most pages, so each is drawn once per screen and language."""
    return set()


@pytest.fixture(scope="module")
def within_reach() -> dict[tuple[str, str], list[str]]:
    """What each role reached in each language: what is linked is the same on every screen."""
    return {}


def look(page: Page, paths: list[str], name: str, with_axe: bool) -> dict[str, list[str]]:
    """Opens each page and looks at it; returns what is wrong, by path."""
    wrong = {}
    for path in paths:
        page.goto(path)
        if found := faults(page, with_axe):
            wrong[path] = found
        door = re.sub(r"\W+", "-", kind(path)).strip("-") or "start"
        page_name = f"page-{name.replace(' ', '-')}-{door}"
        try:
            screens.take(page, page_name)
        except AssertionError as error:
            wrong.setdefault(path, []).append(str(error))
    return wrong


@pytest.mark.parametrize("role", ROLES)
def test_every_page_within_reach_is_sound(
    open_window, looked_at, within_reach, everyone: list[Person], role: str, device: str, language: str
):
    """Accessibility is judged in Chinese on a phone and in English at a desk, the rest on all four."""
    window = open_window(None, person=someone(everyone, role), device=device, language=language)
    wrong = {}
    if (role, language) not in within_reach:
        within_reach[role, language], wrong = reach(window, each=4)
    paths = within_reach[role, language]
    fresh = [path for path in paths if path == "/" or (kind(path), device, language) not in looked_at]
    looked_at.update((kind(path), device, language) for path in fresh)
    wrong |= look(window, fresh, role, with_axe=(device, language) in {("phone", "zh"), ("desk", "en")})
    assert not wrong, report(wrong)


def test_every_page_is_sound_in_the_elder_view(open_window, everyone: list[Person], language: str):
    window = open_window("/", person=people.with_role(everyone, "resident", 4), language=language, fresh=True)
    if window.locator("body.elder").count() == 0:
        window.locator("button[name=elder][value=on]").click()
    assert window.locator("body.elder").count() == 1
    paths, wrong = reach(window)
    wrong |= look(window, paths, "elder", with_axe=True)
    assert not wrong, report(wrong)
