"""Door visits: prepared at the desk, carried up the stairs with the network cut and the telephone restarted, and on cards."""

import re
from datetime import datetime, timedelta

import axe
import people
import screens
from elder import faults, set_view
from people import Person
from playwright.sync_api import Page, expect
from telephone import outbox, send_now, until, wait_for_copy
from test_campaign_day import text

VOLUNTEER = "赵国强"
BUILDING = "1"


def volunteer(everyone: list[Person]) -> Person:
    return next(person for person in everyone if person.name.startswith(VOLUNTEER))


def day(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d")


def submit(page: Page, form: str) -> None:
    page.locator(f"main form[action$='{form}'] button[type=submit]").last.click()
    page.wait_for_load_state("load")


def prepare(page: Page, everyone: list[Person], title: str, doors: list[str] | None = None) -> str:
    """A campaign of the social worker at this desk, given to the volunteer and under way; its path.

    All households of a building are on its list, or those behind `doors`.
    """
    page.goto("/visit-campaigns/new")
    page.check("[name=purpose][value=scam]")
    page.fill("[name=title]", title)
    page.fill("[name=task]", "送一张防骗卡，讲一讲")
    page.fill("[name=phrase]", "您好，我是社区的志愿者，来送一张防骗卡。")
    page.fill("[name=from]", day(datetime.now()))
    page.fill("[name=to]", day(datetime.now() + timedelta(days=6)))
    page.select_option("[name=supervisor]", index=1)
    page.fill("[name=question-1]", "接到过可疑电话吗？")
    page.fill("[name=choices-1]", "接到过 / 没有 / 说不好")
    submit(page, "/visit-campaigns")
    path = re.search(r"/visit-campaigns/\w{13}", page.url)
    assert path, text(page)
    path = path.group(0)
    page.goto(f"{path}/doors")
    if doors is None:
        page.check(f"[name=buildings][value='{BUILDING}']")
        page.locator("form:has([name=buildings]) button[type=submit]").click()
    else:
        page.fill("[name=doors]", "\n".join(doors))
        page.locator("form:has([name=doors]) button[type=submit]").click()
    page.wait_for_load_state("load")
    if page.locator("details:has([name=phone])").get_attribute("open") is None:
        page.locator("details:has([name=phone]) summary").click()
    page.fill("[name=phone]", volunteer(everyone).phone)
    submit(page, "/visitors")
    page.select_option("[name=share]", "rest")
    page.select_option("[name=visitor]", label=VOLUNTEER)
    submit(page, "/share")
    submit(page, "/start")
    assert "正在走访" in text(page), text(page)
    return path


def open_walk(page: Page, title: str) -> str:
    """The path of the visitor's doors; the page then shows them, and the telephone keeps it."""
    page.goto("/my-visits")
    page.locator("main li.card a", has_text=title).first.click()
    page.wait_for_load_state("load")
    path = re.search(r"/my-visits/\w{13}", page.url).group(0)
    wait_for_copy(page, path)
    return path


def report(page: Page, stop: str, kind: str, *, answer: int | None = None, note: str = "", again: str = "") -> None:
    card = page.locator(f"[data-stop='{stop}']")
    if card.get_attribute("open") is None:
        card.locator("summary").click()
    if answer is not None:
        card.locator(f"[name=answer-0][value='{answer}']").check()
    if note:
        card.locator("[name=note]").fill(note)
    if again:
        card.locator("[name=again_at]").fill(again)
    card.locator(f"button[value='{kind}']").click()
    expect(card.locator("[data-standing] .tag")).not_to_have_text(re.compile("还没去"))


def test_every_report_arrives_once(telephone, open_window, everyone: list[Person]) -> None:
    worker = people.with_role(everyone, "social_worker")
    desk = open_window("/visit-campaigns", person=worker, device="desk")
    axe.check(desk)
    path = prepare(desk, everyone, "冬季防骗走访")
    axe.check(desk)
    screens.take(desk, "visits-1-desk")
    listed = desk.locator("table:has(caption:has-text('名单')) tbody tr").count()
    assert listed >= 6, text(desk)

    phone = telephone(volunteer(everyone))
    page = phone.page
    walk = open_walk(page, "冬季防骗走访")
    page.locator(".kept").wait_for()
    axe.check(page)
    screens.take(page, "visits-2-visitor")
    assert page.locator("details[data-stop][open]").count() == 1, "one door is open at a time"
    shown = page.locator("main").text_content()
    for part in ("送一张防骗卡", "我是社区的志愿者", "没有当面同意", "1号楼"):
        assert part in shown, f"{part} is missing"
    assert "按楼栋" not in shown, "a visitor does not see why a door is on the list"
    page.set_viewport_size({"width": 320, "height": 700})
    screens.take(page, "visits-3-visitor")
    page.set_viewport_size({"width": 390, "height": 844})
    stops = [stop.get_attribute("data-stop") for stop in page.locator("[data-stop]").all()]
    assert len(stops) == listed

    # One report goes the usual way, and the copy on the telephone says so too.
    report(page, stops[0], "seen", answer=0)
    expect(page.locator(f"[data-stop='{stops[0]}'] [data-standing]")).not_to_contain_text("先存在手机里")
    expect(page.locator("[data-round-status]")).to_contain_text("都送到了")
    until(
        page,
        "([path, stop]) => caches.match(path).then((found) => found.text()).then((page) => new DOMParser()"
        ".parseFromString(page, 'text/html').querySelector(`[data-stop='${stop}'] [data-standing]`).textContent.includes('见到了'))",
        [walk, stops[0]],
    )

    # Four doors without network, the telephone off and on between them.
    phone.network.cut()
    report(page, stops[1], "not_answered")
    report(page, stops[2], "seen", answer=1, note="愿意来防骗小组")
    bar = page.locator(".outbox-bar")
    expect(bar).to_contain_text("有 2 件等着送出")
    expect(page.locator(f"[data-stop='{stops[2]}'] [data-standing]")).to_contain_text("先存在手机里了")
    axe.check(page)
    screens.take(page, "visits-4-offline")
    phone.restart()
    page = phone.page
    page.goto(walk)
    bar = page.locator(".outbox-bar")
    expect(bar).to_contain_text("有 2 件等着送出")
    expect(page.locator(f"[data-stop='{stops[1]}'] [data-standing]")).to_contain_text("没应答")
    again = (datetime.now() + timedelta(days=2)).strftime("%Y-%m-%dT09:30")
    # A return without its day is asked for at the door, not when the network is back.
    card = page.locator(f"[data-stop='{stops[3]}']")
    if card.get_attribute("open") is None:
        card.locator("summary").click()
    card.locator("button[value=come_again]").click()
    expect(bar).to_contain_text("有 2 件等着送出")
    report(page, stops[3], "come_again", again=again)
    report(page, stops[4], "follow_up", note="想找人说说话")
    expect(bar).to_contain_text("有 4 件等着送出")
    desk.goto(f"{path}/results")
    assert "想找人说说话" not in text(desk) and "没有。" in text(desk), "nothing has arrived yet"

    phone.network.mend()
    send_now(page)
    expect(page.locator("[data-round-status]")).to_contain_text("都送到了", timeout=30_000)
    expect(bar).to_be_hidden()
    assert outbox(page) == [], "what has arrived does not stay on the telephone"
    for number, told in ((0, "见到了"), (1, "没应答"), (2, "愿意来防骗小组"), (3, "改天再来"), (4, "想找人说说话")):
        desk.goto(f"{path}/doors/{stops[number]}")
        assert desk.locator("ol.story > li").count() == 1, f"each report is there once:\n{text(desk)}"
        assert told in text(desk), text(desk)
    axe.check(desk)
    screens.take(desk, "visits-5-door")
    assert desk.locator("main a[href^='/cases/for/']").count() >= 1, "a case is opened from there"
    desk.goto(f"{path}/results")
    assert "2 户回答了" in text(desk)
    axe.check(desk)
    screens.take(desk, "visits-6-results")
    desk.goto("/account/messages")
    assert "有一户需要您跟进" in text(desk)

    # Once it is finished, the visitor's page and the copy of it are gone.
    desk.goto(path)
    axe.check(desk)
    screens.take(desk, "visits-7-progress")
    submit(desk, "/finish")
    page.goto("/my-visits")
    wait_for_copy(page, walk, kept=False)
    assert page.goto(walk).status == 404
    phone.network.cut()
    page.goto(walk)
    assert "现在没有网络" in page.inner_text("h1") and "1号楼" not in page.content()


def test_cards_are_printed_while_it_runs(open_window, everyone: list[Person]) -> None:
    worker = people.with_role(everyone, "social_worker")
    desk = open_window(None, person=worker, device="desk")
    path = prepare(desk, everyone, "送福走访", ["1号楼2单元302"])
    desk.goto(f"{path}/cards")
    desk.emulate_media(media="print")
    cards = desk.locator(".label-sheet .label")
    assert cards.count() == 1
    card = cards.first.inner_text()
    for part in ("王秀珍", "1号楼 2单元 302", "送一张防骗卡，讲一讲", "我是社区的志愿者"):
        assert part in card, card
    assert "按名单" not in text(desk)
    screens.take(desk, "visits-8-cards")
    desk.emulate_media(media="screen")
    axe.check(desk)
    desk.goto(f"{path}/report")
    assert "1–4" in text(desk) and "王秀珍" not in text(desk)
    axe.check(desk)
    screens.take(desk, "visits-9-report")
    desk.goto(path)
    submit(desk, "/finish")
    assert desk.goto(f"{path}/cards").status == 409


def test_a_visitor_without_a_script(open_window, everyone: list[Person], language: str) -> None:
    """The same forms go the plain way; and the page keeps what the elder view promises."""
    worker = people.with_role(everyone, "social_worker")
    desk = open_window(None, person=worker, device="desk")
    title = f"探访 {language}"
    path = prepare(desk, everyone, title, ["1-2-302", "1-2-302"])
    page = open_window("/my-visits", person=volunteer(everyone), language=language, javascript=False)
    page.locator("main li.card a", has_text=title).click()
    page.wait_for_load_state("load")
    page.locator("details[open] [name=answer-0][value='0']").check()
    page.locator("details[open] button[value=seen]").click()
    page.wait_for_load_state("load")
    assert ("见到了" if language == "zh" else "Seen") in text(page)
    scripted = open_window(page.url, person=volunteer(everyone), language=language)
    axe.check(scripted)
    set_view(scripted, "elder")
    found = faults(scripted)
    set_view(scripted, "plain")
    assert not found, "\n".join(found)
    desk.goto(path)
    submit(desk, "/finish")
