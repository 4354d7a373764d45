"""From a need that nobody serves to a policy that changes: a questionnaire on telephones, on paper and at the door, what it
adds up to, the report, the reply, the new version, and residents who are told. Each test is the next stage of one story.
"""

import re
from collections.abc import Callable
from types import SimpleNamespace

import httpx
import pytest
import screens
from elder import faults, set_view
from hands import day, fill, follow, look, named, path, press, text, tick, unfold
from people import Person
from playwright.sync_api import Page, expect
from questionnaire import add_collector, answer_on_site, answers, key, publish_table, write
from telephone import outbox, send_now, wait_for_worker

WORKER, SECOND, SUPERVISOR, READER = "许安然", "叶青", "郑书敏", "陆敏"
RESIDENTS = {"zh": "陈昊", "en": "安娜"}
NEED = "热午饭"
PAPER = "2026 年冬天，午饭怎么吃上热的"
POLICY = "老年助餐补贴"
CHANGE = "送餐上门也有补贴，每餐 3 元"
SAYS = {
    "zh": ["想要这个，告诉社区", "记下了，谢谢您", "关注这项，有变化告诉我", "关注，有结果告诉我"],
    "en": [
        "I would like this: tell the community", "Noted, thank you", "Follow it: tell me when it changes",
        "Follow, and tell me what comes of it",
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def loop() -> SimpleNamespace:
    """What one stage leaves to the next: where its pages are."""
    return SimpleNamespace()


@pytest.fixture
def desk(open_window, everyone: list[Person]) -> Callable[..., Page]:
    """Opens somebody's page at a desk: `desk(name, path, javascript=)`."""
    return lambda name, path, **more: open_window(path, person=named(everyone, name), device="desk", **more)


@pytest.fixture
def phone(open_window, everyone: list[Person]) -> Callable[..., Page]:
    """Opens somebody's page on their telephone: `phone(name, path, language=)`."""
    return lambda name, path, **more: open_window(path, person=named(everyone, name), **more)


def test_a_need_that_nobody_serves(phone, desk) -> None:
    for language, name in RESIDENTS.items():
        page = phone(name, f"/search?q={NEED}", language=language)
        look(page, "loop-1-search")
        press(page, SAYS[language][0])
        assert SAYS[language][1] in text(page)
    page = desk(WORKER, "/needs")
    assert "每个月一次，只有户数，看不出是谁" in text(page)
    assert NEED not in page.content(), "nothing of the present month is seen by anybody"
    look(page, "loop-2-needs")
    # A month that is over is shown once it is released, and leads to a questionnaire.
    page.get_by_role("button", name="现在公布").or_(page.locator("main table a")).first.click()
    page.wait_for_load_state("load")
    look(page, "loop-3-month")
    follow(page, "为这件事出一份问卷")
    path(page, "/surveys/new$")


def test_the_questionnaire_is_written_and_opened(desk, loop: SimpleNamespace) -> None:
    page = desk(WORKER, "/surveys")
    look(page)
    loop.survey = write(page, f"有邻居在找{NEED}，没人卖。问清楚难在哪里，写成报告送街道。")
    loop.site = add_collector(page, loop.survey, "site", "网站")
    loop.paper = add_collector(page, loop.survey, "paper", "居委会的纸")
    loop.interviewer = add_collector(page, loop.survey, "interviewer", "上门问")
    page.goto(loop.survey)
    look(page, "loop-6-questionnaire")


def test_somebody_answers_on_a_telephone(phone) -> None:
    page = phone(RESIDENTS["zh"], "/s")
    look(page, "loop-7-listed")
    answer_on_site(page)
    for asked in (False, True, False):
        page.set_checked("[name='a.lunch'][value=far]", asked)
        expect(page.locator("[data-item=bring]")).to_be_visible(visible=asked)
    tick(page, "a.lunch=cook", "a.lunch=far", "a.bring=yes", "a.score=2")
    page.locator("main button[type=submit]").click()
    expect(page.locator("[data-item=home] [data-problem]")).to_be_visible()
    look(page, "loop-8-answering")
    tick(page, "a.home=alone")
    press(page, "交上去")
    assert "收到了，谢谢您！" in text(page)
    look(page, "loop-9-thanks")


def test_somebody_answers_without_a_script(open_window) -> None:
    """In English; what follows from an answer is asked once the page was sent."""
    page = open_window("/s", language="en", javascript=False)
    answer_on_site(page)
    assert "nobody knows who answered" in text(page)
    expect(page.locator("[data-item=bring]")).to_be_hidden()
    tick(page, "a.home=alone", "a.lunch=far", "a.score=1")
    press(page, "Send")
    assert "some more questions" in page.inner_text("body")
    screens.take(page, "loop-10-plain")
    tick(page, "a.bring=no")
    press(page, "Send")
    assert "Thank you" in text(page)
    answer_on_site(scripted := open_window(None, language="en"))
    look(scripted)


def test_what_was_typed_without_network_is_kept(telephone) -> None:
    """In the stairwell; the battery is empty meanwhile."""
    phone = telephone()
    answer_on_site(phone.page)
    wait_for_worker(phone.page)
    phone.network.cut()
    phone.context.set_offline(True)
    tick(phone.page, "a.home=family", "a.lunch=price")
    fill(phone.page, **{"a.words": "冬天饭凉得快"})
    phone.page.locator("main button[type=submit]").click()
    expect(phone.page.locator("[data-survey-says]")).to_contain_text("您填的都存在这部手机里")
    look(phone.page, "loop-11-no-network")
    phone.restart()
    phone.network.mend()
    answer_on_site(phone.page)
    expect(phone.page.locator("[name='a.words']")).to_have_value("冬天饭凉得快")
    expect(phone.page.locator("[name='a.home'][value=family]")).to_be_checked()
    press(phone.page, "交上去")
    assert "收到了，谢谢您！" in text(phone.page)
    answer_on_site(phone.page)
    expect(phone.page.locator("[name='a.words']")).to_have_value("")


def test_a_social_worker_asks_at_the_door(telephone, desk, everyone: list[Person], loop: SimpleNamespace) -> None:
    phone = telephone(named(everyone, WORKER))
    page = phone.page
    page.goto(loop.interviewer)
    follow(page, "开始问")
    wait_for_worker(page)
    look(page, "loop-12-doorstep")
    phone.network.cut()
    for home in ("alone", "family"):
        tick(page, f"a.home={home}", "a.lunch=cook", "a.score=3")
        page.get_by_role("button", name="交上去").click()
        expect(page.locator("[data-survey-says]")).to_contain_text("可以问下一位")
        expect(page.locator(f"[name='a.home'][value={home}]")).not_to_be_checked()
    expect(page.locator(".outbox-bar")).to_contain_text("2 件")
    phone.network.mend()
    send_now(page)
    expect(page.locator(".outbox-bar")).to_be_hidden(timeout=30_000)
    assert outbox(page) == []
    page.goto(f"{loop.interviewer}/ask")
    press(page, "没人")
    counted = text(desk(WORKER, loop.interviewer))
    assert "2 份" in counted and re.search(r"没人\s*1", counted), counted


def test_paper_is_keyed_in_twice(desk, loop: SimpleNamespace) -> None:
    page = desk(WORKER, loop.paper)
    follow(page, "打印和录入")
    look(page)
    fill(page, sheets="2")
    tick(page, "language=中文 (zh)")
    press(page, "定下这一批")
    batch = path(page, "/surveys/ID/collectors/ID/batches/ID")
    look(page, "loop-13-batch")
    follow(page, "打印第 1–2 张")
    look(page)
    first, second = dict.fromkeys(re.findall(r"B\d+-\d+-\w", page.inner_text("body")))
    page.emulate_media(media="print")
    screens.take(page, "loop-14-sheets")
    plain = desk(WORKER, None, javascript=False)
    key(plain, batch, first, "a.home=alone", "a.lunch=far", "a.score=2")
    key(plain, batch, second, "a.home=family", "a.lunch=price", "a.score=3")
    page = desk(SECOND, f"/surveys/paper/{first}")
    look(page, "loop-15-keying")
    assert page.locator("main :checked:not(option)").count() == 0, "the second does not see what the first keyed in"
    key(page, batch, first, "a.home=alone", "a.lunch=far", "a.score=3")
    key(page, batch, second, "a.home=family", "a.lunch=price", "a.score=3")
    look(page, "loop-16-batch")
    page.goto(batch)
    page.locator(f"main a[href$='{first}/differences']").click()
    look(page, "loop-17-differences")
    assert page.locator("[name='d.home']").count() == 0, "what was keyed in alike is not asked"
    tick(page, "d.score=first")
    press(page, "定下来，存好")
    page.goto(loop.paper)
    assert "2 份" in text(page)


def test_the_others_answer(program, open_window, desk, loop: SimpleNamespace) -> None:
    page = open_window(None)
    answer_on_site(page)
    with httpx.Client(timeout=30, headers={"Origin": program.address}) as client:
        for answer in answers():
            form = re.search(r"<form method=\"post\" action=\"/s/.*?</form>", client.get(page.url).text, re.S).group(0)
            hidden = dict(re.findall(r"<input type=\"hidden\" name=\"(\w+)\" value=\"([^\"]*)\"", form))
            sent = client.post(page.url, data=hidden | {"shown": f"{hidden['shown']} bring"} | answer)
            assert sent.status_code == 303, sent.text
    row = desk(WORKER, loop.survey).locator("tr", has_text="网站上列出来")
    assert row.locator("td").last.inner_text() == "43"


def publish(desk, loop: SimpleNamespace) -> None:
    """The supervisor reads the draft of the policy and publishes it."""
    page = desk(SUPERVISOR, f"/policy-desk{loop.policy}")
    look(page)
    press(page, "看过了，发布")
    assert "已保存" in page.inner_text("body"), text(page)


def test_the_answers_are_locked_and_a_table_is_published(desk, loop: SimpleNamespace) -> None:
    page = desk(WORKER, loop.survey)
    press(page, "停收")
    follow(page, "统计")
    assert "不能写进报告" in page.inner_text("body"), "figures that may change belong in no report"
    look(page)
    follow(page, "封存答案")
    look(page, "loop-18-lock")
    tick(page, "breakdown=home")
    press(page, "封存 47 份答案")
    expect(page.get_by_role("heading", name="已封存的答案")).to_be_visible(timeout=60_000)
    look(page)
    follow(page, "重新算一遍指纹")
    assert "和封存时一样" in page.inner_text("body")
    follow(page, "返回统计")
    several = page.locator("main .card", has_text="午饭有什么难处？")
    choices = [row.locator("td, th").first.inner_text() for row in several.locator("tbody tr").all()]
    assert choices == ["做不动", "助餐点太远", "太贵"], "one row for each choice"
    assert "68.8%（22/32）" in several.inner_text() and "加起来会超过 100%" in several.inner_text()
    assert "中位数" in page.locator("main .card", has_text="现在的助餐服务怎么样？").inner_text()
    look(page, "loop-19-analysis")
    follow(page, "两题对着看")
    fill(page, row="您跟谁一起住？", column="现在的助餐服务怎么样？")
    press(page, "看")
    assert "χ²" in text(page)
    look(page, "loop-20-cross")
    loop.table = publish_table(page, loop.survey)


def test_a_policy_is_published_and_followed(phone, desk, loop: SimpleNamespace) -> None:
    page = desk(WORKER, "/policy-desk")
    look(page)
    follow(page, "写一项政策")
    look(page)
    unfold(page, "英文")
    fill(
        page, title=POLICY, summary="六十岁以上，到社区助餐点吃午饭，每餐补 4 元。", audience="六十岁以上的居民",
        steps="带身份证到服务站登记\n到助餐点刷卡", issuer="街道办事处", number="街办〔2026〕12 号", area="本街道",
        issued=day(-60), effective=day(-30), english_title="Meal allowance for elders",
        english_summary="From 60 on: 4 yuan off each lunch at the canteen.", field="elders", level="street",
    )  # fmt: skip
    press(page, "保存草稿")
    loop.policy = path(page, "/policy-desk/ID").removeprefix("/policy-desk")
    look(page)
    assert page.get_by_role("button", name="看过了，发布").count() == 0, "who wrote it does not publish it"
    publish(desk, loop)
    for language, name in RESIDENTS.items():
        page = phone(name, f"/policies{loop.policy}", language=language)
        look(page, "loop-22-policy")
        press(page, SAYS[language][2])


def test_the_report_is_written(desk, loop: SimpleNamespace) -> None:
    page = desk(WORKER, "/report-desk")
    look(page)
    follow(page, "开始一份报告")
    look(page)
    fill(page, title=PAPER, question="一个人住的老人，中午怎样吃上一顿热饭？", reach="不识字又没人念的问不到。")
    fill(page, **{"from": day(-7), "to": day(0), "supervisor": SUPERVISOR})
    tick(page, "methods=questionnaire")
    press(page, "开始")
    loop.report = path(page, "/report-desk/ID").removeprefix("/report-desk")
    look(page, "loop-23-planned")
    surveys = "form:has([name=source][value=surveys])"
    fill(page, surveys, evidence=loop.table)
    page.locator(surveys).get_by_role("button").click()
    expect(page.locator("main table", has_text="助餐点太远")).to_contain_text("68.8%")
    press(page, "锁定资料")
    fill(page, "#write-finding", text="答了的人里，三分之二觉得助餐点太远。")
    tick(page, "evidence=1")
    press(page, "加一条发现")
    press(page, "发现写好了")
    look(page)
    fill(page, "#write-recommendation", text="送餐上门也给补贴。", policy=POLICY)
    tick(page, "findings=1")
    press(page, "加一条建议")
    press(page, "建议写好了")
    fill(page, summary="想吃热午饭的邻居，多数嫌助餐点太远。请把补贴用到送餐上。")
    press(page, "记下摘要")
    look(page, "loop-24-written")
    press(page, "草稿写好了")
    fill(page, way="在会上念", day=day(0), heard="12", comments="都说是这样；有人问刮风下雨送不送。")
    tick(page, "outcome=agreed")
    look(page, "loop-25-check-back")
    press(page, "记下来")
    assert page.get_by_role("button", name="同意", exact=True).count() == 0, "nobody approves what they write"
    reader = desk(READER, "/government")
    assert PAPER not in text(reader) and reader.goto(f"/government/reports{loop.report}").status == 404, "not yet sent"
    page = desk(SUPERVISOR, f"/report-desk{loop.report}")
    look(page)
    press(page, "同意")
    assert "督导同意了" in text(page)


def test_it_is_sent_and_answered(phone, desk, loop: SimpleNamespace) -> None:
    for language, name in RESIDENTS.items():
        page = phone(name, f"/reports{loop.report}", language=language)
        look(page)
        press(page, SAYS[language][3])
    page = desk(WORKER, f"/report-desk{loop.report}")
    fill(page, department="街道民政科", contact="街道办事处二楼", channel="desk", due=day(30))
    press(page, "送出去")
    look(page, "loop-26-sent")
    reader = desk(READER, "/government")
    look(reader, "loop-27-government")
    follow(reader, PAPER)
    look(reader, "loop-28-government-report")
    plain = desk(READER, reader.url, javascript=False)
    tick(plain, "outcome_1=accepted", "outcome=accepted")
    fill(plain, answer_1="下月起送餐上门每餐补 3 元。", reply="意见很实在，照办。", by="民政科")
    press(plain, "答复")
    assert "记下了，谢谢" in plain.inner_text("body")
    reader.goto("/government/indicators")
    look(reader, "loop-29-indicators")
    resident = phone(RESIDENTS["zh"], f"/reports{loop.report}")
    assert "意见很实在" not in text(resident), "residents see it once the station publishes it"
    page.reload()
    press(page, "公开答复")
    resident.reload()
    assert "意见很实在" in text(resident)


def test_the_policy_changes_and_residents_are_told(phone, desk, loop: SimpleNamespace) -> None:
    page = desk(WORKER, f"/report-desk{loop.report}")
    fill(page, "form[action$='/version']", policy=POLICY)
    press(page, "写新的一版")
    look(page)
    fill(page, what_changed=CHANGE, summary=f"六十岁以上，到社区助餐点吃午饭，每餐补 4 元；{CHANGE}。")
    press(page, "保存草稿")
    assert page.locator(f"main a[href='/reports{loop.report}']").count() == 1, "the draft names the report behind it"
    look(page, "loop-30-next-version")
    publish(desk, loop)
    page.goto(f"/report-desk{loop.report}")
    fill(page, "form[action$='/result']", policy=POLICY, text=CHANGE)
    press(page, "记下结果")
    fill(page, "form[action$='/tell']", text=f"您说的有回音了：{CHANGE}。")
    press(page, "告诉居民")
    look(page, "loop-31-told")
    for language, name in RESIDENTS.items():
        told(phone(name, "/account/messages", language=language), loop)


def told(page: Page, loop: SimpleNamespace) -> None:
    """What somebody who followed it finds at the end of the way."""
    report = page.locator(f"main a[href*='/reports{loop.report}']")
    for _ in range(60):
        if report.count() and page.locator(f"main a[href*='/policies{loop.policy}']").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    assert CHANGE in text(page) and page.locator(f"main a[href*='/policies{loop.policy}']").count(), text(page)
    look(page, "loop-32-messages")
    report.first.click()
    page.wait_for_load_state("load")
    for part in (CHANGE, "街道民政科", "意见很实在", "刮风下雨"):
        assert part in text(page), f"{part} is missing:\n{text(page)}"
    look(page, "loop-33-report")
    page.goto(f"/policies{loop.policy}")
    assert CHANGE in text(page) and report.count() == 1, "what changed leads back to the report"
    look(page, "loop-34-policy")
    page.goto(f"/reports{loop.report}/print")
    look(page)
    page.emulate_media(media="print")
    screens.take(page, "loop-35-print")


def test_the_report_page_in_the_elder_view(phone, loop: SimpleNamespace) -> None:
    page = phone("孙玉兰", f"/reports{loop.report}")
    set_view(page, "elder")
    found = faults(page)
    set_view(page, "plain")
    assert not found, "\n".join(found)


def test_nobody_comes_where_they_have_no_business(phone, desk, loop: SimpleNamespace) -> None:
    doors = ("/government", f"/government/reports{loop.report}", "/report-desk", f"/report-desk{loop.report}")
    for name in (RESIDENTS["zh"], "江伟"):
        page = phone(name, None)
        for door in (*doors, loop.survey):
            assert page.goto(door).status == 403, f"{name} at {door}"
    page = desk(READER, None)
    within = ("questions", "analysis", "analysis/cross", "analysis/texts/words", "analysis/export")
    collectors = (loop.site, loop.paper, loop.interviewer)
    for door in ("/surveys", "/surveys/paper", loop.survey, *(f"{loop.survey}/{part}" for part in within), *collectors):
        assert page.goto(door).status == 403, door
