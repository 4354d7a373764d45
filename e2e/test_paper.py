"""Orders on paper: a catalogue in large type, a slip for each household, keyed by a numeric keypad, and paper back."""

import re
import time

import axe
import httpx
import people
import pytest
import screens
from people import Person
from playwright.sync_api import Page, expect
from telephone import outbox, send_now, wait_for_copy

KEY_DELAY = 120
"""Milliseconds between two keys: an unhurried hand on a numeric keypad."""
SMALLEST = 24
"""CSS pixels that are 18 pt on paper."""
LETTERS_TOO_SMALL = """
least => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || element.closest('svg, script, style, .visually-hidden, [hidden]')) continue;
    const style = getComputedStyle(element);
    const colour = style.color === 'rgb(0, 0, 0)';
    if (parseFloat(style.fontSize) < least || !colour)
      found.push(`${style.fontSize} ${style.color}: ${node.textContent.trim().slice(0, 40)}`);
  }
  return found;
}
"""


def text(page: Page) -> str:
    return page.inner_text("main")


class Paper:
    """The open campaign with a catalogue, a new version of it, and slips that nobody has keyed."""

    def __init__(self, open_window, everyone: list[Person], language: str):
        self.open_window, self.everyone, self.language = open_window, everyone, language
        self.leader = self.window("leader", "/desk/slips")
        offline = self.leader.locator("main a[href^='/desk/slips/offline/']").first.get_attribute("href")
        self.campaign = offline.rsplit("/", 1)[1]
        self.desk = f"/desk/campaigns/{self.campaign}/catalogue"

    def window(self, role: str, path: str, **how) -> Page:
        person = people.with_role(self.everyone, role)
        return self.open_window(path, person=person, language=self.language, **{"device": "desk", **how})

    def print_version(self) -> str:
        """A new version with slips for the paper list; its path."""
        page = self.leader
        page.goto(self.desk)
        page.locator("main form.form button.button").first.click()
        page.wait_for_load_state("load")
        assert re.search(r"/catalogue/\d+$", page.url), text(page)
        page.check("input[name=for][value=paper]")
        page.locator("main form", has=page.locator("[name=for]")).locator("button").click()
        page.wait_for_load_state("load")
        return page.url.split("?")[0]

    def unkeyed(self) -> list[str]:
        """The numbers of the newest version's slips, ten digits each."""
        self.leader.goto(self.print_version() + "/slips")
        return [code.replace(" ", "") for code in self.leader.locator(".slip-code strong").all_inner_texts()]

    def codes(self) -> list[tuple[str, int | None]]:
        """The codes of items that a household may order freely, with what is left of each."""
        address = self.leader.url.split("/desk")[0]
        campaign = httpx.get(f"{address}/api/v1/campaigns/{self.campaign}").json()
        free = {item["id"] for item in campaign["items"] if item["household_limit"] is None}
        worker = people.with_role(self.everyone, "leader")
        token = people.bearer(address, worker)
        catalogue = httpx.get(
            f"{address}/api/v1/campaigns/{self.campaign}/catalogue", headers={"Authorization": f"Bearer {token}"}
        ).json()
        return [(item["code"], item["available"]) for item in catalogue["items"] if item["item"] in free]


@pytest.fixture
def paper(open_window, everyone: list[Person], language: str) -> Paper:
    return Paper(open_window, everyone, language)


def test_everything_on_paper_is_large(paper: Paper) -> None:
    page = paper.leader
    page.goto(paper.desk)
    axe.check(page)
    screens.take(page, "paper-1-desk")
    version = paper.print_version()
    screens.take(page, "paper-2-version")
    axe.check(page)
    for name, path in (("catalogue", f"{version}/print"), ("slips", f"{version}/slips")):
        page.goto(path)
        page.emulate_media(media="print")
        small = page.evaluate(LETTERS_TOO_SMALL, SMALLEST)
        assert not small, f"smaller than 18 pt or not black on the {name}:\n" + "\n".join(small)
        page.set_viewport_size({"width": 688, "height": 1000})
        screens.take(page, f"paper-3-{name}")
        page.pdf(path=screens.OUTPUT / f"paper-{name}-{paper.language}.pdf", format="A4", prefer_css_page_size=True)
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 1280, "height": 900})
    assert page.locator(".paper-slip").count() >= 6
    for code in page.locator(".slip-code strong").all_inner_texts():
        assert int(code.replace(" ", "")) % 97 == 1
    page.goto(f"{version}/print")
    items = page.locator(".paper-item")
    assert items.count() > 10
    assert items.first.locator("svg.qr").count() == 1
    assert page.evaluate("getComputedStyle(document.querySelector('.paper-item')).breakInside") == "avoid"


