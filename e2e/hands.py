"""What people do on a page, whatever page it is: they fill in, tick, press, follow, and look."""

import re
from datetime import datetime, timedelta

import axe
import screens
from people import Person
from playwright.sync_api import Page


def named(everyone: list[Person], name: str) -> Person:
    return next(person for person in everyone if person.name.startswith(name))


def text(page: Page) -> str:
    return page.inner_text("main")


def path(page: Page, pattern: str) -> str:
    """The part of the page's address that this pattern describes; `ID` stands for an identifier."""
    found = re.search(pattern.replace("ID", r"\w{13}"), page.url)
    assert found, f"{page.url} instead of {pattern}:\n{text(page)}"
    return found.group(0)


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).last.click()
    page.wait_for_load_state("load")


def follow(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_load_state("load")


def fill(page: Page, within: str = "main", **fields: str) -> None:
    """Types into each field, or chooses from it by value or by what is read there."""
    for name, value in fields.items():
        field = page.locator(f"{within} [name='{name}']")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def tick(page: Page, *choices: str) -> None:
    """Chooses each `field=value`."""
    for choice in choices:
        name, value = choice.split("=")
        page.check(f"main [name='{name}'][value='{value}']")


def unfold(page: Page, summary: str) -> None:
    page.locator("main summary", has_text=summary).click()


def day(days: int) -> str:
    return (datetime.now() + timedelta(days=days)).strftime("%Y-%m-%d")


def look(page: Page, name: str = "") -> None:
    """Has the page judged by axe, and photographed where a name is given."""
    axe.check(page)
    if name:
        screens.take(page, name)
