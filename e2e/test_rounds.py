"""Delivery rounds: from the pickup point up the stairs, with the network cut and the telephone restarted on the way."""

import re
from datetime import datetime, timedelta

import axe
import people
import pytest
import screens
from elder import faults, set_view
from people import Person
from playwright.sync_api import Page, expect
from program import Program
from telephone import outbox, send_now, until, wait_for_copy
from test_campaign_day import text

COURIER = "courier"


def open_round(page: Page) -> str:
    """The path of the demo's round; the page then shows it, and the telephone keeps it."""
    page.goto("/rounds")
    page.locator("main li.card a").first.click()
    page.wait_for_load_state("load")
    path = re.search(r"/rounds/\w{13}", page.url).group(0)
    wait_for_copy(page, path)
    return path


def report(page: Page, stop: str, kind: str) -> None:
    card = page.locator(f"[data-stop='{stop}']")
    if card.get_attribute("open") is None:
        card.locator("summary").click()
    card.locator(f"button[value='{kind}']").click()
    expect(card.locator("[data-standing] .tag")).not_to_have_text(re.compile("还没送"))


def test_somebody_is_told_when_all_is_not_well(open_window, everyone: list[Person], language: str) -> None:
    """What a courier says at the door reaches those who look after the neighbour, and is large to those who need it so."""
    courier = open_window("/rounds", person=people.with_role(everyone, COURIER), language=language, javascript=False)
    courier.locator("main li.card a").first.click()
    courier.wait_for_load_state("load")
    at_the_door = courier.locator("[data-stop]:has([data-wellbeing])")
    if at_the_door.get_attribute("open") is None:
        at_the_door.locator("summary").click()
    at_the_door.locator("button[value=concern]").click()
    courier.wait_for_load_state("load")

    worker = open_window("/wellbeing", person=people.with_role(everyone, "social_worker"), language=language)
    axe.check(worker)
    screens.take(worker, "wellbeing-1-open")
    worker.locator("main li.card a", has_text="王秀珍").first.click()
    worker.wait_for_load_state("load")
    axe.check(worker)
    screens.take(worker, "wellbeing-2-concern")
    set_view(worker, "elder")
    assert not faults(worker)
    screens.take(worker, "wellbeing-3-elder")
    set_view(worker, "plain")
    for answer, left in (("care", 1), ("well", 0)):
        worker.locator(f"main button[value={answer}]").click()
        worker.wait_for_load_state("load")
        assert worker.locator("main form button[name=do]").count() == left, text(worker)
    screens.take(worker, "wellbeing-4-well")


