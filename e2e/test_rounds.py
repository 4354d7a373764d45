"""Delivery rounds: from the pickup point up the stairs, with the network cut and the telephone restarted on the way."""

import os
import re
import shutil

import axe
import people
import pytest
import screens
from cut_line import CutLine
from people import Person
from playwright.sync_api import BrowserContext, Page, Playwright, expect
from program import Program
from test_campaign_day import text

COURIER = "courier"


class Phone:
    """A courier's telephone: its browser can be closed and started again, and keeps what it kept."""

    def __init__(self, playwright: Playwright, profile, address: str):
        self.playwright, self.profile, self.address = playwright, profile, address
        self.context: BrowserContext | None = None

    def start(self) -> Page:
        self.context = self.playwright.chromium.launch_persistent_context(
            str(self.profile),
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
            viewport={"width": 390, "height": 844},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            base_url=self.address,
        )
        self.context.set_default_timeout(15_000)
        return self.context.pages[0] if self.context.pages else self.context.new_page()

    def stop(self) -> None:
        if self.context:
            self.context.close()
        self.context = None


@pytest.fixture
def line(program: Program):
    line = CutLine(program.port)
    yield line
    line.close()


@pytest.fixture
def phone(playwright: Playwright, tmp_path, line: CutLine):
    phone = Phone(playwright, tmp_path / "profile", line.address)
    yield phone
    phone.stop()


def open_round(page: Page) -> str:
    """The path of the demo's round; the page then shows it, and the telephone keeps it."""
    page.goto("/rounds")
    page.locator("main li.card a").first.click()
    page.wait_for_load_state("load")
    path = re.search(r"/rounds/\w{13}", page.url).group(0)
    page.wait_for_function("path => caches.match(path, {ignoreVary: true}).then(found => Boolean(found))", arg=path)
    return path


def report(page: Page, stop: str, kind: str) -> None:
    card = page.locator(f"[data-stop='{stop}']")
    if card.get_attribute("open") is None:
        card.locator("summary").click()
    card.locator(f"button[value='{kind}']").click()
    expect(card.locator("[data-standing] .tag")).not_to_have_text(re.compile("还没送"))


def test_every_report_arrives_once(phone: Phone, line: CutLine, everyone: list[Person], open_window) -> None:
    courier = people.with_role(everyone, COURIER)
    page = phone.start()
    people.sign_in(page, courier)
    path = open_round(page)
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

    line.cut()
    half = len(stops) // 2
    for stop in stops[:half]:
        report(page, stop, "given")
    expect(page.locator("[data-round-status]")).to_contain_text(f"{half} 条记录在手机里等着送出")
    screens.take(page, "round-3-offline")

    phone.stop()
    page = phone.start()
    page.goto(path)
    expect(page.locator("[data-round-status]")).to_contain_text(f"{half} 条记录在手机里等着送出")
    expect(page.locator(f"[data-stop='{stops[0]}'] [data-standing]")).to_contain_text("交给本人")
    for number, stop in enumerate(stops[half:]):
        report(page, stop, "given" if number < len(stops) - half - 2 else "not_answered")
    screens.take(page, "round-4-restarted")
    leader_page = open_window("/desk", person=people.with_role(everyone, "leader"), device="desk")
    desk = find_round(leader_page)
    leader_page.goto(desk)
    assert "收到" not in text(leader_page), "nothing has arrived yet"

    line.mend()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-round-status]")).to_contain_text("都送到了", timeout=30_000)
    page.reload()
    page.wait_for_load_state("load")
    leader_page.goto(desk)
    reports = leader_page.locator("main ol.stops li.card li").all_inner_texts()
    assert len(reports) == len(stops), f"each report is there once:\n{reports}"
    assert sum("交给本人" in each for each in reports) == len(stops) - 2
    assert "请核对" not in text(leader_page)
    screens.take(leader_page, "round-5-leader")
    axe.check(leader_page)

    page.locator("form[action$='/end'] button").click()
    page.wait_for_load_state("load")
    assert page.goto(path).status == 404
    page.goto("/rounds")
    page.wait_for_function("path => caches.match(path, {ignoreVary: true}).then(found => !found)", arg=path)
    kept = page.evaluate(
        "() => new Promise(resolve => { const asked = indexedDB.open('rounds'); asked.onsuccess = () => {"
        " const all = asked.result.transaction('reports').objectStore('reports').getAll();"
        " all.onsuccess = () => resolve(all.result.length) } })"
    )
    assert kept == 0, "nothing of the round stays on the telephone"
    line.cut()
    with pytest.raises(Exception, match="ERR_"):
        page.goto(path)


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
