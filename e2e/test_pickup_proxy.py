"""Pickup for someone else: a household asks, a neighbour agrees, the table sees who has come, and either can end it."""

import re

import axe
import people
import screens
from people import Person
from playwright.sync_api import Page
from test_campaign_day import text


def press(page: Page, selector: str) -> None:
    page.locator(selector).first.click()
    page.wait_for_load_state("load")


def named(everyone: list[Person], name: str) -> Person:
    return next(person for person in everyone if name in person.name)


def test_a_neighbour_is_found_by_a_code(open_window, everyone: list[Person], language: str) -> None:
    """The household asks with the code that the neighbour shows; nothing of the neighbour is seen before."""
    helper = named(everyone, "赵国强")
    asker = named(everyone, "陈昊" if language == "zh" else "李佳怡")
    theirs = open_window("/pickup-proxies", person=helper, language=language, javascript=False)
    screens.take(theirs, "pickup-proxy-1-helper")
    press(theirs, "#found button")
    digits = theirs.locator("main p.code").inner_text().replace(" ", "")
    assert re.fullmatch(r"\d{8}", digits)
    screens.take(theirs, "pickup-proxy-2-code")

    mine = open_window(f"/pickup-proxies/new?neighbour={digits}", person=asker, language=language)
    assert helper.name.split()[0] not in text(mine)
    axe.check(mine)
    screens.take(mine, "pickup-proxy-3-ask")
    press(mine, "main form[action='/pickup-proxies'] button.button")
    assert mine.locator(".error-summary").count() == 1, "a leave for all orders needs an end"
    mine.fill("[name=until]", soon(mine))
    press(mine, "main form[action='/pickup-proxies'] button.button")
    assert "asked=1" in mine.url, text(mine)
    screens.take(mine, "pickup-proxy-4-asked")

    theirs.goto("/pickup-proxies")
    assert asker.name.split()[0] in text(theirs)
    screens.take(theirs, "pickup-proxy-5-answer")
    press(theirs, "#theirs button[value=accept]")
    assert "/pickup-proxies/" in theirs.url
    screens.take(theirs, "pickup-proxy-6-fetching")
    mine.goto("/pickup-proxies")
    assert helper.name.split()[0] in text(mine), "both have agreed, so the name is shown"
    axe.check(mine)
    press(mine, "#mine form[action$='/end'] button")
    assert helper.name.split()[0] not in mine.locator("#mine").inner_text(), "ended at once"


def soon(page: Page) -> str:
    """A day within the next weeks, as date fields write it."""
    return page.evaluate("new Date(Date.now() + 20 * 86400e3).toISOString().slice(0, 10)")


def test_a_neighbour_is_found_by_the_door(open_window, everyone: list[Person]) -> None:
    asker, helper = named(everyone, "Anna"), named(everyone, "陈昊")
    page = open_window("/pickup-proxies/new", person=asker, language="en", device="tablet", javascript=False)
    page.locator("details summary").first.click()
    page.fill("[name=building]", "7")
    page.fill("[name=unit]", "2")
    page.fill("[name=room]", "9999")
    page.fill("[name=until]", "2000-01-01")
    press(page, "main form[action='/pickup-proxies'] button.button")
    assert page.locator(".error-summary").count() == 1
    page.fill("[name=room]", "1503")
    date = open_window("/", device="desk")
    page.fill("[name=until]", soon(date))
    press(page, "main form[action='/pickup-proxies'] button.button")
    assert "asked=1" in page.url, text(page)
    assert helper.name.split()[0] not in text(page), "a door names nobody"
    screens.take(page, "pickup-proxy-7-door")


def test_staff_enter_it_for_someone_without_a_phone(open_window, everyone: list[Person], language: str) -> None:
    worker = people.with_role(everyone, "social_worker")
    page = open_window("/desk/pickup-proxies", person=worker, language=language, device="desk", javascript=False)
    screens.take(page, "pickup-proxy-8-desk")
    for prefix, door in (("", ("1", "2", "302")), ("neighbour_", ("9", "1", "1204"))):
        for name, value in zip(("building", "unit", "room"), door, strict=True):
            page.fill(f"[name={prefix}{name}]", value)
    press(page, "main form[method=get] button.button")
    page.locator("[name=person]").first.check()
    page.locator("[name=neighbour]").first.check()
    page.fill("[name=until]", soon(open_window("/", device="desk")))
    press(page, "main form[action='/desk/pickup-proxies'] button.button")
    assert page.locator(".error-summary").count() == 1, "both must have said so"
    page.check("[name=household_agreed]")
    page.check("[name=neighbour_agreed]")
    screens.take(page, "pickup-proxy-9-entering")
    press(page, "main form[action='/desk/pickup-proxies'] button.button")
    assert "done=1" in page.url and "王秀珍" in text(page), text(page)

    card = open_window("/pickup-proxies", person=people.with_card(everyone), language=language, device="tablet")
    assert card.locator("#mine li").count() >= 1
    axe.check(card)
    screens.take(card, "pickup-proxy-10-card")
