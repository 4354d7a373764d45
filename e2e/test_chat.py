"""A list from the group chat: pasted by the leader, made clear by taps, ordered, pasted again, and the way out into the chat."""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import axe
import people
import pytest
import screens
from people import Person
from playwright.sync_api import Page
from test_campaign_day import Day, text

FIRST = """#接龙 今天的小团
1. 1-1-101 A1 B2
2. 1-1-102 B1 谢谢团长🙏
3. 1-1-103 B1 C
4. 老周 A1 13800001234
"""
GROWN = """#接龙 今天的小团
1. 1-1-101 A1 B3
3. 1-1-103 B1 C
4. 老周 A1 13800001234
5. 1号楼2单元201室 两份C
"""
SAYS = {
    "zh": {"placed": "下好了 {} 单", "changed": "改好了", "gone": "这份接龙里没有了", "stale": "名单刚刚变过了"},
    "en": {"placed": "Placed {} order", "changed": "It is changed", "gone": "not in this list", "stale": "has just changed"},
}  # fmt: skip


def paste(page: Page, words: str) -> None:
    page.fill("textarea[name=text]", words)
    page.locator("main form[action$='/chat'] button.button").first.click()
    page.wait_for_load_state("load")


def press(page: Page, button) -> None:
    button.click()
    page.wait_for_load_state("load")


def placing(page: Page):
    return page.locator("main form[action$='/chat/orders'] button.button")


@pytest.mark.parametrize("device", ["phone", "desk"])
def test_a_list_becomes_orders(open_window, everyone: list[Person], language: str, device: str) -> None:
    says = SAYS[language]
    leading = people.with_role(everyone, "leader")
    day = Day(open_window, everyone, language)
    day.open_campaign()
    day.choose_goods()
    chat = f"{day.desk}/chat"
    leader = open_window(
        day.desk, person=leading, language=language, device=device, javascript=False
    )
    press(leader, leader.locator(f"main a[href='{chat}']"))
    paste(leader, " ")
    assert leader.locator(".error-summary").count() == 1
    screens.take(leader, "chat-1-start")
    paste(leader, FIRST)
    doubtful = leader.locator("main .chat-line")
    assert doubtful.count() == 2, text(leader)
    assert "13800001234" not in text(leader), "telephone numbers are not kept"
    screens.take(leader, "chat-2-read")

    # A second window that was opened before anything was answered.
    other = open_window(chat, person=leading, language=language, device=device)
    axe.check(other)
    press(leader, doubtful.nth(0).locator("button[name=choice]").first)
    press(leader, leader.locator("main .chat-line button[name=leave_out]").first)
    assert leader.locator("main .chat-line").count() == 0, text(leader)
    press(other, placing(other))
    assert says["stale"] in other.inner_text("body")
    press(leader, placing(leader))
    assert says["placed"].format(3) in leader.inner_text("body"), text(leader)
    screens.take(leader, "chat-3-placed")

    paste(leader, GROWN)
    screens.take(leader, "chat-4-grown")
    assert says["gone"] in text(leader), text(leader)
    press(leader, placing(leader))
    assert says["placed"].format(1) in leader.inner_text("body")
    press(leader, leader.locator("main form[action$='/chat/changes'] button.button").first)
    assert says["changed"] in leader.inner_text("body")
    assert placing(leader).count() == 0
    assert leader.locator("main form[action$='/chat/changes']").count() == 0
    screens.take(leader, "chat-5-all-done")

    leader.goto(day.desk)
    press(leader, leader.locator(f"main a[href='{chat}-text']"))
    opening = leader.input_value("#opening")
    assert re.search(r"^A .+¥", opening, re.M) and f"/campaigns/{day.campaign}" in opening, opening
    assert leader.locator("svg.share-card").count() == 1
    screens.take(leader, "chat-6-out")
    window = open_window(f"{chat}-text/card", person=leading, language=language, device=device)
    axe.check(window)
    screens.take(window, "chat-7-card")
    picture = leader.request.get(f"{chat}-text/picture")
    assert picture.ok and ElementTree.fromstring(picture.body()).tag.endswith("svg")
    # With scripts it is a picture that chats take.
    window.goto(f"{chat}-text")
    with window.expect_download() as download:
        window.locator("main a[data-picture]").click()
    saved = Path(download.value.path()).read_bytes()
    assert saved.startswith(b"\x89PNG") and len(saved) > 10_000
    assert (int.from_bytes(saved[16:20]), int.from_bytes(saved[20:24])) == (900, 1200)


def test_the_demo_shows_a_list_with_two_questions(open_window, everyone: list[Person]) -> None:
    leader = open_window("/desk", person=people.with_role(everyone, "leader"))
    leader.goto("/desk/campaigns")
    for href in [link.get_attribute("href") for link in leader.locator("main article h2 a").all()[:6]]:
        leader.goto(href + "/chat")
        if leader.locator("main .chat-line").count() == 2:
            screens.take(leader, "chat-8-demo")
            return
    raise AssertionError("no campaign of the demo has a pasted list")
