"""A case from the first word to its end, with a no on the way; and an emergency look with its review.

In Chinese without any script, in English with one, so that axe can look at each page."""

import re

import axe
import people
import screens
from people import Person
from playwright.sync_api import Page
from test_campaign_day import text

SAYS = {
    "zh": {"gate": "本人还没有同意接受服务", "no": "不同意", "closed": "目标达到了", "looked": "谁看过我的记录", "refused": "本人不同意",
           "opened": "您正在紧急查看这个个案", "blocked": "还没有复核", "justified": "复核：应该"},
    "en": {"gate": "The person has not agreed to the service yet", "no": "Not agreed", "closed": "Goals achieved",
           "looked": "Who looked at my record", "refused": "The person said no", "opened": "You see this case in an emergency",
           "blocked": "has not been reviewed", "justified": "Justified"},
}  # fmt: skip
CLIENTS = {"zh": 3, "en": 2}
FILES = {"zh": "G-0001", "en": "G-0003"}


def sound(page: Page) -> None:
    """axe needs a script to look with."""
    if page.get_attribute("html", "lang") == "en":
        axe.check(page)


def press(page: Page, action: str, value: str | None = None) -> None:
    """Presses the button of the form that posts to a path ending so."""
    form = page.locator(f"main form[action$='{action}']").first
    button = form.locator(f"button[value={value}]" if value else "button").first
    button.click()
    page.wait_for_load_state("load")


def go(page: Page, case: str, end: str) -> None:
    page.goto(f"{case}/{end}")


