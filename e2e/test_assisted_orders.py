"""Ordering for somebody else: read out, confirmed by the person, and bounded by what she allowed."""

import re

import axe
import people
import pytest
import screens
from people import Person
from playwright.sync_api import Page
from test_campaign_day import text
from test_services import owner, service_for_now

SAYS = {
    "zh": {"elder": "王秀珍", "cap": "超过了一单的上限", "wrong": "卡号或密码不对", "placed": "已确认，已下单", "declined": "不要了"},
    "en": {"elder": "王秀珍", "cap": "more than ¥60", "wrong": "card or the PIN is not right", "placed": "Confirmed and ordered", "declined": "Declined"},
}  # fmt: skip
WRONG_PIN = "135792"


def named(everyone: list[Person], name: str) -> Person:
    return next(person for person in everyone if person.name.startswith(name))


def go(page: Page, selector: str) -> None:
    page.locator(selector).first.click()
    page.wait_for_load_state("load")


def ask(page: Page, quantities: list[int]) -> None:
    """From the list of those whom the worker helps to the page that is read out."""
    page.goto("/assisted-orders")
    go(page, "main a.button[href^='/assisted-orders/new/']")
    go(page, "main a.button[href^='/assisted-orders/new/']")
    fill(page, quantities)
    assert quantities == [99] or re.search(r"/assisted-orders/\w{13}$", page.url), text(page)


def fill(page: Page, quantities: list[int]) -> None:
    """Fills in the cheapest items first: what she lets others spend in a day has to last for all of these tests."""
    lines = page.locator("main .order-line")
    price = re.compile(r"\d+\.\d\d")
    # Goods by weight are few and limited, so they come last.
    prices = [float(price.search(line).group(0)) * (100 if re.search("/ (500|斤)", line) else 1) for line in lines.all_inner_texts()]
    cheapest = sorted(range(len(prices)), key=prices.__getitem__)
    for index, quantity in zip(cheapest, quantities):
        lines.nth(index).locator("input[name^=quantity-]").fill(str(quantity))
    go(page, "main form.form > .actions button")


def press(page: Page, action: str) -> None:
    go(page, f"main form[action$='/{action}'] button")


def judged(open_window, person: Person, language: str, device: str, path: str) -> None:
    """Accessibility needs scripts to be judged."""
    window = open_window(path, person=person, language=language, device=device)
    axe.check(window)


@pytest.mark.parametrize(("device", "language"), [("phone", "zh"), ("desk", "en")])
def test_a_worker_orders_with_the_elders_yes(open_window, everyone: list[Person], device: str, language: str) -> None:
    says, worker, elder = SAYS[language], named(everyone, "许安然"), people.with_card(everyone)
    page = open_window("/assisted-orders", person=worker, device=device, language=language, javascript=False)
    assert says["elder"] in text(page)
    screens.take(page, "assisted-0-overview")
    judged(open_window, worker, language, device, "/assisted-orders")
    ask(page, [99])
    assert says["cap"] in text(page), text(page)
    typed = [field.input_value() for field in page.locator("main input[name^=quantity-]").all()]
    assert "99" in typed, "what was typed stays"
    screens.take(page, "assisted-1-over-cap")
    fill(page, [1])
    assert re.search(r"/assisted-orders/\w{13}$", page.url), text(page)
    asked = page.url
    screens.take(page, "assisted-2-read-back")
    judged(open_window, worker, language, device, asked)
    page.fill("main [name=pin]", WRONG_PIN)
    press(page, "pin")
    assert says["wrong"] in text(page), text(page)
    page.fill("main [name=pin]", elder.pin)
    press(page, "pin")
    assert says["placed"] in text(page), text(page)
    screens.take(page, "assisted-3-placed")
    go(page, "main a[href$='/receipt']")
    assert says["elder"] in text(page)
    size = page.locator(".large-type p").first.evaluate("element => parseFloat(getComputedStyle(element).fontSize)")
    assert size >= 24, f"a receipt for her eyes has {size} px"
    screens.take(page, "assisted-4-receipt")


def test_the_relative_who_holds_the_key_says_yes(open_window, everyone: list[Person], language: str) -> None:
    says = SAYS[language]
    worker = open_window(None, person=named(everyone, "许安然"), device="desk", language=language, javascript=False)
    ask(worker, [1])
    asked = worker.url
    relative = open_window("/assisted-orders", person=named(everyone, "陈昊"), language=language, javascript=False)
    screens.take(relative, "assisted-5-relative")
    relative.goto(asked)
    press(relative, "agree")
    assert says["placed"] in text(relative), text(relative)
    worker.goto(asked)
    assert says["placed"] in text(worker)


