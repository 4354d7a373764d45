"""The rights of a person over what is kept about them: to see it, to have a copy, to correct it, to be deleted."""

import json
import re

import axe
import people
import screens
from people import Person
from playwright.sync_api import Page
from test_campaign_day import text

SAYS = {
    "zh": {"copy": "的信息", "saved": "收到了", "answered": "答复：", "early": "三天", "nobody": "本人", "rules": "多久"},
    "en": {"copy": "Data about", "saved": "Received", "answered": "Answer:", "early": "three days", "nobody": "person", "rules": "How long"},
}


def send(page: Page, action: str) -> None:
    """Presses the first button of the form that posts to a path with this end."""
    page.locator(f"main form[action$='{action}'] button").first.click()
    page.wait_for_load_state("load")


def ask(page: Page, kind: str, words: str = "") -> None:
    page.goto("/account/data")
    page.check(f"[name=kind][value={kind}]")
    page.fill("[name=words]", words)
    send(page, "/requests")


def test_a_resident_reads_what_is_kept_and_takes_it_along(open_window, everyone: list[Person], language: str) -> None:
    says = SAYS[language]
    resident = people.with_role(everyone, "resident", 1)
    page = open_window("/account", person=resident, language=language, javascript=False)
    page.locator("main a[href='/account/data']").click()
    screens.take(page, "data-0-own")
    page.fill("[name=password]", "not the password")
    page.locator("[name=as][value=page]").click()
    assert page.locator("main [aria-invalid=true], .notice").count() >= 1, text(page)
    page.fill("[name=password]", resident.password)
    page.locator("[name=as][value=page]").click()
    page.wait_for_load_state("load")
    shown = text(page)
    assert says["copy"] in shown and resident.name.split()[0] in shown, shown
    assert resident.phone[-4:] in re.sub(r"\D", "", shown), "the number is not in the copy"
    screens.take(page, "data-1-copy")
    page.goto("/account/data")
    page.fill("[name=password]", resident.password)
    with page.expect_download() as saved:
        page.locator("[name=as][value=file]").click()
    copy = json.loads(saved.value.path().read_text(encoding="utf-8"))
    tables = [table["table"] for part in copy["parts"] for table in part["tables"]]
    assert "people_person" in tables and "shop_order" in tables, tables


def test_a_mistake_is_corrected_and_the_answer_is_told(open_window, everyone: list[Person], language: str) -> None:
    """The resident writes what is wrong; the committee corrects it and answers; the resident reads the answer."""
    says = SAYS[language]
    resident = people.with_role(everyone, "resident", 1 if language == "zh" else 2)
    page = open_window(None, person=resident, language=language, javascript=False)
    ask(page, "correction")
    assert page.locator("main .error-summary").count() == 1, "a correction without words was taken"
    ask(page, "correction", "楼里都叫我小苏，请改过来。")
    assert says["saved"] in text(page)
    screens.take(page, "data-2-asked")
    desk = open_window("/data-requests", person=people.with_role(everyone, "committee"), language=language, device="desk")
    axe.check(desk)
    screens.take(desk, "data-3-desk")
    desk.locator("main table a").first.click()
    axe.check(desk)
    screens.take(desk, "data-4-request")
    request = desk.url
    desk.locator("main a[href$='/correct']").click()
    axe.check(desk)
    desk.fill("[name=name]", "小苏")
    send(desk, "/correct")
    assert "小苏" in text(desk)
    desk.goto(request)
    desk.check("[name=outcome][value=refused]")
    send(desk, "/answer")
    assert desk.locator("main .error-summary").count() == 1, "a refusal without a reason was taken"
    desk.check("[name=outcome][value=done]")
    desk.fill("[name=answer]", "已经改成小苏了。")
    send(desk, "/answer")
    page.goto("/account/data")
    assert says["answered"] in text(page) and "已经改成小苏了。" in text(page)
    page.goto("/account/messages")
    assert page.locator("main a[href*='account/data'], main a[href*='/messages/']").count() >= 1, text(page)


def test_a_wish_to_be_deleted_waits_and_can_be_taken_back(open_window, everyone: list[Person], language: str) -> None:
    """The committee cannot carry it out within three days; the resident thinks again."""
    says = SAYS[language]
    resident = people.with_role(everyone, "resident", 3)
    page = open_window(None, person=resident, language=language, javascript=False)
    ask(page, "deletion")
    ask(page, "deletion")
    assert page.locator("main .notice").count() >= 1, "the same wish was taken twice"
    desk = open_window("/data-requests", person=people.with_role(everyone, "committee"), language=language)
    desk.locator("main table a").first.click()
    screens.take(desk, "data-5-deletion")
    axe.check(desk)
    desk.check("[name=outcome][value=done]")
    desk.check("[name=certain]")
    send(desk, "/answer")
    assert says["early"] in text(desk), text(desk)
    page.goto("/account/data")
    send(page, "/withdraw")
    assert page.locator("main form[action$='/withdraw']").count() == 0


