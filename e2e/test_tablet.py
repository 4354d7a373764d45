"""The tablet that neighbours share: a card opens it, and it forgets by itself."""

import people
import pytest
import screens
from people import Person
from playwright.sync_api import Page


def at_the_tablet(open_window, everyone: list[Person], javascript: bool = True, device: str = "tablet") -> Page:
    page = open_window(None, person=people.with_card(everyone), device=device, javascript=javascript, fresh=True)
    page.goto("/orders")
    return page


def test_when_nobody_is_there_it_asks_and_then_returns_to_the_card(open_window, everyone: list[Person]):
    page = at_the_tablet(open_window, everyone)
    name = people.with_card(everyone).name.split()[0]
    assert name in page.content()
    page.clock.install()
    page.goto("/orders")
    page.clock.run_for(149_000)
    assert page.locator(".still-there button").count() == 0
    page.clock.run_for(3_000)
    bar = page.locator(".still-there")
    assert "还在吗" in bar.inner_text()
    assert page.locator("h1").is_visible(), "it stands in nobody's way"
    screens.take(page, "tablet-still-there")
    bar.locator("button").click()
    assert bar.locator("button").count() == 0
    page.clock.run_for(120_000)
    assert page.url.endswith("/orders"), "whoever is there stays"
    page.clock.run_for(61_000)
    page.wait_for_url("**/card")
    screens.take(page, "tablet-back-at-the-card")
    assert name not in page.content()
    page.go_back()
    page.wait_for_load_state("load")
    assert name not in page.content()


def test_without_scripts_the_page_itself_leads_there(open_window, everyone: list[Person]):
    page = at_the_tablet(open_window, everyone, javascript=False)
    refresh = page.locator("meta[http-equiv=refresh]")
    assert refresh.get_attribute("content") == "180;url=/card/left"
    page.goto("/card/left")
    assert page.url.endswith("/card")
    page.goto("/orders")
    assert page.url.endswith("/card"), "the session is over, and the tablet knows where it stands"


def test_after_signing_out_nothing_personal_is_left(open_window, everyone: list[Person]):
    page = at_the_tablet(open_window, everyone)
    name = people.with_card(everyone).name.split()[0]
    assert name in page.content()
    page.goto("/account")
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.locator("main form[action='/sign-out'] button").click()
    page.wait_for_url("**/card")
    gone = next(answer for answer in answers if answer.url.endswith("/sign-out"))
    assert gone.all_headers()["clear-site-data"] == '"cache", "storage"'
    for _ in range(2):
        page.go_back()
        page.wait_for_load_state("load")
        assert name not in page.content() and page.url.endswith("/card"), page.url
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("caches.keys().then((names) => names.filter((name) => name.startsWith('kept')).length)") == 0


def test_pages_of_a_card_are_stored_nowhere_and_their_forms_remember_nothing(open_window, everyone: list[Person]):
    page = at_the_tablet(open_window, everyone)
    for path in ("/", "/orders", "/basket", "/account", "/campaigns"):
        answer = page.goto(path)
        assert answer.headers["cache-control"] == "no-store", path
        assert answer.headers["offline-copy"] == "none", path
        assert page.locator("main form:not([autocomplete=off])").count() == 0, path
        assert page.locator("script[src*='/app.']").count() == 0 and page.locator("script[src*='/outbox.']").count() == 0, path


def test_another_site_cannot_end_the_stay(open_window, everyone: list[Person]):
    page = at_the_tablet(open_window, everyone)
    page.request.get("/card/left", headers={"Sec-Fetch-Site": "cross-site"})
    page.goto("/orders")
    assert page.url.endswith("/orders")


def test_a_telephone_of_ones_own_is_no_tablet(open_window, everyone: list[Person]):
    page = open_window(None, person=people.with_role(everyone, "resident", 0), fresh=True)
    page.goto("/orders")
    assert page.locator(".still-there, meta[http-equiv=refresh]").count() == 0
    page.goto("/card/left")
    page.goto("/orders")
    assert page.url.endswith("/orders")
