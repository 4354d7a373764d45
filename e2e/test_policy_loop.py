"""From a need that nobody serves to a policy that changes: a questionnaire on telephones, on paper and at the door, what it
adds up to, the report, the reply, the new version, and residents who are told. Each test is the next stage of one story.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

import axe
import httpx
import people
import pytest
import screens
from elder import faults, set_view
from people import Person
from playwright.sync_api import Page, expect
from telephone import outbox, send_now, wait_for_worker

NEED = "热午饭"
TITLE = "午饭怎么吃"
PAPER = "2026 年冬天，午饭怎么吃上热的"
POLICY = "老年助餐补贴"
CHANGE = "送餐上门也有补贴，每餐 3 元"
QUESTIONS = [
    ("select_one", "home", "您跟谁一起住？", "Who do you live with?", "alone | 一个人 | Alone\nfamily | 跟家人 | With family"),
    (
        "select_multiple", "lunch", "午饭有什么难处？", "What is hard about lunch?",
        "cook | 做不动 | Cooking is too much\nfar | 助餐点太远 | The canteen is too far\nprice | 太贵 | It costs too much",
    ),
    (
        "select_one", "score", "现在的助餐服务怎么样？", "How good is the meal service?",
        "1 | 不好 | Poor\n2 | 一般 | Fair\n3 | 好 | Good",
    ),
    ("select_one", "bring", "饭送上门，您要吗？", "Would you have lunch brought?", "yes | 要 | Yes\nno | 不要 | No"),
    ("text", "words", "还有什么想说的？", "What else would you say?", ""),
]  # fmt: skip


@dataclass
class Loop:
    """What one stage leaves to the next: paths of the pages."""

    survey: str = ""
    site: str = ""
    interviewer: str = ""
    paper: str = ""
    table: str = ""
    policy: str = ""
    report: str = ""


@pytest.fixture(scope="module")
def loop() -> Loop:
    return Loop()


def named(everyone: list[Person], name: str) -> Person:
    return next(person for person in everyone if person.name.startswith(name))


def text(page: Page) -> str:
    return page.inner_text("main")


def path(page: Page, pattern: str) -> str:
    """The part of the page's address that this pattern describes; `ID` stands for an identifier."""
    found = re.search(pattern.replace("ID", r"\w{13}"), page.url)
    assert found, f"{page.url} instead of {pattern}:\n{text(page)}"
    return found.group(0)


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state("load")


