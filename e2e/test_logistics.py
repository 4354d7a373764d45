"""Places that are booked, vans that are shared, and goods that merchants buy together: what small shops need and none has
alone. Each test is a stage of one of three stories.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
import screens
from hands import fill, follow, look, named, path, press, text, tick
from people import Person
from playwright.sync_api import Page, expect
from test_campaign_day import ZONE, local, submit

WORKER, LEADER = "许安然", "林晓芸"
ROOM, KEEPER, BOOKER, LATE = "活动室", "赵国强", "陈昊", "李佳怡"
PURPOSE = "给孩子过三岁生日"
DRIVER, JOINER, CHOIR = "江伟", "陶静", "桂花合唱队"
LOAD = "装菜的周转箱"
JOINT = "一起进包装袋"
GOODS = ("鸡毛菜", "鲜奶吐司")
"""The first is the driver's own."""


@pytest.fixture(scope="module")
def story() -> SimpleNamespace:
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


def ahead(days: int, hour: int) -> str:
    """A moment in the neighbourhood, as a form takes it."""
    return local((datetime.now(ZONE) + timedelta(days=days)).replace(hour=hour, minute=0))


def tell(page: Page) -> str:
    """Everything that the page says, its notices too."""
    return page.inner_text("body")


# A place


def test_the_station_opens_a_place(desk, everyone: list[Person], story: SimpleNamespace) -> None:
    page = desk(WORKER, "/booking-desk")
    look(page)
    follow(page, ROOM)
    story.place = path(page, "/booking-desk/ID").removeprefix("/booking-desk/")
    look(page, "logistics-1-terms")
    fill(page, keeper_phone="19900000099", rules_zh="用完扫地、关灯、关窗。", rules_en="Sweep, and put out the lights.")
    tick(page, "audience=everyone")
    press(page, "开放预订")
    assert page.locator("[name=rules_zh]").input_value(), "what was typed is kept when nobody has that number"
    fill(page, keeper_phone=named(everyone, KEEPER).phone)
    press(page, "开放预订")
    assert "已保存" in tell(page), tell(page)
    assert KEEPER in text(page) and "等管理人答复" in text(page)
    look(page, "logistics-2-open")


def open_day(page: Page, place: str) -> None:
    """The last day of the first week that can be seen."""
    page.goto(f"/bookable-places/{place}")
    page.locator("main table a[href*='day=']").last.click()
    page.wait_for_load_state("load")


def wish(page: Page, start: str, end: str, purpose: str) -> None:
    page.locator("main [name=from]").select_option(label=start)
    page.locator("main [name=to]").select_option(label=end)
    fill(page, purpose=purpose)


def test_a_resident_books_without_a_script(phone, open_window, story: SimpleNamespace) -> None:
    stranger = open_window("/bookable-places")
    assert ROOM in text(stranger)
    look(stranger, "logistics-3-places")
    stranger.goto(f"/bookable-places/{story.place}")
    assert KEEPER not in stranger.content(), "who keeps it is no neighbour's business"
    assert stranger.get_by_role("link", name="登录以后预订").count() == 1
    page = phone(BOOKER, "/bookable-places", javascript=False)
    follow(page, ROOM)
    open_day(page, story.place)
    screens.take(page, "logistics-4-book")
    wish(page, "14:00", "10:00", PURPOSE)
    press(page, "问能不能订")
    assert "结束要在开始以后" in text(page) and page.locator("[name=purpose]").input_value() == PURPOSE
    wish(page, "10:00", "12:00", PURPOSE)
    press(page, "问能不能订")
    assert path(page, "/my-bookings") and "等答复" in text(page), text(page)
    screens.take(page, "logistics-5-asked")


def test_its_keeper_says_yes(phone, story: SimpleNamespace) -> None:
    page = phone(KEEPER, "/account/messages")
    assert page.locator("main a[href^='/my-bookings']").count(), text(page)
    page.goto("/my-bookings")
    assert BOOKER in text(page) and PURPOSE in text(page), "who is asked knows by whom and for what"
    look(page, "logistics-6-keeper")
    asked = page.locator("main .card", has_text=PURPOSE)
    asked.get_by_role("button", name="同意", exact=True).click()
    page.wait_for_load_state("load")
    assert "订好了" in asked.inner_text()
    page = phone(BOOKER, "/my-bookings", javascript=False)
    assert "订好了" in page.locator("main .card", has_text=PURPOSE).inner_text()


