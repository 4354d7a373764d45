"""What people can do comes to the map of the neighbourhood with their yes alone, from wherever it was heard, and is gone in the
second in which they take it back.
"""

import re
import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest
import screens
from hands import fill, follow, look, named, path, press, text, tick, unfold
from people import Person
from playwright.sync_api import Page
from questionnaire import add_collector
from test_consent import take_back
from test_visit_campaigns import prepare

WORKER, COMMITTEE = "许安然", "顾建平"
GIVER, NEIGHBOUR, QUIET, SHARING = "赵国强", "李佳怡", "陈昊", "林晓芸"
"""Nobody of them but the neighbour offers anything yet."""
GIFT = "修自行车"
PLACE = "楼下书屋"
SHOPS = {True: "巷口裁缝铺", False: "巷口修鞋摊"}
SURVEY = "您有什么拿手的"
ANSWERS = {QUIET: "会剪头发", SHARING: "包粽子，可以教大家"}
DOORSTEP = {"given": "会织毛衣", "refused": "会唱沪剧"}
NOTICE = "让邻居看到您会什么"


@pytest.fixture(scope="module")
def gifts() -> SimpleNamespace:
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


def unverified(desk) -> str:
    """What the station has to look at."""
    return text(desk(WORKER, "/asset-desk"))


def verify(page: Page, name: str) -> str:
    """The station looks at an entry and lets it be seen; its identifier."""
    page.goto("/asset-desk")
    follow(page, name)
    press(page, "核实了，算数")
    return path(page, "/asset-desk/ID").removeprefix("/asset-desk/")


def unfold_more(page: Page) -> None:
    """What few need to say lies folded."""
    if page.locator("main details.more-fields:not([open])").count():
        unfold(page, "想写细一点")


# Offered by oneself


def test_nothing_is_offered_without_a_yes(phone, desk) -> None:
    page = phone(GIVER, "/assets")
    look(page)
    follow(page, "登我的本事")
    look(page, "gifts-1-form")
    tick(page, "kind=person_gift", "gift=hand", "contact=message")
    unfold_more(page)
    fill(page, name_zh=GIFT, description="补胎、调闸、上链条，工具我有。", availability="周末上午")
    press(page, "登上去")
    assert page.locator("[name=agrees]").count() == 1 and page.locator("[name=name_zh]").input_value() == GIFT
    assert page.locator("#field-agrees-error, [data-problem]").count(), tell(page)
    look(page, "gifts-2-refused")
    assert GIFT not in unverified(desk)


def test_it_is_offered_with_a_yes_and_looked_at_first(phone, desk, gifts: SimpleNamespace) -> None:
    page = phone(GIVER, "/assets/mine", javascript=False)
    assert NOTICE in text(page), "the words of the notice stand beside the tick"
    tick(page, "kind=person_gift", "gift=hand", "contact=message")
    unfold_more(page)
    fill(page, name_zh=GIFT, description="补胎、调闸、上链条，工具我有。", availability="周末上午")
    page.check("main [name=agrees]")
    press(page, "登上去")
    assert "服务站看过就登出来" in text(page), tell(page)
    screens.take(page, "gifts-3-waiting")
    neighbour = phone(NEIGHBOUR, "/assets")
    assert GIFT not in text(neighbour)
    station = desk(WORKER, "/asset-desk")
    look(station, "gifts-4-desk")
    gifts.own = verify(station, GIFT)
    follow(station, "改内容")
    station.locator("main [name=place]").select_option(label=PLACE)
    press(station, "保存")
    assert PLACE in text(station)
    look(station, "gifts-5-entry")
    page.reload()
    assert "邻居看得到" in text(page)


def seen_by(page: Page, gifts: SimpleNamespace) -> dict[str, bool]:
    """Where a neighbour finds it: in the list, on its page, on the map."""
    page.goto("/assets")
    found = {"list": GIFT in text(page), "map": page.locator("main ol li", has_text=PLACE).count() == 1}
    found["page"] = page.goto(f"/assets/{gifts.own}").status == 200
    return found