def test_ten_items_are_keyed_within_half_a_minute(paper: Paper) -> None:
    slip, *_, late = paper.unkeyed()
    codes = [code for code, left in paper.codes() if left is None or left > 3][:10]
    assert len(codes) == 10
    page = paper.window("social_worker", "/desk/slips")
    screens.take(page, "paper-4-slips")
    axe.check(page)
    other = paper.window("leader", f"/desk/slips/{slip}")
    keys = page.keyboard
    begun = time.monotonic()
    keys.type(slip, delay=KEY_DELAY)
    keys.press("Enter")
    page.wait_for_selector("#slip-line:focus")
    for number, code in enumerate(codes):
        keys.type(f"{code} 2" if number % 2 else code, delay=KEY_DELAY)
        keys.press("Enter")
    keys.press("Enter")
    page.wait_for_selector("#slip-order:focus")
    read_back = time.monotonic() - begun
    screens.take(page, "paper-5-keyed")
    assert page.locator("#slip-readback li").count() == 10
    keys.press("Enter")
    page.wait_for_url("**/desk/slips?done=*")
    took = time.monotonic() - begun
    print(f"ten items keyed in {read_back:.1f} s, ordered after {took:.1f} s")
    assert took <= 30, f"took {took:.1f} s"
    assert page.evaluate("document.activeElement.name") == "code", "the next slip can be keyed at once"
    screens.take(page, "paper-6-next")

    # The leader has had the same slip open all the while.
    other.keyboard.type(f"{codes[0]} 1")
    other.keyboard.press("Enter")
    other.keyboard.press("Enter")
    other.keyboard.press("Enter")
    other.wait_for_url("**/desk/slips/*again=other")
    worker = people.with_role(paper.everyone, "social_worker").name
    assert any(part in other.inner_text("body") for part in worker.split(" / ") + worker.split()[:1])
    assert other.locator(".slip-readback li").count() == 10
    screens.take(other, "paper-7-twice")
    axe.check(other)

    # What is typed wrong is said at once, and nothing that was typed is lost.
    page.goto(f"/desk/slips/{late}")
    keys.type(f"{codes[0]} 1")
    keys.press("Enter")
    wrong = codes[0][:-1] + str((int(codes[0][-1]) + 1) % 10)
    keys.type(f"{wrong} 1")
    keys.press("Enter")
    assert wrong in page.inner_text("#slip-problem")
    assert page.input_value("#slip-line") == f"{wrong} 1"
    assert page.locator("#slip-readback li").count() == 1
    screens.take(page, "paper-8-wrong")
    axe.check(page)


def test_a_pile_is_keyed_without_a_network(paper: Paper, telephone) -> None:
    """And the telephone is switched off in the middle of it, without network still."""
    slips = paper.unkeyed()[:3]
    stocked = [(code, left) for code, left in paper.codes() if left is not None and left > 6]
    phone = telephone(people.with_role(paper.everyone, "social_worker"), language=paper.language)
    page = phone.page
    offline = f"/desk/slips/offline/{paper.campaign}"
    page.goto(offline)
    page.locator(".kept").wait_for()
    wait_for_copy(page, offline)
    axe.check(page)
    phone.network.cut()

    def key(number: int, slip: str) -> None:
        keys = page.keyboard
        page.focus("#slip-code")
        keys.type(slip)
        keys.press("Enter")
        page.wait_for_selector("#slip-line:focus")
        keys.type(f"{stocked[number][0]} {'998' if number == 1 else '1'}")
        keys.press("Enter")
        keys.press("Enter")
        page.wait_for_selector("#slip-keep:focus")
        keys.press("Enter")

    for number, slip in enumerate(slips[:2]):
        key(number, slip)
        page.locator("#slip-kept li").nth(number).wait_for()
    phone.restart()
    page = phone.page
    page.goto(offline)
    page.locator("#slip-kept li").nth(1).wait_for()
    # One is keyed twice, and one is keyed and taken out again.
    key(2, slips[1])
    key(1, slips[1])
    key(2, slips[2])
    page.locator("#slip-kept li").nth(2).wait_for()
    page.locator("#slip-kept li", has_text=slips[2][:4]).last.locator("button").click()
    expect(page.locator("#slip-kept li")).to_have_count(2)
    key(2, slips[2])
    expect(page.locator("#slip-kept li")).to_have_count(3)
    page.focus("#slip-code")
    page.keyboard.type("1234567890")
    page.keyboard.press("Enter")
    assert page.inner_text("#slip-code-problem")
    # Elsewhere on the site it is said that a pile was begun, and who signs out is asked first.
    phone.network.mend()
    page.goto("/account")
    bar = page.locator(".outbox-bar")
    goes_on = bar.locator(f"a[href='{offline}']")
    goes_on.wait_for()
    axe.check(page)
    screens.take(page, f"paper-9-begun-{paper.language}")
    page.locator("main form[action='/sign-out'] button").click()
    expect(bar).to_contain_text("再按一次" if paper.language == "zh" else "once more")
    goes_on.click()
    page.wait_for_url(f"**{offline}")
    expect(page.locator("#slip-kept li")).to_have_count(3)
    phone.network.cut()
    page.click("#slip-send")
    page.wait_for_selector("#slip-sent:visible")
    assert page.locator("#slip-kept li").count() == 3 and page.locator("#slip-kept button").count() == 0
    axe.check(page)
    screens.take(page, f"paper-9-offline-{paper.language}")
    assert [entry["state"] for entry in outbox(page)] == ["waiting"]
    phone.network.mend()
    send_now(page)
    page.locator(".outbox-bar a[href*='/desk/slips/batches/']").click()
    page.wait_for_url("**/desk/slips/batches/*")
    axe.check(page)
    screens.take(page, "paper-10-report")
    open_entries = page.locator("main section.card", has=page.locator("textarea"))
    assert open_entries.count() == 1
    assert str(stocked[1][0]) in open_entries.inner_text()
    page.goto(page.url + "/print")
    screens.take(page, "paper-11-report-printed")
    page.go_back()
    # Less than everything that is left, so that others find something too.
    open_entries.locator("textarea").fill(f"{stocked[1][0]} 2")
    open_entries.locator("button[value=order]").click()
    page.wait_for_load_state("load")
    assert page.locator("main section.card textarea").count() == 0, text(page)
    page.goto(page.url.split("?")[0].split("#")[0])
    page.locator("main a[href*='confirmations?batch=']").click()
    page.wait_for_load_state("load")
    assert page.locator(".paper-back").count() == 3
    page.emulate_media(media="print")
    assert not page.evaluate(LETTERS_TOO_SMALL, SMALLEST)
    screens.take(page, "paper-12-confirmations")