def fill(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        page.fill(f"main [name={name}]", value)


def check(page: Page, **choices: str) -> None:
    for name, value in choices.items():
        page.check(f"main [name={name}][value='{value}']")


def step(page: Page, case: str, move: str = "forward") -> None:
    page.goto(case)
    page.locator(f"main form[action$='/move']:has(input[name=move][value={move}]) button").first.click()
    page.wait_for_load_state("load")


def open_case(page: Page, client: Person) -> str:
    page.goto("/cases/new")
    fill(page, phone=client.phone or "", concern="搬来半年，谁也不认识，晚上睡不着。", wish="想认识几个人。")
    page.select_option("main [name=field]", "family")
    page.select_option("main [name=source]", "asked")
    for name in ("worker", "supervisor"):
        page.locator(f"main [name={name}]").select_option(index=1)
    sound(page)
    press(page, "/cases")
    assert "/cases/" in page.url, text(page)
    return page.url.split("?")[0]


def answer(page: Page, given: bool) -> None:
    """Writes down what the person said, before a witness."""
    if given:
        check(page, span="half")
    page.select_option("main [name=given_by]", "self")
    check(page, method="spoken_with_witness")
    page.locator("main [name=witness]").select_option(index=1)
    page.select_option("main [name=place]", "home")
    page.locator(f"main button[name=answer][value={'given' if given else 'refused'}]").click()
    page.wait_for_load_state("load")


def test_a_case_goes_all_its_way(open_window, everyone: list[Person], language: str) -> None:
    says = SAYS[language]
    client = people.with_role(everyone, "resident", CLIENTS[language])
    worker = open_window("/cases", person=people.with_role(everyone, "social_worker"), language=language, device="desk", javascript=language == "en")
    supervisor = open_window(None, person=people.with_role(everyone, "supervisor"), language=language, device="desk", javascript=language == "en")
    phone = open_window(None, person=client, language=language, javascript=language == "en")
    case = open_case(worker, client)
    assert says["gate"] in text(worker)
    screens.take(worker, "case-0-intake")

    go(worker, case, "consent")
    answer(worker, given=False)
    assert says["no"] in text(worker) and says["gate"] in text(worker)
    go(worker, case, "consent")
    sound(worker)
    answer(worker, given=True)
    step(worker, case)

    go(worker, case, "assessment")
    fill(worker, strengths="做饭好吃，英文好。", assets="楼下的面包房在找人。", needs="有人说说话。", own_words="“人多了我就不怕。”")
    check(worker, risk="low")
    press(worker, "/assessment")
    step(worker, case)

    go(worker, case, "plan")
    fill(worker, goals="两个月内每周和邻居见一次面。", measures="连着八周。", client_part="周三来取货点帮忙。", worker_part="第一次陪着去。",
         review_at="2027-06-01")  # fmt: skip
    press(worker, "/plan")
    supervisor.goto(case)
    supervisor.locator("main form[action*='/plans/'] button[value=approved]").click()
    supervisor.wait_for_load_state("load")
    screens.take(supervisor, "case-1-supervisor")
    sound(supervisor)
    phone.goto("/my-care")
    sound(phone)
    screens.take(phone, "case-2-own-page")
    phone.locator("main form[action*='/plans/'] button[value=agreed]").click()
    phone.wait_for_load_state("load")
    step(worker, case)

    refer(worker, case, says)

    go(worker, case, "intervention")
    check(worker, kind="talk")
    fill(worker, done_at="2026-01-05T10:00", minutes="45", happened="一起去了取货点。")
    press(worker, "/intervention")
    step(worker, case)
    close(worker, supervisor, case)
    worker.goto(case)
    assert says["closed"] in text(worker)
    screens.take(worker, "case-4-closed")
    sound(worker)
    listen(phone, says)


def refer(worker: Page, case: str, says: dict[str, str]) -> None:
    """A referral that the person says no to: nothing is sent."""
    go(worker, case, "referral")
    check(worker, destination="committee")
    fill(worker, purpose="请介绍合唱队。", shared_circumstances="刚搬来，不认识人。")
    press(worker, "/referral")
    worker.locator("main a[href*='/referrals/']").first.click()
    worker.wait_for_load_state("load")
    sound(worker)
    screens.take(worker, "case-3-referral")
    answer(worker, given=False)
    assert says["refused"] in text(worker)
    assert worker.locator("main form[action$='/send']").count() == 0


def close(worker: Page, supervisor: Page, case: str) -> None:
    go(worker, case, "closing")
    check(worker, outcome="goals_achieved")
    fill(worker, evaluation="每周都来。", client_view="“现在有人叫得出我的名字。”", summary="目标达到。", follow_up="三个月后打电话。")
    press(worker, "/closing")
    supervisor.goto(case)
    supervisor.locator("main form[action*='/closings/'] button[value=approved]").click()
    supervisor.wait_for_load_state("load")
    worker.goto(case)
    press(worker, "/end")


def listen(phone: Page, says: dict[str, str]) -> None:
    """The client sees who looked, and says how it was."""
    phone.goto("/my-care")
    assert says["looked"] in text(phone)
    phone.locator("main details summary").last.click()
    for question in ("privacy", "listening", "choices", "deciding"):
        phone.check(f"main [name={question}][value=yes]")
    press(phone, "/feedback")
    assert "saved" in phone.url


def test_an_emergency_look_is_told_and_reviewed(open_window, everyone: list[Person], language: str) -> None:
    says = SAYS[language]
    # A case that another worker has no part in; one for each language, since it stays open for three hours.
    other = open_window("/glass", person=people.with_role(everyone, "social_worker", 1), language=language, device="desk", javascript=language == "en")
    sound(other)
    fill(other, phone=FILES[language], words="门敲了十分钟没人应，灯亮着。")
    check(other, reason="danger")
    screens.take(other, "glass-0-form")
    press(other, "/glass")
    assert re.search(r"/cases/[0-9a-z]{13}$", other.url), text(other)
    assert says["opened"] in text(other)
    sound(other)
    screens.take(other, "glass-1-opened")
    other.goto("/glass")
    fill(other, phone="G-0002", words="还想看另一个，看看有没有关系。")
    check(other, reason="danger")
    press(other, "/glass")
    assert says["blocked"] in text(other)
    supervisor = open_window("/account/messages", person=people.with_role(everyone, "supervisor"), language=language, device="desk", javascript=language == "en")
    supervisor.goto("/glass")
    supervisor.locator("main a[href^='/glass/']").first.click()
    supervisor.wait_for_load_state("load")
    sound(supervisor)
    screens.take(supervisor, "glass-2-review")
    fill(supervisor, remark="先看了再打电话，对的。")
    supervisor.locator("main button[value=justified]").click()
    supervisor.wait_for_load_state("load")
    assert says["justified"] in text(supervisor)
