"""Finds every page that somebody can reach by links, one of each kind."""

import re
from collections import Counter, deque
from urllib.parse import urlsplit

import people
from people import Person
from playwright.sync_api import Page

IDENTIFIER = re.compile(r"/[0-7][0-9a-hjkmnp-tv-z]{12}(?=/|$)|(?<=/lines)/\d+|(?<=/versions)/\d+|(?<=/differences)/\d+|(?<=/entries)/\d+|(?<=/slips)/\d{10}(?=/|$)|/\d{4}-\d\d(?=/|$)")
LINK = re.compile(r'<a [^>]*?href="(/[^"?#]*)')
FILES = (".ics", ".geojson", "/xlsx", "/xlsform", "/csv", "/text", "/template", ".xlsx", ".csv", "/live", "/picture")
PAGES_AT_MOST = 320


def kind(path: str) -> str:
    """The door that a path goes through: pages that differ in an identifier or line alone are looked at once."""
    return IDENTIFIER.sub("/*", path)


def someone(everyone: list[Person], role: str) -> Person | None:
    """Somebody with this role; nobody for a stranger."""
    if role == "stranger":
        return None
    return people.with_card(everyone) if role == "card holder" else people.with_role(everyone, role)


def ask(page: Page, path: str) -> tuple[int, str]:
    """What the program answers, without drawing it."""
    answer = page.request.get(path)
    return answer.status, answer.text()


def ask_by_name(page: Page, path: str) -> tuple[int, str]:
    """The same of a host whose name only the browser knows how to find: it is asked at its address."""
    here = urlsplit(page.url)
    cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in page.context.cookies(page.url))
    answer = page.request.get(f"http://127.0.0.1:{here.port}{path}", headers={"Host": here.netloc, "Cookie": cookies})
    return answer.status, answer.text()


def reach(
    page: Page, look=ask, also: list[str] | None = None, links: set[str] | None = None, each: int = 1
) -> tuple[list[str], dict[str, list[str]]]:
    """One path of each kind that links lead to from the first page, and those that did not answer well.

    `also` are paths to begin from as well, where they answer; every link that was seen is added to `links`. As many as
    `each` of a kind are asked for their links: a questionnaire that is closed leads to other pages than one in writing.
    """
    tries = set(also or [])
    waiting, asked, wrong = deque(["/", *sorted(tries)]), {"/", *tries}, {}
    known, found = Counter(kind(path) for path in asked), {}
    while waiting:
        path = waiting.popleft()
        status, text = look(page, path)
        if status != 200:
            if path not in tries:
                wrong[path] = [f"answered {status}"]
            continue
        found.setdefault(path if path in tries else kind(path), path)
        for link in LINK.findall(text):
            if link.endswith(FILES) or link.startswith(("/static/", "/api/", "/hsds")):
                continue
            if links is not None:
                links.add(link)
            if link not in asked and known[kind(link)] < each:
                asked.add(link)
                known[kind(link)] += 1
                waiting.append(link)
        assert len(known) <= PAGES_AT_MOST, f"more than {PAGES_AT_MOST} kinds of page: {sorted(known)}"
    return list(found.values()), wrong


def report(wrong: dict[str, list[str]]) -> str:
    return "\n".join(f"{path}: {fault}" for path, found in wrong.items() for fault in found)