def follow(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_load_state("load")


def day(days: int) -> str:
    return (datetime.now() + timedelta(days=days)).strftime("%Y-%m-%d")


def looked_at(page: Page, name: str = "") -> None:
    """Every page that is met is judged by axe; those with a name are photographed."""
    axe.check(page)
    if name:
        screens.take(page, f"loop-{name}")


def test_a_need_that_nobody_serves(open_window, everyone: list[Person]) -> None:
    for name, language in (("陈昊", "zh"), ("安娜", "en")):
        page = open_window("/", person=named(everyone, name), language=language)
        page.goto(f"/search?q={NEED}")
        looked_at(page, "1-search")
        press(page, "想要这个，告诉社区" if language == "zh" else "I would like this: tell the community")
        assert ("记下了，谢谢您" if language == "zh" else "Noted, thank you") in text(page)
    desk = open_window("/needs", person=named(everyone, "许安然"), device="desk")
    assert "每个月一次，只有户数，看不出是谁" in text(desk)
    assert NEED not in desk.content(), "nothing of the present month is seen by anybody"
    looked_at(desk, "2-needs")


def question(desk: Page, kind: str, name: str, chinese: str, english: str, choices: str) -> None:
    follow(desk, {"select_one": "单选", "select_multiple": "多选", "text": "填空"}[kind])
    desk.fill("[name=label_0]", chinese)
    desk.fill("[name=label_1]", english)
    if choices:
        desk.fill("[name=choices]", choices)
    if name == "home":
        desk.check("[name=required]")
    if name == "bring":
        desk.locator("summary", has_text="只问一部分人").click()
        desk.select_option("[name=when_question]", "lunch")
        desk.fill("[name=when_value]", "far")
    desk.locator("summary", has_text="更多").click()
    desk.fill("[name=name]", name)
    if name == "score":
        desk.fill("[name=appearance]", "likert")
    looked_at(desk, "3-question" if name == "bring" else "")
    press(desk, "保存")


def collector(desk: Page, loop: Loop, kind: str, name: str) -> str:
    desk.goto(loop.survey)
    follow(desk, "加一种收法")
    looked_at(desk)
    desk.check(f"[name=kind][value={kind}]")
    desk.fill("[name=name]", name)
    if name == "score":
        desk.fill("[name=appearance]", "likert")
    press(desk, "开始")
    looked_at(desk)
    return path(desk, "/surveys/ID/collectors/ID")


def test_the_questionnaire_is_written_and_opened(open_window, everyone: list[Person], loop: Loop) -> None:
    desk = open_window("/surveys", person=named(everyone, "许安然"), device="desk")
    looked_at(desk)
    follow(desk, "写一份问卷")
    looked_at(desk)
    desk.fill("[name=title]", TITLE)
    desk.fill("[name=purpose]", f"有邻居在找{NEED}，没人卖。问清楚难在哪里，写成报告送街道。")
    desk.check("[name=privacy][value=anonymous]")
    desk.check("[name=unit][value=person]")
    for language in ("中文 (zh)", "English (en)"):
        desk.check(f"[name=language][value='{language}']")
    press(desk, "保存")
    loop.survey = path(desk, "/surveys/ID")
    desk.goto(loop.survey)
    follow(desk, "写题目")
    for one in QUESTIONS:
        question(desk, *one)
    looked_at(desk, "4-builder")
    follow(desk, "看看样子")
    looked_at(desk)
    assert desk.locator("[data-item=bring]").is_hidden(), "it is asked of those only for whom it is too far"
    desk.goto(loop.survey)
    press(desk, "开始收")
    loop.site = collector(desk, loop, "site", "网站")
    loop.paper = collector(desk, loop, "paper", "居委会的纸")
    loop.interviewer = collector(desk, loop, "interviewer", "上门问")
    desk.goto(loop.survey)
    looked_at(desk, "5-questionnaire")


def site(page: Page) -> None:
    """Opens the questionnaire as whoever finds it on the site does."""
    page.goto("/s")
    page.locator("main .card", has_text=TITLE).get_by_role("link").last.click()
    page.wait_for_load_state("load")


def test_people_answer_on_their_telephones(open_window, telephone, everyone: list[Person]) -> None:
    page = open_window("/s", person=named(everyone, "陈昊"))
    looked_at(page, "6-listed")
    site(page)
    bring = page.locator("[data-item=bring]")
    expect(bring).to_be_hidden()
    page.check("[name='a.lunch'][value=far]")
    expect(bring).to_be_visible()
    page.uncheck("[name='a.lunch'][value=far]")
    expect(bring).to_be_hidden()
    page.check("[name='a.lunch'][value=cook]")
    page.check("[name='a.lunch'][value=far]")
    page.check("[name='a.bring'][value=yes]")
    page.check("[name='a.score'][value='2']")
    page.locator("main button[type=submit]").click()
    expect(page.locator("[data-item=home] [data-problem]")).to_be_visible()
    looked_at(page, "7-answering")
    page.check("[name='a.home'][value=alone]")
    press(page, "交上去")
    assert "收到了，谢谢您！" in text(page)
    looked_at(page, "8-thanks")

    # In English, without a script: what follows from an answer is asked once the page was sent.
    plain = open_window("/s", language="en", javascript=False)
    site(plain)
    assert "Nobody knows who" in text(plain) or "nobody knows" in text(plain).lower(), text(plain)
    assert plain.locator("[data-item=bring]").is_hidden()
    plain.check("[name='a.home'][value=alone]")
    plain.check("[name='a.lunch'][value=far]")
    plain.check("[name='a.score'][value='1']")
    press(plain, "Send")
    assert "some more questions" in plain.inner_text("body")
    screens.take(plain, "loop-9-plain")
    plain.check("[name='a.bring'][value=no]")
    press(plain, "Send")
    assert "Thank you" in text(plain), text(plain)
    shown = open_window("/s", language="en")
    site(shown)
    looked_at(shown)

    # In the stairwell: what was typed without network is still there after the battery was empty.
    phone = telephone()
    site(phone.page)
    wait_for_worker(phone.page)
    phone.network.cut()
    phone.context.set_offline(True)
    phone.page.check("[name='a.home'][value=family]")
    phone.page.check("[name='a.lunch'][value=price]")
    phone.page.fill("[name='a.words']", "冬天饭凉得快")
    phone.page.locator("main button[type=submit]").click()
    expect(phone.page.locator("[data-survey-says]")).to_contain_text("您填的都存在这部手机里")
    looked_at(phone.page, "10-no-network")
    phone.restart()
    phone.network.mend()
    site(phone.page)
    expect(phone.page.locator("[name='a.words']")).to_have_value("冬天饭凉得快")
    assert phone.page.is_checked("[name='a.home'][value=family]")
    press(phone.page, "交上去")
    assert "收到了，谢谢您！" in text(phone.page)
    site(phone.page)
    assert phone.page.input_value("[name='a.words']") == "", "the next person begins with nothing"


def test_a_social_worker_asks_at_the_door(open_window, telephone, everyone: list[Person], loop: Loop) -> None:
    phone = telephone(named(everyone, "许安然"))
    page = phone.page
    page.goto(loop.interviewer)
    follow(page, "开始问")
    wait_for_worker(page)
    looked_at(page, "11-doorstep")
    phone.network.cut()
    for home in ("alone", "family"):
        page.check(f"[name='a.home'][value={home}]")
        page.check("[name='a.lunch'][value=cook]")
        page.check("[name='a.score'][value='3']")
        page.locator("main button", has_text="交上去").click()
        expect(page.locator("[data-survey-says]")).to_contain_text("可以问下一位")
        expect(page.locator(f"[name='a.home'][value={home}]")).not_to_be_checked()
    expect(page.locator(".outbox-bar")).to_contain_text("2 件")
    phone.network.mend()
    send_now(page)
    expect(page.locator(".outbox-bar")).to_be_hidden(timeout=30_000)
    assert outbox(page) == []
    page.goto(f"{loop.interviewer}/ask")
    press(page, "没人")
    assert "记下了" in page.inner_text("body")
    desk = open_window(loop.interviewer, person=named(everyone, "许安然"), device="desk")
    assert "2 份" in text(desk) and re.search(r"没人\s*1", text(desk)), text(desk)


def key(desk: Page, serial: str, home: str, lunch: list[str], score: str) -> None:
    """One sheet as it lies on the table; whoever keys it in types its number first, without a script."""
    desk.fill("[name=serial]", serial)
    press(desk, "录这一张")
    desk.check(f"[name='a.home'][value={home}]")
    for one in lunch:
        desk.check(f"[name='a.lunch'][value={one}]")
    desk.check(f"[name='a.score'][value='{score}']")
    for empty in ("bring", "words"):
        desk.select_option(f"[name='m.{empty}']", label="没填")
    press(desk, "录好了")


def test_paper_is_keyed_in_twice(open_window, everyone: list[Person], loop: Loop) -> None:
    first, second = named(everyone, "许安然"), named(everyone, "叶青")
    desk = open_window(loop.paper, person=first, device="desk")
    follow(desk, "打印和录入")
    looked_at(desk)
    desk.fill("[name=sheets]", "2")
    desk.check("[name=language][value='中文 (zh)']")
    press(desk, "定下这一批")
    batch = path(desk, "/surveys/ID/collectors/ID/batches/ID")
    looked_at(desk, "12-batch")
    follow(desk, "打印第 1–2 张")
    serials = list(dict.fromkeys(re.findall(r"B\d+-\d+-\w", desk.inner_text("body"))))
    assert len(serials) == 2, desk.inner_text("body")
    looked_at(desk)
    desk.emulate_media(media="print")
    screens.take(desk, "loop-13-sheets")

    plain = open_window(batch, person=first, device="desk", javascript=False)
    key(plain, serials[0], "alone", ["far"], "2")
    key(plain, serials[1], "family", ["price"], "3")
    other = open_window(f"/surveys/paper/{serials[0]}", person=second, device="desk")
    looked_at(other, "14-keying")
    assert not other.is_checked("[name='a.home'][value=alone]"), "the second does not see what the first keyed in"
    other.goto(batch)
    key(other, serials[0], "alone", ["far"], "3")
    other.goto(batch)
    key(other, serials[1], "family", ["price"], "3")
    other.goto(batch)
    looked_at(other, "15-batch")
    other.locator(f"main a[href$='{serials[0]}/differences']").click()
    other.wait_for_load_state("load")
    looked_at(other, "16-differences")
    assert other.locator("[name='d.home']").count() == 0, "what was keyed in alike is not asked"
    other.check("[name='d.score'][value=first]")
    press(other, "定下来，存好")
    other.goto(loop.paper)
    assert "2 份" in text(other), text(other)


def answers() -> list[dict[str, str | list[str]]]:
    """Forty more, so that a table can be published: twelve of them find nothing hard and leave that question empty."""
    every = [{"a.home": "alone" if number % 2 else "family", "a.score": str(number // 2 % 3 + 1)} for number in range(40)]
    for number, answer in enumerate(every[:28]):
        far = number % 3 < 2
        answer["a.lunch"] = [name for name, holds in (("cook", number % 2), ("far", far), ("price", number % 4 < 2)) if holds]
        if far:
            answer["a.bring"] = "no" if number % 4 == 3 else "yes"
    return every


def test_the_others_answer(program, loop: Loop, open_window, everyone: list[Person]) -> None:
    page = open_window("/s")
    site(page)
    address = page.url
    with httpx.Client(timeout=30, headers={"Origin": program.address}) as client:
        for answer in answers():
            found = client.get(address).text
            form = re.search(r"<form method=\"post\" action=\"/s/.*?</form>", found, re.S).group(0)
            hidden = dict(re.findall(r"<input type=\"hidden\" name=\"(\w+)\" value=\"([^\"]*)\"", form))
            hidden["shown"] += " bring"
            sent = client.post(address, data={**hidden, **answer})
            assert sent.status_code == 303, sent.text
    desk = open_window(loop.survey, person=named(everyone, "许安然"), device="desk")
    assert desk.locator("tr", has_text="网站上列出来").locator("td").last.inner_text() == "43"


def test_the_answers_are_locked_and_a_table_is_published(open_window, everyone: list[Person], loop: Loop) -> None:
    desk = open_window(loop.survey, person=named(everyone, "许安然"), device="desk")
    press(desk, "停收")
    follow(desk, "统计")
    assert "不能写进报告" in desk.inner_text("body"), "figures that may change belong in no report"
    looked_at(desk)
    follow(desk, "封存答案")
    looked_at(desk, "17-lock")
    desk.check("[name=breakdown][value=home]")
    desk.locator("main button[type=submit]").last.click()
    expect(desk.get_by_role("heading", name="已封存的答案")).to_be_visible(timeout=60_000)
    looked_at(desk)
    follow(desk, "重新算一遍指纹")
    assert "和封存时一样" in desk.inner_text("body")
    follow(desk, "返回统计")
    several = desk.locator("main .card", has_text="午饭有什么难处？")
    rows = {row.locator("td, th").first.inner_text(): row.inner_text().split() for row in several.locator("tbody tr").all()}
    assert set(rows) == {"做不动", "助餐点太远", "太贵"}, "one row for each choice"
    assert "加起来会超过 100%" in several.inner_text()
    assert "中位数" in desk.locator("main .card", has_text="现在的助餐服务怎么样？").inner_text()
    looked_at(desk, "18-analysis")
    follow(desk, "两题对着看")
    desk.select_option("[name=row]", label="您跟谁一起住？")
    desk.select_option("[name=column]", label="现在的助餐服务怎么样？")
    press(desk, "看")
    assert "χ²" in text(desk), text(desk)
    looked_at(desk, "19-cross")
    desk.goto(f"{loop.survey}/analysis/tables")
    looked_at(desk)
    follow(desk, "做一张表")
    desk.select_option("[name=question]", label="午饭有什么难处？")
    desk.check("[name=audience][value=everyone]")
    looked_at(desk)
    press(desk, "先看看会写出什么")
    looked_at(desk, "20-preview")
    press(desk, "公布这张表")
    assert "已公布" in desk.inner_text("body")
    looked_at(desk)
    loop.table = desk.locator("main dd code").first.inner_text()
