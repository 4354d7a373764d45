"""What a household needs every week: written once, ordered by itself, asked about before it costs more."""

import re
import time
from datetime import date, datetime, timedelta

import axe
import people
import pytest
import screens
from elder import faults, set_view
from people import Person
from playwright.sync_api import Page
from test_assisted_orders import go, judged, named, press
from test_campaign_day import ZONE, follow, local, submit, text

SAYS = {
    "zh": {"saved": "记下了", "ordered": "订好 2", "dearer": "价格变了，还要吗", "paused": "暂停到", "counts": "固定单生效", "none": "写下每周要的东西"},
    "en": {"saved": "Saved", "ordered": "Ordered: 2", "dearer": "has changed. Do you still want it", "paused": "Paused until", "counts": "the list counts", "none": "Write the list"},
}  # fmt: skip


def campaign(leader: Page, price: str, goods: int) -> str:
    """A campaign that is open now, of one of the goods that the leader finds, by its place, at this price."""
    leader.goto("/desk")
    follow(leader, "/desk/campaigns/new")
    now = datetime.now(ZONE)
    # Far away, so that nothing else of that week was ordered before.
    pickup = now + timedelta(days=35 if price == "6.50" else 63)
    for name, value in {
        "title_zh": f"固定单的团 {price}", "title_en": f"For the list {price}", "note_zh": "", "note_en": "",
        "opens_at": local(now - timedelta(minutes=1)), "cut_off_at": local(now + timedelta(minutes=40)),
        "pickup_from": local(pickup), "pickup_until": local(pickup + timedelta(hours=2)),
    }.items():  # fmt: skip
        leader.fill(f"[name={name}]", value)
    leader.select_option("[name=pickup_point]", index=0)
    leader.check("[name=minimum_kind][value=none]")
    leader.check("[name=shortage_rule][value=pro_rata]")
    submit(leader, "/desk/campaigns")
    found = re.search(r"/desk/campaigns/(\w{13})", leader.url).group(1)
    leader.goto(f"/desk/campaigns/{found}/items")
    leader.locator(f"main a[href*='/desk/campaigns/{found}/items/add/']").nth(goods).click()
    leader.wait_for_load_state("load")
    leader.check("[name=stock_kind][value=on_demand]")
    leader.fill("[name=price]", price)
    leader.locator("main form.form button.button").first.click()
    leader.wait_for_load_state("load")
    leader.goto(f"/desk/campaigns/{found}")
    submit(leader, "/publish")
    return found


def until(page: Page, path: str, words: str) -> None:
    """The jobs of the program need a moment."""
    for _ in range(40):
        page.goto(path)
        if words in text(page):
            return
        time.sleep(0.5)
    raise AssertionError(f"{words} never came:\n{text(page)}")


@pytest.mark.parametrize(("device", "language"), [("phone", "zh"), ("desk", "en")])
def test_a_household_is_asked_before_it_pays_more(
    open_window, everyone: list[Person], device: str, language: str
) -> None:
    says = SAYS[language]
    resident = people.with_role(everyone, "resident", 4 if language == "zh" else 3)
    leader = open_window(None, person=people.with_role(everyone, "leader"), device="desk", javascript=False)
    page = open_window("/standing-orders", person=resident, device=device, language=language, javascript=False)
    assert says["none"] in text(page)
    screens.take(page, "standing-0-nothing")
    # Goods of its own for each language: a list is ordered from every campaign that is open.
    goods = 0 if language == "zh" else 1
    first = campaign(leader, "6.50", goods)
    page.goto(f"/campaigns/{first}")
    go(page, "li.product a[href*='/items/']")
    go(page, "main a[href^='/standing-orders/edit']")
    screens.take(page, "standing-1-edit")
    judged(open_window, resident, language, device, page.url)
    quantity = page.locator("main .order-line input[name^=quantity-]").first
    assert quantity.input_value() == "1", "the goods that one came from stand first"
    quantity.fill("100")
    press(page, "edit")
    assert page.locator(".error").count() > 0
    page.locator("main .order-line input[name^=quantity-]").first.fill("2")
    press(page, "edit")
    assert says["saved"] in text(page), text(page)
    assert says["ordered"] in text(page), "the campaign is open, so it is ordered from at once"
    second = campaign(leader, "7.20", goods)
    until(page, "/standing-orders", says["dearer"])
    screens.take(page, "standing-2-question")
    judged(open_window, resident, language, device, "/standing-orders")
    page.goto("/account/messages")
    assert "7.20" in text(page), text(page)
    page.goto("/standing-orders")
    go(page, "main button[name=answer][value=yes]")
    assert text(page).count(says["ordered"]) == 2, text(page)
    screens.take(page, "standing-3-ordered")
    go(page, "main a[href^='/orders/']")
    assert "14.40" in text(page)
    assert page.locator(f"main a[href='/campaigns/{second}']").count() == 1
    # Away for a while, back again, and no more of it.
    page.goto("/standing-orders")
    page.fill("main [name=until]", (date.today() + timedelta(days=14)).isoformat())
    press(page, "pause")
    assert says["paused"] in text(page), text(page)
    go(page, "main button[name=do][value=resume]")
    assert says["paused"] not in text(page)
    go(page, "main a[href='/standing-orders/end']")
    screens.take(page, "standing-4-end")
    press(page, "end")
    assert says["none"] in text(page)


@pytest.mark.parametrize(("device", "language"), [("phone", "zh"), ("desk", "en")])
def test_an_elder_agrees_once_to_what_comes_every_week(
    open_window, everyone: list[Person], device: str, language: str
) -> None:
    says, worker, elder = SAYS[language], named(everyone, "许安然"), people.with_card(everyone)
    page = open_window("/assisted-orders", person=worker, device=device, language=language, javascript=False)
    go(page, "main a.button[href^='/assisted-orders/new/']")
    go(page, "main a[href^='/assisted-orders/standing/']")
    help_page = page.url
    for line, quantity in ((0, "1"), (1, "2" if language == "zh" else "3")):
        page.locator("main .order-line input[name^=quantity-]").nth(line).fill(quantity)
    screens.take(page, "standing-5-for-somebody")
    judged(open_window, worker, language, device, help_page)
    go(page, "main section.card form button.button:not(.quiet)")
    assert re.search(r"/standing-orders/proposals/\w{13}$", page.url), text(page)
    screens.take(page, "standing-6-read-back")
    window = open_window(page.url, person=worker, device="phone", language=language)
    set_view(window, "elder")
    window.goto(page.url)
    found = faults(window)
    assert not found, found
    judged(open_window, worker, language, device, page.url)
    page.fill("main [name=pin]", "135790")
    press(page, "pin")
    assert says["counts"] not in text(page)
    page.fill("main [name=pin]", elder.pin)
    press(page, "pin")
    assert says["counts"] in text(page), text(page)
    stranger = open_window(None, person=people.with_role(everyone, "resident", 2), javascript=False)
    assert stranger.request.get(page.url).status == 404
    page.goto(help_page)
    assert page.locator("main .order-line input[name^=quantity-]").first.input_value() == "1"