def test_who_comes_late_is_told_so(phone, story: SimpleNamespace) -> None:
    page = phone(LATE, None, language="en", javascript=False)
    open_day(page, story.place)
    assert "Taken" in text(page) and BOOKER not in page.content() and PURPOSE not in page.content()
    wish(page, "09:00", "11:00", "Practice with the choir")
    press(page, "Ask for it")
    assert "There is not enough room then. Please choose another time" in tell(page), tell(page)
    assert page.locator("[name=purpose]").input_value() == "Practice with the choir"
    screens.take(page, "logistics-7-taken")
    wish(page, "12:00", "13:00", "Practice with the choir")
    press(page, "Ask for it")
    assert "Waiting for a yes" in text(page)
    look(phone(LATE, "/my-bookings", language="en"), "logistics-8-own")


def test_the_sheet_for_its_door(desk, story: SimpleNamespace) -> None:
    page = desk(WORKER, f"/booking-desk/{story.place}")
    look(page, "logistics-9-desk")
    assert BOOKER in text(page) and PURPOSE in text(page)
    follow(page, "打印门上的单子")
    assert "10:00–12:00 已订" in tell(page), tell(page)
    assert BOOKER not in page.content() and PURPOSE not in page.content(), "no neighbour is named on a door"
    look(page)
    page.emulate_media(media="print")
    screens.take(page, "logistics-10-sheet")


def test_what_is_booked_is_nobody_elses(phone, desk, story: SimpleNamespace) -> None:
    for name in (BOOKER, DRIVER):
        page = phone(name, None)
        for door in ("/booking-desk", f"/booking-desk/{story.place}", f"/booking-desk/{story.place}/sheet", "/van-desk"):
            assert page.goto(door).status == 403, f"{name} at {door}"
    page = phone(DRIVER, "/my-bookings")
    assert BOOKER not in page.content() and PURPOSE not in page.content()


# A van


def test_a_merchant_enters_a_trip(phone, story: SimpleNamespace) -> None:
    page = phone(DRIVER, "/van-trips")
    look(page)
    follow(page, "我要出车")
    look(page, "logistics-11-trip-form")
    fill(page, **{"from": "桂花里 3 号楼", "to": "江口批发市场"}, vehicle="白色面包车", crates="40", kilograms="300")
    fill(page, leaves_at=ahead(2, 5), join_until=ahead(3, 5), price="油费按筐分")
    if page.locator("main [name=party]").count():
        page.locator("main [name=party]").select_option(label="江禾家庭农场")
    press(page, "登上去")
    assert "要在现在以后、出发以前" in text(page) and page.locator("[name=vehicle]").input_value() == "白色面包车"
    fill(page, join_until=ahead(1, 20))
    press(page, "登上去")
    story.trip = path(page, "/van-trips/ID")
    assert "还能装" in text(page) and "江禾家庭农场" in text(page)
    look(page, "logistics-12-trip")


def ask(page: Page, crates: int, kilograms: int, button: str, **more: str) -> None:
    fill(page, crates=str(crates), kilograms=str(kilograms), what=LOAD, load_at="菜场后门", **more)
    press(page, button)


def test_others_take_part_and_it_never_carries_more(phone, desk, story: SimpleNamespace) -> None:
    page = phone(JOINER, "/van-trips", javascript=False)
    page.locator(f"main a[href='{story.trip}']").first.click()
    page.locator("main [name=party]").select_option(label="莲塘水生菜农场")
    ask(page, 41, 100, "问一问")
    assert "车上装不下这么多了" in tell(page), tell(page)
    assert page.locator("main [name=what]").input_value() == LOAD
    screens.take(page, "logistics-13-too-much")
    ask(page, 30, 200, "问一问")
    assert LOAD in text(page)
    # The station asks for a choir that has no telephone.
    page = desk(WORKER, story.trip.replace("/van-trips", "/van-desk"))
    fill(page, organisation=CHOIR)
    ask(page, 11, 50, "问一问")
    assert "车上装不下这么多了" in tell(page), "what is asked for holds its room until the driver answers"
    ask(page, 10, 50, "问一问")
    look(page, "logistics-14-van-desk")
    assert "莲塘水生菜农场" in text(page) and CHOIR in text(page)


def test_the_driver_confirms_and_prints_the_list(phone, story: SimpleNamespace) -> None:
    page = phone(DRIVER, story.trip)
    look(page, "logistics-15-driver")
    press(page, "答应")
    follow(page, "打印装车单")
    sheet = tell(page)
    assert CHOIR in sheet and "莲塘水生菜农场" not in sheet, "what is agreed on is loaded, and nothing else"
    page.goto(story.trip)
    press(page, "答应")
    assert page.locator("main").get_by_role("button", name="答应", exact=True).count() == 0
    assert "装满了" in text(page)
    follow(page, "打印装车单")
    sheet = tell(page)
    for part in ("莲塘水生菜农场", CHOIR, "菜场后门", "40 筐"):
        assert part in sheet, f"{part} is missing:\n{sheet}"
    look(page)
    page.emulate_media(media="print")
    screens.take(page, "logistics-16-loading-list")