def test_every_report_arrives_once(telephone, everyone: list[Person], open_window) -> None:
    courier = people.with_role(everyone, COURIER)
    phone = telephone(courier)
    page = phone.page
    path = open_round(page)
    page.locator(".kept").wait_for()
    axe.check(page)
    screens.take(page, "round-1-courier")
    assert page.locator("details[data-stop][open]").count() == 1, "one stop is open at a time"
    shown = text(page)
    for part in ("王秀珍", "1号楼 2单元 302", "没电梯", "请慢点敲门", "1 袋"):
        assert part in page.locator("main").text_content(), f"{part} is missing:\n{shown}"
    looked_after = page.locator("[data-stop]:has([data-wellbeing])")
    assert looked_after.count() == 1 and "王秀珍" in looked_after.text_content(), "she alone agreed to be looked after"
    stops = [stop.get_attribute("data-stop") for stop in page.locator("[data-stop]").all()]
    assert 6 <= len(stops) <= 8
    page.set_viewport_size({"width": 320, "height": 700})
    screens.take(page, "round-2-courier")
    page.set_viewport_size({"width": 390, "height": 844})

    # One report goes the usual way. The copy on the telephone then says so too, where there is no network any more.
    report(page, stops[0], "given")
    standing = page.locator(f"[data-stop='{stops[0]}'] [data-standing]")
    expect(standing).not_to_contain_text("先存在手机里")
    expect(page.locator("[data-round-status]")).to_contain_text("都送到了")
    until(
        page,
        "([path, stop]) => caches.match(path).then((found) => found.text()).then((page) => new DOMParser()"
        ".parseFromString(page, 'text/html').querySelector(`[data-stop='${stop}'] [data-standing]`).textContent.includes('交给本人'))",
        [path, stops[0]],
    )

    # Ten minutes without network: half of the stops, the telephone off and on, and the others.
    phone.network.cut()
    page.clock.set_system_time(datetime.now() - timedelta(minutes=10))
    half = len(stops) // 2
    for stop in stops[1:half]:
        report(page, stop, "given")
    bar = page.locator(".outbox-bar")
    expect(bar).to_contain_text(f"有 {half - 1} 件等着送出")
    expect(page.locator(f"[data-stop='{stops[1]}'] [data-standing]")).to_contain_text("先存在手机里了")
    axe.check(page)
    screens.take(page, "round-3-offline")
    phone.restart()
    page = phone.page
    page.goto(path)
    bar = page.locator(".outbox-bar")
    expect(bar).to_contain_text(f"有 {half - 1} 件等着送出")
    for stop in stops[:half]:
        expect(page.locator(f"[data-stop='{stop}'] [data-standing]")).to_contain_text("交给本人")
    # A report that was a slip of the thumb is taken back, and made again.
    report(page, stops[half], "not_answered")
    bar.locator("summary").click()
    bar.locator("li", has_text="没应答").locator("button").click()
    expect(page.locator(f"[data-stop='{stops[half]}'] [data-standing]")).not_to_contain_text("没应答")
    for number, stop in enumerate(stops[half:]):
        report(page, stop, "given" if number < len(stops) - half - 2 else "not_answered")
    screens.take(page, "round-4-restarted")
    leader_page = open_window("/desk", person=people.with_role(everyone, "leader"), device="desk")
    desk = find_round(leader_page)
    leader_page.goto(desk)
    arrived = leader_page.locator("main ol.stops li.card li")
    assert arrived.count() == 1, "what was reported without network has not arrived yet"

    phone.network.mend()
    send_now(page)
    expect(page.locator("[data-round-status]")).to_contain_text("都送到了", timeout=30_000)
    expect(bar).to_be_hidden()
    assert outbox(page) == [], "what has arrived does not stay on the telephone"
    page.reload()
    page.wait_for_load_state("load")
    leader_page.goto(desk)
    reports = arrived.all_inner_texts()
    assert len(reports) == len(stops), f"each report is there once:\n{reports}"
    assert sum("交给本人" in each for each in reports) == len(stops) - 2
    assert "请核对" not in text(leader_page)
    screens.take(leader_page, "round-5-leader")
    axe.check(leader_page)

    # The round is ended in the stairwell; once that has arrived, nothing of it is left.
    phone.network.cut()
    page.locator("form[action$='/end'] button").click()
    expect(bar).to_contain_text("结束第 1 趟")
    expect(bar.locator("a")).to_be_hidden()
    expect(page.locator("form[action$='/end'] button")).to_be_disabled()
    phone.network.mend()
    send_now(page)
    expect(page.locator("[data-round-ended]")).to_be_visible()
    assert "王秀珍" not in page.content()
    screens.take(page, "round-5-ended")
    wait_for_copy(page, path, kept=False)
    expect(bar).to_be_hidden()
    assert outbox(page) == []
    page.locator("[data-round-ended] a").click()
    page.wait_for_url("**/rounds")
    assert page.goto(path).status == 404
    phone.network.cut()
    page.goto(path)
    assert "现在没有网络" in page.inner_text("h1") and "王秀珍" not in page.content()


def find_round(page: Page) -> str:
    """The leader's page of the newest round."""
    page.goto("/desk")
    page.locator("main a[href$='/rounds']").first.click()
    page.wait_for_load_state("load")
    return page.locator("main a[href^='/desk/rounds/']").last.get_attribute("href")


