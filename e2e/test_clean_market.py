"""The clean market: a scam told in two taps and with a voice, goods held back while their merchant is heard, and a warning
for one building. Each test is the next stage of one story.
"""

import io
import math
import re
import subprocess
import wave
from array import array
from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
import screens
from elder import faults, set_view
from hands import fill, follow, look, named, path, press, text, tick, unfold
from people import Person
from playwright.sync_api import Page
from test_campaign_day import ZONE, local

WORKER, COMMITTEE = "许安然", "顾建平"
REPORTER, OTHER, BUYER, ELDER = "陈昊", "赵国强", "李佳怡", "孙玉兰"
ELDERS_BUILDING = "2"
NUMBER = "139 0000 0042"
SHOP, SHOP_NUMBER = "弄堂面包房", "021-0000-0205"
WORDS = "说是产地直发，收到的根本不是一回事。"
CHARGE = "页面上写的产地，请说明怎么来的。"
REPLY = "那一批换了供货的，页面忘了改，今天已经改好。"
WARNING = "有人冒充燃气公司上门"


@pytest.fixture(scope="module")
def market() -> SimpleNamespace:
    """What one stage leaves to the next: where its pages are."""
    return SimpleNamespace()


@pytest.fixture
def desk(open_window, everyone: list[Person]) -> Callable[..., Page]:
    """Opens somebody's page at a desk: `desk(name, path, javascript=)`."""
    return lambda name, path, **more: open_window(path, person=named(everyone, name), device="desk", **more)


@pytest.fixture
def phone(open_window, everyone: list[Person]) -> Callable[..., Page]:
    """Opens somebody's page on their telephone: `phone(name, path, language=, javascript=)`."""
    return lambda name, path, **more: open_window(path, person=named(everyone, name), **more)


def tell(page: Page) -> str:
    """Everything that the page says, its notices too."""
    return page.inner_text("body")