def test_somebody_without_a_telephone_has_it_taken_down_and_printed(open_window, everyone: list[Person]) -> None:
    """A social worker takes the wish down, prints the copy, and the copy says nothing of casework."""
    worker = people.with_role(everyone, "social_worker")
    page = open_window("/desk/people?q=王秀珍", person=worker, device="desk", javascript=False)
    page.locator("main a[href^='/desk/people/']").first.click()
    page.locator("main a[href$='/data-requests']").click()
    page.check("[name=kind][value=copy]")
    page.check("[name=identified_by][value=known]")
    screens.take(page, "data-6-taken-down")
    send(page, "/data-requests")
    page.locator("main table a", has_text="纸质").first.click()
    send(page, "/copy")
    shown = text(page)
    assert "王秀珍" in shown and "社工服务" not in shown and "个案" not in shown.replace("社工写的个案文字", ""), shown
    screens.take(page, "data-7-printed")


def test_the_rules_are_open_to_everyone(open_window, language: str) -> None:
    page = open_window("/data-rules", language=language)
    assert SAYS[language]["rules"] in text(page)
    axe.check(page)
    screens.take(page, "data-8-rules")


def test_an_impact_assessment_is_written_and_written_anew(open_window, everyone: list[Person]) -> None:
    page = open_window("/impact-assessments/new", person=people.with_role(everyone, "supervisor"), device="desk")
    axe.check(page)
    words = {
        "title": "送餐时看望独居老人", "handling": "配送员记下见到没见到。", "necessity": "少记一点不行：没人应门要有人知道。",
        "risks": "别人可能看出谁独居。", "measures": "只有社工看得到，三个月就删。",
    }  # fmt: skip
    for name, value in words.items():
        page.fill(f"[name={name}]", value)
    page.check("[name=conclusion][value=with_measures]")
    page.fill("[name=review_at]", "2020-01-01T10:00")
    send(page, "/impact-assessments")
    assert page.locator("main .error-summary").count() == 1, "a review in the past was taken"
    page.fill("[name=review_at]", "2027-11-01T10:00")
    send(page, "/impact-assessments")
    page.locator("main table a", has_text=words["title"]).first.click()
    screens.take(page, "data-9-assessment")
    axe.check(page)
    page.locator("main a[href$='/new']").click()
    page.fill("[name=measures]", "只有社工看得到，一个月就删。")
    page.fill("[name=review_at]", "2027-12-01T10:00")
    page.locator("main form.form button").first.click()
    page.wait_for_load_state("load")
    page.locator("main table a", has_text=words["title"]).first.click()
    shown = text(page)
    assert "第 2 版" in shown and "一个月就删" in shown, shown


def test_a_client_has_a_copy_and_a_correction_of_their_case(open_window, everyone: list[Person]) -> None:
    """Only the client and the case's own worker meet here: asked on the client's page, answered in the case."""
    client = people.with_role(everyone, "resident", 1)
    page = open_window("/my-care", person=client, javascript=False)
    form = page.locator("main form[action$='/rights']").first
    page.locator("main details", has=page.locator("form[action$='/rights']")).first.locator("summary").click()
    form.locator("[name=right][value=correction]").check()
    form.locator("[name=correction]").fill("我没有说过不要人来，请改过来。")
    form.locator("button").click()
    page.wait_for_load_state("load")
    assert "我没有说过不要人来" in page.locator("main").inner_html()
    screens.take(page, "data-10-my-care")
    worker = open_window("/cases", person=people.with_role(everyone, "social_worker"), device="desk")
    worker.locator("main a", has_text="G-0003").first.click()
    worker.locator("main a[href$='/rights']").first.click()
    axe.check(worker)
    screens.take(worker, "data-11-case-rights")
    answer = worker.locator("main form[action*='/rights/']").first
    answer.locator("[name=answer][value=corrected]").check()
    answer.locator("[name=reply]").fill("补写了一条：您愿意有人来。")
    answer.locator("button").last.click()
    worker.wait_for_load_state("load")
    page.goto("/my-care")
    assert "补写了一条" in page.locator("main").inner_html(), text(page)
    copy = worker.url.split("?")[0]
    worker.goto(copy + "/copy")
    shown = text(worker)
    assert "给本人的记录" in shown and "我没有说过不要人来" in shown, shown
    screens.take(worker, "data-12-case-copy")