def test_neighbours_see_it(phone, desk, open_window, gifts: SimpleNamespace) -> None:
    page = phone(NEIGHBOUR, "/assets")
    assert all(seen_by(page, gifts).values())
    for secret in (GIVER, "19900000022", "401"):
        assert secret not in page.content(), f"{secret} is nobody's business"
    look(page, "gifts-6-entry")
    fill(page, text="链条掉了，星期天方便吗？")
    press(page, "请转达")
    page.goto("/assets")
    look(page, "gifts-7-map")
    sheet = desk(WORKER, "/asset-desk/sheet")
    assert GIFT in tell(sheet)
    look(sheet, "gifts-8-sheet")
    stranger = open_window("/assets")
    assert GIFT not in stranger.content() and stranger.goto(f"/assets/{gifts.own}").status == 404
    giver = phone(GIVER, "/asset-questions")
    assert "链条掉了" in text(giver) and NEIGHBOUR not in text(giver)
    fill(giver, text="星期天上午十点，书屋门口。")
    press(giver, "转给对方")
    page.goto("/asset-questions")
    assert "星期天上午十点" in text(page) and GIVER not in text(page)


def test_a_yes_taken_back_hides_it_in_the_same_second(phone, desk, gifts: SimpleNamespace) -> None:
    neighbour, sheet = phone(NEIGHBOUR, "/assets"), desk(WORKER, "/asset-desk/sheet")
    giver = phone(GIVER, None, javascript=False)
    take_back(giver, NOTICE)
    began = time.monotonic()
    assert GIFT not in neighbour.request.get("/assets").text()
    assert neighbour.request.get(f"/assets/{gifts.own}").status == 404
    assert GIFT not in sheet.request.get("/asset-desk/sheet").text()
    assert time.monotonic() - began < 1, "the pages took longer than the second in which it has to be gone"
    assert not any(seen_by(neighbour, gifts).values())
    page = desk(WORKER, f"/asset-desk/{gifts.own}")
    assert "本人还没有同意" in text(page) and GIFT not in text(page)
    look(page, "gifts-9-taken-back")
    giver.goto("/assets/mine")
    assert "没有您的同意，别人看不到" in text(giver) and GIFT in text(giver), "their own words stay theirs"


# A shop that signs up


def test_a_shop_is_on_the_map_where_it_wants_to_be(phone, desk) -> None:
    page = desk(COMMITTEE, "/desk/merchants/new")
    look(page, "gifts-10-shop")
    for wants, name in SHOPS.items():
        page.goto("/desk/merchants/new")
        assert not page.locator("[name=on_map]").is_checked(), "it is never ticked for them"
        fill(page, name_zh=name, story_zh="三十年的手艺，当天可取。")
        page.set_checked("main [name=on_map]", wants)
        page.locator("main form.form button.button").last.click()
        page.wait_for_load_state("load")
    shown = unverified(desk)
    assert SHOPS[True] in shown and SHOPS[False] not in shown and "商户报名" in shown, shown
    neighbour = phone(NEIGHBOUR, "/assets")
    assert SHOPS[True] not in text(neighbour)
    shop = verify(desk(WORKER, None), SHOPS[True])
    neighbour.reload()
    assert SHOPS[True] in text(neighbour)
    neighbour.goto(f"/assets/{shop}")
    assert "三十年的手艺" in text(neighbour)


# Answers


def test_a_questionnaire_asks_for_gifts(desk, gifts: SimpleNamespace) -> None:
    page = desk(WORKER, "/surveys")
    follow(page, "写一份问卷")
    fill(page, title=SURVEY, purpose="问问大家有什么拿手的，愿意的话登到社区图上。")
    tick(page, "privacy=named", "unit=person", "language=中文 (zh)")
    press(page, "保存")
    survey = path(page, "/surveys/ID")
    page.goto(survey)
    follow(page, "写题目")
    follow(page, "填空")
    unfold(page, "更多")
    fill(page, label_0="您会什么、愿意帮什么？", name="gift", appearance="gift")
    look(page, "gifts-11-question")
    press(page, "保存")
    page.goto(survey)
    press(page, "开始收")
    add_collector(page, survey, "site", "网站")