def recording(seconds: int) -> bytes:
    """A hum, as a telephone would send it."""
    rate = 16_000
    hum = array("h", (int(9_000 * math.sin(2 * math.pi * 220 * tick / rate)) for tick in range(rate * seconds)))
    sound = io.BytesIO()
    with wave.open(sound, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(hum.tobytes())
    return sound.getvalue()


def seconds_heard(sound: bytes) -> float:
    """How long it plays, when it is decoded to its end."""
    decoding = ["ffmpeg", "-v", "error", "-i", "pipe:0", "-f", "s16le", "-ac", "1", "-ar", "16000", "pipe:1"]
    return len(subprocess.run(decoding, input=sound, capture_output=True, check=True).stdout) / 2 / 16_000


# What is told


def test_goods_are_on_sale(phone, everyone: list[Person], market: SimpleNamespace) -> None:
    """Goods of an open group-buy, and a neighbour who has them in the basket already."""
    page = phone(BUYER, "/campaigns", javascript=False)
    campaigns = page.locator("main a[href^='/campaigns/']").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    for campaign in dict.fromkeys(campaigns):
        page.goto(campaign)
        if page.locator("li.product button[name=add]").count():
            break
    goods = page.locator("li.product", has=page.locator("button[name=add]")).first
    market.goods = goods.locator("h2 a").first.inner_text().split("（")[0]
    market.page = goods.locator("h2 a").first.get_attribute("href")
    goods.locator("button[name=add]").click()
    page.wait_for_load_state("load")
    page.goto(market.page)
    merchants = [person for person in everyone if person.role == "merchant"]
    owner = next(one for one in merchants if one.description.split(" · ")[0].removeprefix("商户，") in text(page))
    market.owner = owner.name.split()[0]


def test_a_scam_is_told_in_two_taps(phone, market: SimpleNamespace) -> None:
    page = phone(REPORTER, "/")
    taps = 0

    def tap(what) -> None:
        nonlocal taps
        taps += 1
        with page.expect_navigation():
            what.tap()

    door = page.locator("a[href='/report-scam']:visible")
    if not door.count():
        # Where the menu has no room for it, it is on the page of everything.
        tap(page.get_by_role("link", name="更多"))
    before = taps
    tap(door.first)
    look(page, "market-1-report")
    tap(page.get_by_role("button", name="假货"))
    market.report = path(page, "/report-scam/ID").removeprefix("/report-scam/")
    assert "报上了，谢谢您" in text(page)
    assert taps - before == 2 and taps <= 3, f"{taps} taps from the first page to the thanks"
    look(page, "market-2-thanks")


def test_more_is_told_by_voice_and_in_words(phone, market: SimpleNamespace) -> None:
    page = phone(REPORTER, f"/report-scam/{market.report}", javascript=False)
    page.set_input_files("[name=voice]", {"name": "said.wav", "mimeType": "audio/wav", "buffer": b"no sound at all"})
    press(page, "把录音发给服务站")
    assert "录音存好了" not in text(page) and page.locator("[data-problem], .notice.bad, [role=alert]").count(), tell(page)
    page.set_input_files("[name=voice]", {"name": "said.wav", "mimeType": "audio/wav", "buffer": recording(3)})
    press(page, "把录音发给服务站")
    assert "录音存好了，3 秒" in text(page), tell(page)
    fill(page, words=WORDS, phone=NUMBER, listing=market.goods)
    press(page, "存下来")
    assert page.locator("[name=words]").input_value() == WORDS
    screens.take(page, "market-3-told")
    # A neighbour was called from the same number.
    page = phone(OTHER, "/report-scam", javascript=False)
    press(page, "诈骗电话")
    market.second = path(page, "/report-scam/ID").removeprefix("/report-scam/")
    fill(page, phone="+86 13900000042")
    press(page, "存下来")


def test_a_report_is_seen_by_whoever_told_it_and_by_the_station(phone, desk, market: SimpleNamespace) -> None:
    for name in (OTHER, BUYER, market.owner):
        page = phone(name, None)
        assert page.goto(f"/report-scam/{market.report}").status == 404
        for door in ("/alert-desk", f"/alert-desk/reports/{market.report}", f"/alert-desk/reports/{market.report}/voice"):
            assert page.goto(door).status == 403, f"{name} at {door}"
    page = desk(COMMITTEE, f"/alert-desk/reports/{market.report}")
    assert WORDS in text(page) and REPORTER not in page.content(), "the committee lives next door to those concerned"
    assert page.goto(f"/alert-desk/reports/{market.report}/voice").status == 403


# What becomes of it


def test_the_station_checks_it(desk, market: SimpleNamespace) -> None:
    page = desk(WORKER, "/alert-desk")
    look(page, "market-4-desk")
    page.locator(f"main a[href='/alert-desk/reports/{market.report}']").click()
    page.wait_for_load_state("load")
    assert REPORTER in text(page) and WORDS in text(page) and "听一听（3 秒）" in text(page)
    voice = page.request.get(f"/alert-desk/reports/{market.report}/voice")
    assert voice.headers["content-type"] == "audio/mp4" and "private" in voice.headers["cache-control"]
    assert 2.5 < seconds_heard(voice.body()) < 3.5
    # What a neighbour told of the same number goes with it.
    page.goto(f"/alert-desk/reports/{market.second}")
    assert "说的是同一个号码、网址或账户" in text(page)
    page.locator("main form[action$='/merge'] button").click()
    page.wait_for_load_state("load")
    follow(page, "并到了这一条里")
    assert path(page, "/alert-desk/reports/ID").endswith(market.report)
    tick(page, "state=verifying")
    press(page, "记下来")
    assert "正在核实" in text(page)
    found = page.locator("main li", has=page.get_by_role("link", name=market.goods, exact=True))
    assert "名字或说明里有这几个字" in found.first.inner_text()
    look(page, "market-5-report")


def test_the_merchant_is_asked_and_the_goods_are_held_back(desk, phone, market: SimpleNamespace) -> None:
    page = desk(WORKER, f"/alert-desk/reports/{market.report}")
    found = page.locator("main li", has=page.get_by_role("link", name=market.goods, exact=True)).first
    found.get_by_role("link", name="请商家说明").click()
    page.wait_for_load_state("load")
    assert page.locator("[name=merchant]").input_value() and page.locator("[name=product]").input_value()
    fill(page, charge=CHARGE)
    look(page, "market-6-charge")
    press(page, "请商家说明")
    assert CHARGE in text(page) and "先停卖" in text(page), tell(page)
    buyer = phone(BUYER, market.page, javascript=False)
    assert "这样东西先不卖" in text(buyer) and buyer.locator("main button[name=add]").count() == 0
    screens.take(buyer, "market-7-held")
    buyer.goto(market.page.split("/items/")[0])
    assert buyer.locator(f"li.product:has(a[href='{market.page}']) button[name=add]").count() == 0
    look(phone(REPORTER, market.page))


def check_out(page: Page, campaign: str) -> None:
    page.goto("/basket")
    page.locator(f"[id='campaign-{campaign}'] button[name=do][value=checkout]").click()
    page.wait_for_load_state("load")
    page.locator("main button[name=do][value=submit]").click()
    page.wait_for_load_state("load")


def test_what_was_in_a_basket_cannot_be_ordered(phone, market: SimpleNamespace) -> None:
    market.campaign = re.search(r"/campaigns/(\w{13})", market.page).group(1)
    page = phone(BUYER, None, javascript=False)
    check_out(page, market.campaign)
    assert "先停卖" in text(page) and "/orders/" not in page.url, tell(page)
    screens.take(page, "market-8-basket")


def test_the_merchant_gives_their_side(phone, market: SimpleNamespace) -> None:
    page = phone(market.owner, "/account/messages")
    assert page.locator("main a[href^='/my-replies']").count(), text(page)
    page.goto("/my-replies")
    assert CHARGE in text(page)
    for secret in (REPORTER, WORDS, NUMBER, OTHER):
        assert secret not in page.content(), f"the merchant reads {secret}"
    look(page, "market-9-asked")
    hearing = page.locator("main .card", has_text=CHARGE)
    hearing.locator("[name=reply]").fill(REPLY)
    hearing.get_by_role("button", name="发给服务站").click()
    page.wait_for_load_state("load")
    assert f"您说：{REPLY}" in hearing.inner_text()


def decide(page: Page, decision: str, reason: str) -> None:
    tick(page, f"decision={decision}")
    page.locator("main form[action$='/decide'] [name=reason]").fill(reason)
    press(page, "定下来")


def test_it_is_decided_and_lifted_once_it_is_put_right(desk, phone, market: SimpleNamespace) -> None:
    page = desk(WORKER, f"/alert-desk/reports/{market.report}")
    assert REPLY in text(page)
    decide(page, "upheld", "产地写错了，改好以前不卖。")
    assert "属实，东西先不卖" in text(page)
    buyer = phone(BUYER, market.page, javascript=False)
    assert "这样东西先不卖" in text(buyer)
    owner = phone(market.owner, "/my-replies")
    assert "产地写错了" in text(owner)
    look(owner, "market-10-decided")
    unfold(page, "商家改好了")
    page.locator("main form[action$='/lift'] [name=reason]").fill("页面改好了，看过。")
    look(page, "market-11-lift")
    press(page, "恢复销售")
    owner.reload()
    heard = owner.locator("main .card", has_text=CHARGE).inner_text()
    assert "已经改好，可以卖" in heard and "东西先不卖" not in heard, heard
    buyer.reload()
    assert buyer.locator("main button[name=add]").count() == 1, text(buyer)
    check_out(buyer, market.campaign)
    assert re.search(r"/orders/\w{13}\?placed=1", buyer.url), tell(buyer)


def test_whoever_told_it_hears_what_came_of_it(desk, phone, market: SimpleNamespace) -> None:
    page = desk(WORKER, f"/alert-desk/reports/{market.report}")
    tick(page, "state=verified")
    press(page, "记下来")
    assert "请写一句怎么查的" in text(page)
    fill(page, note="去店里看过，打了那个号码。")
    press(page, "记下来")
    assert "核实了，是真的" in text(page), tell(page)
    for name, report in ((REPORTER, market.report), (OTHER, market.second)):
        resident = phone(name, "/account/messages")
        assert resident.locator(f"main a[href^='/report-scam/{report}']").count(), f"{name}:\n{text(resident)}"


def test_a_caller_names_a_number_that_stands_on_a_shops_page(desk) -> None:
    """Typed as it was scribbled; the shop's page has it with dashes. Shops are asked, and held back are goods alone."""
    page = desk(WORKER, "/alert-desk")
    unfold(page, "帮打电话来的人记一条")
    tick(page, "kind=false_advertising")
    fill(page, words="说买一送一，到了不认。", phone="０２１ 0000—" + SHOP_NUMBER[-4:])
    press(page, "记下来")
    path(page, "/alert-desk/reports/ID")
    found = page.locator("main li", has=page.get_by_role("link", name=SHOP, exact=True))
    assert "写着这个电话" in found.first.inner_text(), text(page)
    assert page.get_by_role("link", name="请商家说明").count() == 0, "nobody is asked before it is looked into"
    tick(page, "state=verifying")
    press(page, "记下来")
    found.first.get_by_role("link", name="请商家说明").click()
    page.wait_for_load_state("load")
    assert page.locator("[name=merchant]").input_value() and not page.locator("[name=product]").input_value()
    tick(page, "state=unfounded")
    fill(page, note="店里当面试过，照写的给。")
    press(page, "记下来")
    assert "查过，没有这回事" in text(page), tell(page)
    page.goto("/alert-desk?closed=1")
    look(page, "market-12-closed")


# A warning


def test_a_warning_is_for_one_building(desk, phone, market: SimpleNamespace) -> None:
    page = desk(WORKER, f"/alert-desk/reports/{market.report}")
    unfold(page, "做提醒卡")
    fill(page, title_zh=WARNING, title_en="Somebody pretends to be from the gas company")
    fill(page, looks_zh="穿工作服，说要换软管，当场收钱。", advice_zh="先别开门，打服务站电话问一问。", number=NUMBER)
    fill(page, until=local(datetime.now(ZONE) + timedelta(days=10)))
    tick(page, f"buildings={ELDERS_BUILDING}")
    press(page, "做提醒卡")
    market.card = path(page, "/alert-desk/ID")
    look(page, "market-13-draft")
    elder = phone(ELDER, "/alerts")
    assert WARNING not in text(elder), "a draft is nobody's warning"
    press(page, "发给居民")
    elder.reload()
    assert WARNING in text(elder) and NUMBER in text(elder)
    for name in (REPORTER, BUYER):
        other = phone(name, "/alerts")
        assert WARNING not in text(other), f"{name} lives in another building"
        other.goto("/account/messages")
        assert WARNING not in text(other)
    told(elder)
    page.goto(f"{market.card}/sheet")
    assert WARNING in tell(page)
    look(page)
    page.emulate_media(media="print")
    screens.take(page, "market-14-sheet")


def told(page: Page) -> None:
    """The warning comes as a message too, once the program has come to it."""
    page.goto("/account/messages")
    for _ in range(60):
        if WARNING in text(page):
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(text(page))


def test_a_warning_in_the_elder_view(phone) -> None:
    page = phone(ELDER, "/alerts")
    set_view(page, "elder")
    found = faults(page)
    screens.take(page, "market-15-elder")
    page.goto("/report-scam")
    found += faults(page)
    screens.take(page, "market-16-elder-report")
    assert not found, "\n".join(found)


def test_a_warning_is_taken_back_at_once(desk, phone, market: SimpleNamespace) -> None:
    page = desk(WORKER, market.card)
    press(page, "收回")
    elder = phone(ELDER, "/alerts")
    assert WARNING not in elder.content() and NUMBER not in elder.content()
    assert page.goto(f"{market.card}/sheet").status == 409, "what was taken back is not printed"