def test_neighbours_see_that_it_is_full_and_no_more(phone, story: SimpleNamespace) -> None:
    page = phone(LATE, story.trip, language="en")
    assert "Full" in text(page) and "Liantang" not in text(page) and LOAD not in page.content()
    assert page.locator("main form[action$='/parts']").count() == 0
    look(page, "logistics-17-full")
    assert page.goto(f"{story.trip}/sheet").status == 404
    page = phone(JOINER, story.trip)
    assert "莲塘水生菜农场" in text(page) and CHOIR not in text(page), "of the others nobody sees what they send"
    assert page.goto(f"{story.trip}/sheet").status == 404
    page.goto("/account/messages")
    assert page.locator(f"main a[href^='{story.trip}']").count(), text(page)


# A joint purchase


def test_the_leader_opens_one_for_merchants(desk, story: SimpleNamespace) -> None:
    page = desk(LEADER, "/desk/campaigns/new")
    now = datetime.now(ZONE)
    fill(page, title_zh=JOINT, title_en="Bags, bought together", note_zh="凑够两家就进货。", note_en="Two shops are enough.")
    fill(page, opens_at=local(now - timedelta(minutes=1)), cut_off_at=local(now + timedelta(hours=2)))
    fill(page, pickup_from=local(now + timedelta(hours=3)), pickup_until=local(now + timedelta(hours=5)))
    page.locator("main [name=pickup_point]").select_option(index=0)
    tick(page, "minimum_kind=households", "shortage_rule=pro_rata")
    page.locator("main [name=carrier]").select_option(index=1)
    fill(page, minimum_households="2", carrier_rate="2.5")
    page.check("main [name=for_merchants]")
    look(page, "logistics-18-for-merchants")
    submit(page, "/desk/campaigns")
    story.campaign = path(page, "/desk/campaigns/ID").removeprefix("/desk/campaigns/")
    for goods in GOODS:
        page.goto(f"/desk/campaigns/{story.campaign}/items?q={goods}")
        page.locator("main li.card a[href*='/items/add/']").first.click()
        page.wait_for_load_state("load")
        tick(page, "stock_kind=on_demand")
        fill(page, price="6.50")
        page.locator("main form.form button.button").first.click()
        page.wait_for_load_state("load")
        assert page.url.split("#")[0].endswith("/items"), text(page)
    page.goto(f"/desk/campaigns/{story.campaign}")
    submit(page, "/publish")
    assert page.locator(f"main a[href='/joint-purchases/{story.campaign}']").count() == 1, text(page)
    look(page, "logistics-19-joint-desk")


def test_a_merchant_orders_for_his_shop(phone, story: SimpleNamespace) -> None:
    page = phone(DRIVER, "/joint-purchases")
    assert JOINT in text(page)
    look(page, "logistics-20-joint")
    follow(page, JOINT)
    look(page, "logistics-21-joint-form")
    quantities = page.locator("main input[name^='quantity-']")
    assert quantities.count() == 2
    quantities.nth(0).fill("3")
    page.locator("main button[name=do][value=submit]").click()
    try:
        expect(page.locator("body")).to_contain_text("不能向自己进货")
    finally:
        look(page, "logistics-22-own-goods")
    page.locator("main input[name^='quantity-']").nth(0).fill("0")
    page.locator("main input[name^='quantity-']").nth(1).fill("4")
    page.locator("main button[name=do][value=submit]").click()
    page.wait_for_url("**/orders/*placed=1")
    story.order = path(page, "/orders/ID")
    look(page, "logistics-23-joint-order")
    page.goto("/joint-purchases")
    assert page.locator(f"main a[href='{story.order}']").count() == 1
    assert "1 家商户已下单" in page.locator("main article", has_text=JOINT).inner_text(), "a shop counts as one, and shops are what is counted"


def test_households_neither_see_it_nor_order_in_it(phone, open_window, story: SimpleNamespace) -> None:
    page = phone(BOOKER, "/")
    for door in ("/", "/campaigns", f"/search?q={JOINT}"):
        page.goto(door)
        assert story.campaign not in page.content(), f"households find it at {door}"
    for door, status in (
        ("/joint-purchases", 403), (f"/joint-purchases/{story.campaign}", 403), (f"/campaigns/{story.campaign}", 404),
        (story.order, 404),
    ):  # fmt: skip
        assert page.goto(door).status == status, door
    assert open_window(None).goto(f"/campaigns/{story.campaign}").status == 404
    other = phone(JOINER, "/joint-purchases")
    assert JOINT in text(other) and story.order not in other.content(), "each shop sees its own orders alone"