def answer(page: Page, words: str, isShared: bool) -> None:
    page.goto("/s")
    page.locator("main .card", has_text=SURVEY).get_by_role("link").last.click()
    page.wait_for_load_state("load")
    fill(page, **{"a.gift": words})
    assert NOTICE in text(page) or "愿意让邻居也看到吗" in text(page)
    assert not page.locator("main [name=gift_yes]").is_checked(), "it is never ticked for them"
    look(page, "gifts-12-answer")
    page.set_checked("main [name=gift_yes]", isShared)
    press(page, "交上去")
    assert "收到了，谢谢您" in text(page), tell(page)


def test_an_answer_becomes_a_gift_with_a_yes_of_its_own(phone, desk) -> None:
    answer(phone(QUIET, None), ANSWERS[QUIET], isShared=False)
    answer(phone(SHARING, None), ANSWERS[SHARING], isShared=True)
    shown = unverified(desk)
    assert ANSWERS[SHARING] in shown and ANSWERS[QUIET] not in shown, shown
    verify(desk(WORKER, None), ANSWERS[SHARING])
    page = phone(NEIGHBOUR, "/assets")
    assert ANSWERS[SHARING] in text(page) and ANSWERS[QUIET] not in text(page)
    for name, is_given in ((QUIET, False), (SHARING, True)):
        page = phone(name, "/account/consents")
        card = page.locator("main section.card", has=page.locator("h2", has_text=NOTICE)).first
        assert ("没有同意" in card.inner_text()) != is_given, f"{name}:\n{card.inner_text()}"


def test_what_somebody_takes_down_is_gone_at_once(phone) -> None:
    neighbour = phone(NEIGHBOUR, "/assets")
    neighbour.locator("main a", has_text=ANSWERS[SHARING]).first.click()
    neighbour.wait_for_load_state("load")
    gift = path(neighbour, "/assets/ID")
    page = phone(SHARING, "/assets/mine", javascript=False)
    assert ANSWERS[SHARING] in text(page)
    press(page, "撤下")
    assert neighbour.request.get(gift).status == 404
    assert ANSWERS[SHARING] not in neighbour.request.get("/assets").text()
    page.goto("/assets/mine")
    assert ANSWERS[SHARING] not in text(page)


# At a door


def note(page: Page, link: str, name: str, answer: str) -> None:
    page.goto(link)
    fill(page, gift_name=name, gift_times="下午")
    if answer == "given":
        tick(page, "span=half")
    page.locator("main [name=given_by]").select_option("self")
    tick(page, "method=spoken_with_witness")
    page.locator("main [name=witness]").select_option(index=1)
    page.locator("main [name=place]").select_option("home")
    page.locator(f"main button[name=answer][value={answer}]").click()
    page.wait_for_load_state("load")


def test_what_is_heard_at_a_visit(desk, phone, everyone: list[Person]) -> None:
    page = desk(WORKER, None)
    campaign = prepare(page, everyone, "送福走访", ["1号楼2单元302"])
    page.goto(campaign)
    door = page.locator("main a[href*='/doors/']").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    page.goto(next(link for link in door if re.search(r"/doors/\w{13}$", link)))
    gift = page.locator("main a[href*='/gifts/']").first.get_attribute("href")
    page.goto(gift)
    look(page, "gifts-13-doorstep")
    assert "登出去的只有下面写的" in text(page)
    note(page, gift, DOORSTEP["refused"], "refused")
    assert DOORSTEP["refused"] not in unverified(desk)
    note(page, gift, DOORSTEP["given"], "given")
    assert "已保存" in tell(page), tell(page)
    shown = unverified(desk)
    assert DOORSTEP["given"] in shown and DOORSTEP["refused"] not in shown, shown
    verify(desk(WORKER, None), DOORSTEP["given"])
    neighbour = phone(NEIGHBOUR, "/assets")
    follow(neighbour, DOORSTEP["given"])
    for secret in ("送福走访", "王秀珍", "302"):
        assert secret not in neighbour.content(), f"{secret} leads back to where it was heard"
    look(neighbour, "gifts-14-from-a-visit")
