"""Finds every page that somebody can reach by links, one of each kind."""

import re
from collections import deque

import people
from people import Person
from playwright.sync_api import Page

IDENTIFIER = re.compile(r"/[0-7][0-9a-hjkmnp-tv-z]{12}(?=/|$)|(?<=/lines)/\d+|(?<=/slips)/\d{10}(?=/|$)|/\d{4}-\d\d(?=/|$)")
LINK = re.compile(r'<a [^>]*?href="(/[^"?#]*)')
FILES = ("/xlsx", "/csv", "/text", "/template", ".xlsx", ".csv", "/live", "/picture")
PAGES_AT_MOST = 150


def kind(path: str) -> str:
    """The door that a path goes through: pages that differ in an identifier or line alone are looked at once."""
    return IDENTIFIER.sub("/*", path)


def someone(everyone: list[Person], role: str) -> Person | None:
    """Somebody with this role; nobody for a stranger."""
    if role == "stranger":
        return None
    return people.with_card(everyone) if role == "card holder" else people.with_role(everyone, role)


def reach(page: Page) -> tuple[list[str], dict[str, list[str]]]:
    """One path of each kind that links lead to from the first page, and those that did not answer well."""
    waiting, known, found, wrong = deque(["/"]), {"/"}, [], {}
    while waiting:
        path = waiting.popleft()
        answer = page.request.get(path)
        if answer.status != 200:
            wrong[path] = [f"answered {answer.status}"]
            continue
        found.append(path)
        for link in LINK.findall(answer.text()):
            if kind(link) not in known and not link.endswith(FILES) and not link.startswith(("/static/", "/api/")):
                known.add(kind(link))
                waiting.append(link)
        assert len(known) <= PAGES_AT_MOST, f"more than {PAGES_AT_MOST} kinds of page: {sorted(known)}"
    return found, wrong


def report(wrong: dict[str, list[str]]) -> str:
    return "\n".join(f"{path}: {fault}" for path, found in wrong.items() for fault in found)