def test_a_leader_makes_and_arranges_a_round(open_window, everyone: list[Person], program: Program) -> None:
    """What came back is brought with another round, by a volunteer; all of it without a script."""
    page = open_window(
        "/desk", person=people.with_role(everyone, "leader"), device="desk", javascript=False
    )
    page.locator("main a[href$='/rounds']").first.click()
    page.wait_for_load_state("load")
    screens.take(page, "round-6-overview")
    page.locator("form[action$='/rounds'] button").click()
    page.wait_for_load_state("load")
    before = page.locator("ol.stops > li").evaluate_all("stops => stops.map(stop => stop.id)")
    assert len(before) == 2, text(page)
    page.locator(f"#{before[1]} button[value='first']").click()
    page.wait_for_load_state("load")
    after = page.locator("ol.stops > li").evaluate_all("stops => stops.map(stop => stop.id)")
    assert after == before[::-1]
    volunteer = next(person for person in everyone if person.name.startswith("赵国强"))
    page.fill("[name=phone]", volunteer.phone)
    page.locator("form[action$='/courier'] button").click()
    page.wait_for_load_state("load")
    assert "赵国强" in text(page)
    screens.take(page, "round-7-arranged")
    page.locator("form[action$='/start'] button").click()
    page.wait_for_load_state("load")
    assert "正在送" in text(page)

    neighbour = open_window("/delivery", person=volunteer, javascript=False)
    neighbour.locator("main a[href='/rounds']").click()
    neighbour.wait_for_load_state("load")
    neighbour.locator("main li.card a").first.click()
    neighbour.wait_for_load_state("load")
    screens.take(neighbour, "round-8-without-script")
    neighbour.locator("details[open] button[value='given']").click()
    neighbour.wait_for_load_state("load")
    assert "交给本人" in text(neighbour)
    neighbour.locator("form[action$='/end'] button").click()
    neighbour.wait_for_load_state("load")
    assert "现在没有要送的货" in text(neighbour)
    page.reload()
    assert page.locator("ol.stops li li").count() == 1


def test_what_a_telephone_keeps_of_a_round_goes_with_it(telephone, open_window, everyone: list[Person]) -> None:
    """With signing out, with the day, and with the round where the leader ends it: no door stays readable on the telephone."""
    volunteer = next(person for person in everyone if person.name.startswith("赵国强"))
    leader = open_window("/desk", person=people.with_role(everyone, "leader"), device="desk", javascript=False)
    leader.locator("main a[href$='/rounds']").first.click()
    leader.locator("form[action$='/rounds'] button").click()
    leader.fill("[name=phone]", volunteer.phone)
    leader.locator("form[action$='/courier'] button").click()
    leader.locator("form[action$='/start'] button").click()
    leader.wait_for_load_state("load")
    phone = telephone(volunteer)
    page = phone.page
    path = open_round(page)
    door = page.locator(".stop-door").first.inner_text()
    page.goto("/account")
    page.locator("main form[action='/sign-out'] button").click()
    page.wait_for_load_state("load")
    assert page.evaluate("caches.keys().then((names) => names.filter((name) => name.startsWith('kept')))") == []
    assert outbox(page) == []

    people.sign_in(page, volunteer)
    open_round(page)
    page.evaluate(
        """async (path) => {
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            const copy = await cache.match(path);
            if (!copy) continue;
            const headers = new Headers(copy.headers);
            headers.set("Date", new Date(Date.now() - 25 * 3600 * 1000).toUTCString());
            await cache.put(path, new Response(await copy.text(), { headers }));
          }
        }""",
        path,
    )
    phone.network.cut()
    page.goto(path)
    assert "现在没有网络" in page.inner_text("h1") and door not in page.content()
    wait_for_copy(page, path, kept=False)

    phone.network.mend()
    open_round(page)
    leader.locator("form[action$='/end'] button").click()
    leader.wait_for_load_state("load")
    page.goto("/rounds")
    wait_for_copy(page, path, kept=False)


@pytest.mark.parametrize("who", ["card", "elder"])
def test_a_household_says_how_it_wants_its_bags(who: str, open_window, everyone: list[Person]) -> None:
    person = people.with_card(everyone) if who == "card" else next(p for p in everyone if p.name.startswith("孙玉兰"))
    page = open_window("/delivery", person=person)
    axe.check(page)
    screens.take(page, f"delivery-1-{who}")
    page.check("[name=mode][value=always]")
    page.select_option("[name=window]", "afternoon")
    page.fill("[name=note]", "请按两下门铃")
    page.locator("form[action='/delivery'] button[type=submit]").click()
    page.wait_for_load_state("load")
    assert "记下了" in text(page)
    assert page.input_value("[name=note]") == "请按两下门铃"
    page.set_viewport_size({"width": 320, "height": 700})
    screens.take(page, f"delivery-2-{who}")