def test_the_elder_says_no_at_the_tablet(open_window, everyone: list[Person], language: str) -> None:
    says = SAYS[language]
    worker = open_window(None, person=named(everyone, "许安然"), device="desk", language=language, javascript=False)
    ask(worker, [1])
    asked = worker.url
    elder = open_window(
        "/assisted-orders", person=people.with_card(everyone), device="tablet", language=language, javascript=False, fresh=True
    )
    go(elder, "main .order-line a[href^='/assisted-orders/']")
    screens.take(elder, "assisted-6-elder")
    press(elder, "decline")
    assert says["declined"] in text(elder), text(elder)
    worker.goto(asked)
    assert worker.locator("main form[action$='/pin']").count() == 0


@pytest.mark.parametrize("stranger", ["resident", "merchant"])
def test_nobody_else_sees_what_was_asked(open_window, everyone: list[Person], stranger: str) -> None:
    worker = open_window(None, person=named(everyone, "许安然"), device="desk", javascript=False)
    ask(worker, [1])
    window = open_window(None, person=people.with_role(everyone, stranger, 1), javascript=False)
    assert window.request.get(worker.url).status == 404


VISITS = {
    "zh": {"title": "代约理发", "limit": "最多 ¥5.00", "waiting": "等商户答复", "agreed": "约好了", "free": "现在取消不收钱", "cancelled": "取消了"},
    "en": {"title": "Helped haircut", "limit": "¥5.00 at most", "waiting": "Waiting for the merchant", "agreed": "Agreed", "free": "Cancelling now costs nothing", "cancelled": "Cancelled"},
}  # fmt: skip


def confirm_with_pin(page: Page, elder: Person, language: str) -> None:
    page.fill("main [name=pin]", elder.pin)
    press(page, "pin")
    assert {"zh": "已确认，已办好", "en": "Confirmed and done"}[language] in text(page), text(page)


@pytest.mark.parametrize(("device", "language"), [("phone", "zh"), ("desk", "en")])
def test_a_worker_books_a_visit_with_the_elders_yes(open_window, everyone: list[Person], device: str, language: str) -> None:
    says, worker, elder = VISITS[language], named(everyone, "许安然"), people.with_card(everyone)
    service = service_for_now(open_window, everyone, language, says["title"], price="3", cap="5").removeprefix("/services/")
    page = open_window("/assisted-orders", person=worker, device=device, language=language, javascript=False)
    go(page, "main a[href^='/assisted-orders/visits/']")
    assert says["limit"] in text(page)
    screens.take(page, f"assisted-visit-0-services-{language}")
    judged(open_window, worker, language, device, page.url)
    go(page, f"main a.button[href$='/{service}']")
    go(page, "#times a[href*='worker=']")
    screens.take(page, f"assisted-visit-1-time-{language}")
    judged(open_window, worker, language, device, page.url)
    page.fill("main [name=note]", "敲门重一点")
    go(page, "main form.form button")
    assert re.search(r"/assisted-orders/\w{13}$", page.url), text(page)
    booked = page.url
    assert says["limit"] in text(page) and "孔师傅" in text(page)
    screens.take(page, f"assisted-visit-2-read-back-{language}")
    judged(open_window, worker, language, device, booked)
    page.fill("main [name=pin]", WRONG_PIN)
    press(page, "pin")
    assert SAYS[language]["wrong"] in text(page), text(page)
    confirm_with_pin(page, elder, language)
    assert says["waiting"] in text(page)
    screens.take(page, f"assisted-visit-3-booked-{language}")
    judged(open_window, worker, language, device, booked)

    shop = open_window("/desk/services", person=owner(everyone), device="desk", language=language, javascript=False)
    row = shop.locator("main tr", has_text=says["title"]).locator("a[href^='/desk/bookings/']").first
    row.click()
    shop.wait_for_load_state("load")
    press(shop, "accept")
    page.reload()
    assert says["agreed"] in text(page)
    go(page, "main a[href$='/receipt']")
    assert re.fullmatch(r"\d{3} \d{3}", page.locator(".large-type .code").inner_text().strip())
    screens.take(page, f"assisted-visit-4-receipt-{language}")

    tablet = open_window("/bookings", person=elder, device="tablet", language=language, javascript=False, fresh=True)
    go(tablet, f"main article a:has-text('{says['title']}')")
    screens.take(tablet, f"assisted-visit-5-elder-{language}")
    assert tablet.locator("main a[href^='/assisted-orders/']").count() == 1

    # Given up again, with her word: what she lets others spend in a day is whole afterwards.
    page.goto(booked)
    press(page, "cancel")
    assert says["free"] in text(page)
    screens.take(page, f"assisted-visit-6-cancel-{language}")
    confirm_with_pin(page, elder, language)
    page.goto(booked)
    assert says["cancelled"] in text(page), text(page)
    other = open_window(None, person=people.with_role(everyone, "resident", 1), javascript=False)
    assert other.request.get(booked).status == 404
