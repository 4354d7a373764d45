"""The shelf with its photo, a bag that is not there, and the hours at which bags go astray."""

import axe
import people
import screens
from people import Person
from playwright.sync_api import Page
from test_after_sales import photo
from test_campaign_day import text
from test_rounds import find_round


def press(page: Page, selector: str) -> None:
    page.locator(selector).first.click()
    page.wait_for_load_state("load")


def paths(page: Page, links: str) -> list[str]:
    return [link.get_attribute("href") for link in page.locator(links).all()]


def with_a_bag(open_window, everyone: list[Person], language: str) -> tuple[Person, Page, str]:
    """A resident whose order may be reported as not there; the window stands at it."""
    for resident in (person for person in everyone if person.role == "resident" and person.phone):
        page = open_window("/orders", person=resident, language=language, javascript=False)
        for order in paths(page, "main article h2 a"):
            page.goto(order)
            if page.locator("#loss a[href$='/loss']").count():
                return resident, page, order
    raise AssertionError("nobody has an order whose bag could be missing")


def test_two_taps_report_a_bag_that_is_not_there(open_window, everyone: list[Person], language: str) -> None:
    resident, page, order = with_a_bag(open_window, everyone, language)
    screens.take(page, "loss-1-order")
    press(page, "#loss a[href$='/loss']")
    screens.take(page, "loss-2-confirm")
    press(page, "main form[action$='/loss'] button.button")
    assert "/losses/" in page.url
    report = page.url.split("/losses/")[1].split("?")[0]
    screens.take(page, "loss-3-reported")

    leader = open_window("/desk/losses", person=people.with_role(everyone, "leader"), language=language, device="desk")
    axe.check(leader)
    screens.take(leader, "loss-4-list")
    leader.goto(f"/desk/losses/{report}")
    assert leader.locator("#chain li").count(), text(leader)
    axe.check(leader)
    screens.take(leader, "loss-5-chain")
    press(leader, "main form:has([value=looking]) button.button")
    press(leader, "main form:has([value=lost]) button.button")
    if "done=1" not in leader.url:
        # What a courier carries is not lost: the round comes to its end first.
        assert leader.locator(".notice.bad").count() == 1, text(leader)
        leader.goto(find_round(leader))
        press(leader, "form[action$='/end'] button")
        leader.goto(f"/desk/losses/{report}")
        press(leader, "main form:has([value=lost]) button.button")
    assert "done=1" in leader.url, text(leader)

    page.goto(f"/losses/{report}")
    claims = paths(page, "main a[href^='/claims/']")
    assert claims, text(page)
    screens.take(page, "loss-6-lost")
    page.goto(claims[0])
    assert page.locator("h1").count() == 1
    stranger = next(
        person for person in everyone if person.role == "resident" and person.phone and person != resident
    )
    other = open_window(None, person=stranger, language=language)
    assert other.request.get(f"/losses/{report}").status == 404


def test_the_shelf_is_photographed(open_window, everyone: list[Person], language: str) -> None:
    leader = open_window("/desk", person=people.with_role(everyone, "leader"), language=language, javascript=False)
    for custody in paths(leader, "main a[href$='/custody']"):
        leader.goto(custody.replace("/custody", "/shelf"))
        if leader.locator(".shelf-photo").count():
            break
    before = leader.locator(".shelf-photo").count()
    assert before, "the latest group-buys have a photo of their shelf"
    screens.take(leader, "shelf-1-desk")
    press(leader, "main form[action$='/photos'] button.button")
    assert leader.locator(".error-summary").count() == 1, "a photo is needed, and a look that nobody is in it"
    leader.set_input_files("[name=picture]", {"name": "shelf.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    leader.check("[name=nobody]")
    press(leader, "main form[action$='/photos'] button.button")
    assert "done=1" in leader.url, text(leader)
    assert leader.locator(".shelf-photo").count() == before + 1
    screens.take(leader, "shelf-2-photographed")


def test_the_hours_at_which_bags_go_astray(open_window, everyone: list[Person], language: str) -> None:
    for device in ("phone", "desk"):
        page = open_window(
            "/desk/pickup-patterns", person=people.with_role(everyone, "leader"), language=language, device=device
        )
        axe.check(page)
        screens.take(page, "patterns")
    assert page.locator("main table").count() >= 2
    shown = text(page)
    assert ("少于 5" if language == "zh" else "under 5") in shown or page.locator("svg.chart").count() == 1, shown