def test_a_slip_is_keyed_without_javascript(paper: Paper) -> None:
    slip, second, *_ = paper.unkeyed()
    code, other = [code for code, left in paper.codes() if left is None or left > 6][:2]
    page = paper.window("leader", "/desk/slips", javascript=False, device="phone")
    page.fill("[name=code]", slip)
    page.locator("main form.form button").first.click()
    page.wait_for_load_state("load")
    page.fill("[name=lines]", f"{code} 2\n{other}")
    page.click("#slip-check")
    page.wait_for_load_state("load")
    assert "× 2" in text(page) and page.locator(".slip-readback li").count() == 2
    screens.take(page, "paper-13-read-back")
    page.click("button[value=order]")
    page.wait_for_load_state("load")
    assert f"done={slip}" in page.url, text(page)
    page.goto(f"/desk/slips/offline/{paper.campaign}")
    page.fill("[name=slips]", f"{second}\n{code} 1\n\n{slip}\n{code} 2\n{other} 1")
    page.locator("#slip-by-text button").click()
    page.wait_for_load_state("load")
    assert "/desk/slips/batches/" in page.url, text(page)
    assert page.locator("main section.card").count() == 2
    screens.take(page, "paper-14-report-by-text")


def test_a_receipt_comes_back_on_paper(paper: Paper) -> None:
    page = paper.leader
    page.goto("/desk")
    links = page.locator("main a[href$='/custody']")
    past = links.evaluate_all("links => links.map(link => link.getAttribute('href'))")
    for path in past:
        page.goto(path.removesuffix("/custody") + "/paper/receipts")
        if page.locator(".paper-back").count() > 0:
            break
    assert page.locator(".paper-back").count() > 0
    page.emulate_media(media="print")
    assert not page.evaluate(LETTERS_TOO_SMALL, SMALLEST)
    page.set_viewport_size({"width": 688, "height": 1000})
    screens.take(page, "paper-15-receipts")
    assert re.search(r"(付了|Paid) ¥\d+\.\d\d", text(page))


def test_the_list_of_households_that_want_paper(paper: Paper) -> None:
    page = paper.window("social_worker", "/desk/paper-households", device="phone")
    count = page.locator("main tbody tr").count()
    assert count >= 6
    axe.check(page)
    screens.take(page, "paper-16-households")
    page.fill("[name=building]", "99")
    page.fill("[name=room]", "999")
    page.locator("main form", has=page.locator("[name=building]")).locator("button").click()
    page.wait_for_load_state("load")
    assert page.locator(".error-summary").count() == 1
    page.goto("/desk/paper-households")
    page.locator("main tbody tr form button").last.click()
    page.wait_for_load_state("load")
    assert page.locator("main tbody tr").count() == count - 1
