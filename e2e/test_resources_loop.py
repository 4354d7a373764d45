"""A merchant lacks cold storage, the map finds it, both sides agree, and the tie stands in the quarter's picture. Each test
is the next stage of one story, told twice: in Chinese, and in English with a side that has no script.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace

import pytest
import screens
from hands import fill, follow, look, named, path, press, text, tick
from people import Person
from playwright.sync_api import Locator, Page

WORKER, NEIGHBOUR, HELPER = "许安然", "赵国强", "陈昊"
HOLDER, PLACE = "江口冷链", "小冷库"
ENTRIES = {"zh": ("四度冷库", "Four-degree cold store"), "en": ("零下冷冻间", "Cold room below zero")}
"""In both languages; one for each telling, since a cold store is lent to one at a time."""
BARROW = "手推车周末可以借，自己来推。"


@dataclass(frozen=True)
class Side:
    """Who tells the story in a language, and what they read and press."""

    merchant: str
    shop: str
    representative: str
    entry: str
    words: str
    place: str
    holder: str
    need: str
    search: str
    wanting: str
    post: str
    both: str
    propose: str
    agree: str
    once: str
    agreed: str
    share: str
    begin: str
    under_way: str
    word: str
    send: str
    done: str
    is_done: str
    good: str
    say_so: str
    scripted: bool


STORIES = {
    "zh": Side(
        merchant="江伟", shop="江禾家庭农场", representative="李佳怡", entry="四度冷库", words="冷", place=PLACE, holder=HOLDER,
        need="周五收的青菜没地方冷着，想放一夜。", search="找一找", wanting="我需要这个", post="发布", both="都是“存放”。", propose="牵线",
        agree="答应", once="一边答应了", agreed="两边都答应了", share="把我的电话给对方", begin="开始帮了", under_way="正在帮",
        word="钥匙在服务站，周五四点以后都可以来。", send="留言", done="帮好了", is_done="帮好了", good="好", say_so="评价", scripted=True,
    ),
    "en": Side(
        merchant="陈大贵", shop="老陈水产禽肉", representative="安娜", entry="Cold room below zero", words="cold", place="Small cold room",
        holder="Jiangkou cold chain",
        need="A freezer broke; six crates of fish for two nights.", search="Search", wanting="I need this", post="Post it",
        both="Both are about Storage.", propose="Propose", agree="Agree", once="One side agreed", agreed="Both agreed",
        share="Give them my telephone number", begin="It has begun", under_way="Under way",
        word="The key is at the station, any time after four.", send="Send", done="It is done", is_done="Done", good="Good",
        say_so="Say so", scripted=False,
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def loop() -> SimpleNamespace:
    """What one stage leaves to the next: where its pages are."""
    return SimpleNamespace(entries={}, matches={})


@pytest.fixture
def desk(open_window, everyone: list[Person]) -> Callable[..., Page]:
    """Opens somebody's page at a desk: `desk(name, path, language=)`."""
    return lambda name, path, **more: open_window(path, person=named(everyone, name), device="desk", **more)


@pytest.fixture
def phone(open_window, everyone: list[Person]) -> Callable[..., Page]:
    """Opens somebody's page on their telephone: `phone(name, path, language=, javascript=)`."""
    return lambda name, path, **more: open_window(path, person=named(everyone, name), **more)


@pytest.fixture
def story(language: str) -> Side:
    return STORIES[language]


@pytest.fixture
def numbers(everyone: list[Person], story: Side) -> tuple[str, str]:
    """Of the merchant and of the representative."""
    return tuple(named(everyone, name).phone for name in (story.merchant, story.representative))


def tells(page: Page, number: str) -> bool:
    """Whether the number stands anywhere in the page as it was sent, in whatever way it is written."""
    return number in re.sub(r"[\s-]", "", page.content())


def links(page: Page, name: str) -> int:
    return page.locator("main").get_by_role("link", name=name, exact=True).count()


def glance(page: Page, story: Side, name: str) -> None:
    """Looks at the page of the side that may have no script, without which nothing can be judged."""
    if story.scripted:
        look(page, name)
    else:
        screens.take(page, name)


def running_quarter() -> tuple[str, str, str]:
    """As an address and in both languages."""
    now = datetime.now()
    number = (now.month + 2) // 3
    return f"{now.year}-Q{number}", f"{now.year} 年第 {number} 季度", f"Quarter {number} of {now.year}"


def compute(page: Page) -> None:
    """Has the quarter computed, and waits for it as somebody would who reloads the page."""
    again = page.get_by_role("button", name="重新算", exact=True)
    (again if again.count() else page.get_by_role("button", name="算这一季度", exact=True)).click()
    page.wait_for_load_state("load")
    for _ in range(120):
        if again.count():
            return
        page.wait_for_timeout(250)
        page.reload()
    raise AssertionError(text(page))


def lines(page: Page, story: Side) -> Locator:
    """What the table beneath the picture says of the merchant and the organisation."""
    table = page.locator("main table", has_text="图里的线")
    return table.locator("tr", has_text=story.shop).filter(has_text=HOLDER).filter(has_text="帮忙")


def test_the_quarters_picture_does_not_know_them_yet(desk) -> None:
    address, chinese, _ = running_quarter()
    page = desk(WORKER, "/network-desk")
    look(page, "resources-0-last-quarter")
    follow(page, chinese)
    assert page.url.endswith(f"/network-desk?quarter={address}")
    compute(page)
    look(page, "resources-0-network-before")
    assert [lines(page, story).count() for story in STORIES.values()] == [0, 0]


def test_the_station_enters_a_cold_store(phone, desk, everyone: list[Person], loop: SimpleNamespace) -> None:
    page = desk(WORKER, "/organisation-desk")
    follow(page, HOLDER)
    for story in STORIES.values():
        fill(page, "form[action$='/representatives']", phone=named(everyone, story.representative).phone)
        tick(page, "agreed=on")
        press(page, "加上")
        assert named(everyone, story.representative).name.partition(" ")[0] in text(page)
    look(page, "resources-1-organisation")
    for language in STORIES:
        loop.entries[language] = enter(page, *ENTRIES[language])
    look(page, "resources-3-entry")
    merchant = phone(STORIES["zh"].merchant, "/assets?words=冷")
    for language, entry in loop.entries.items():
        assert links(merchant, ENTRIES[language][0]) == 0, "nobody sees what the station has not made sure of"
        page.goto(f"/asset-desk/{entry}")
        press(page, "核实了，算数")
        merchant.reload()
        assert links(merchant, ENTRIES[language][0]) == 1


def enter(page: Page, chinese: str, english: str) -> str:
    """Writes an entry of the map down for the organisation; its identifier."""
    page.goto("/asset-desk")
    look(page)
    follow(page, "登一条")
    fill(
        page, kind="institution", holder=HOLDER, name_zh=chinese, name_en=english, category="storage", place=PLACE,
        description="六平方米。放菜放鱼都可以，用完扫干净。", capacity="6", conditions="一次放到第三天早上",
    )  # fmt: skip
    tick(page, "contact=message", "visibility=residents", "weekday=1", "weekday=5")
    look(page, "resources-2-entry-form")
    press(page, "保存")
    assert HOLDER in text(page) and PLACE in text(page)
    return path(page, "/asset-desk/ID").removeprefix("/asset-desk/")


def test_the_map_finds_it(phone, loop: SimpleNamespace, story: Side, language: str, numbers: tuple[str, str]) -> None:
    page = phone(story.merchant, "/assets", language=language)
    look(page, "resources-4-assets")
    fill(page, words=story.words)
    press(page, story.search)
    look(page, "resources-5-found")
    marker = page.locator("main svg a", has=page.locator("title", has_text=story.place))
    assert marker.count() == 1, "the map shows where it is"
    follow(page, story.place)
    follow(page, story.entry)
    path(page, f"/assets/{loop.entries[language]}$")
    assert story.holder in text(page) and story.place in text(page)
    look(page, "resources-6-entry")
    follow(page, story.wanting)
    assert page.url.endswith(f"/needs/new?asset={loop.entries[language]}") and story.entry in text(page)
    look(page, "resources-7-need")
    fill(page, party=story.shop, text=story.need)
    press(page, story.post)
    path(page, "/neighbour-help/ID/matches")
    look(page, "resources-8-who-suits")
    first = page.locator("main .card").first
    assert story.entry in first.inner_text() and story.both in first.inner_text()
    total = int(re.search(r"\d+", first.locator("h2").inner_text()).group())
    parts = re.findall(r"(\d+)/\d+$", first.inner_text(), re.M)
    assert len(parts) == 5 and sum(map(int, parts)) == total, "the score is the sum of what is given as its reasons"
    first.get_by_role("button", name=story.propose, exact=True).click()
    page.wait_for_load_state("load")
    loop.matches[language] = path(page, "/matches/ID")
    assert story.holder in text(page) and story.need in text(page)
    assert not any(tells(page, number) for number in numbers)
    look(page, "resources-9-proposed")


def test_both_agree_and_only_then_give_their_numbers(
    phone, loop: SimpleNamespace, story: Side, language: str, numbers: tuple[str, str]
) -> None:
    number_of_merchant, number_of_representative = numbers
    merchant = phone(story.merchant, loop.matches[language], language=language)
    other = phone(story.representative, "/account/messages", language=language, javascript=story.scripted)
    other.locator(f"main a[href$='{loop.matches[language]}']").first.click()
    other.wait_for_load_state("load")
    assert story.shop in text(other) and story.need in text(other)
    glance(other, story, "resources-10-asked")
    press(other, story.agree)
    merchant.reload()
    for page in (merchant, other):
        assert story.once in text(page)
        assert not any(tells(page, number) for number in numbers), "neither side learns a number before both agreed"
    assert other.get_by_role("button", name=story.agree, exact=True).count() == 0, "nobody says yes twice"
    press(merchant, story.agree)
    other.reload()
    for page in (merchant, other):
        assert story.agreed in text(page)
        assert not any(tells(page, number) for number in numbers), "who agreed has not yet given their number"
    look(merchant, "resources-11-agreed")
    press(merchant, story.share)
    assert not tells(merchant, number_of_representative), "to give one's own does not show the other's"
    other.reload()
    assert other.locator(f"main a[href='tel:+86{number_of_merchant}']").count() == 1
    press(other, story.share)
    merchant.reload()
    assert merchant.locator(f"main a[href='tel:+86{number_of_representative}']").count() == 1
    look(merchant, "resources-12-in-touch")
    glance(other, story, "resources-13-in-touch")


def test_it_is_used_and_both_say_how_it_was(
    phone, loop: SimpleNamespace, story: Side, language: str, numbers: tuple[str, str]
) -> None:
    door = loop.matches[language]
    other = phone(story.representative, door, language=language, javascript=story.scripted)
    fill(other, "form[action$='/message']", text=story.word)
    press(other, story.send)
    press(other, story.begin)
    assert story.under_way in text(other)
    merchant = phone(story.merchant, door, language=language)
    assert story.word in text(merchant)
    look(merchant, "resources-14-under-way")
    press(merchant, story.done)
    other.reload()
    for page in (merchant, other):
        assert story.is_done in page.locator("main .tag").first.inner_text()
        assert not any(tells(page, number) for number in numbers), "numbers are shown no longer than both are in touch"
        fill(page, "form[action$='/feedback']", rating=story.good)
        press(page, story.say_so)
    merchant.reload()
    assert text(merchant).count(story.good) >= 2
    look(merchant, "resources-15-done")


JOINED = """
(numbers) => {
  const chart = document.querySelector('main svg.chart');
  const at = numbers.map((number) => {
    const label = [...chart.querySelectorAll('text')].find((text) => text.textContent.trim() === number);
    const mark = label.previousElementSibling;
    const read = (name) => Number(mark.getAttribute(name));
    return mark.tagName === 'circle'
      ? [read('cx'), read('cy')] : [read('x') + read('width') / 2, read('y') + read('height') / 2];
  });
  return [...chart.querySelectorAll('line')].filter((line) => {
    const [x1, y1, x2, y2] = ['x1', 'y1', 'x2', 'y2'].map((name) => Number(line.getAttribute(name)));
    return [at, [at[1], at[0]]].some(([[ax, ay], [bx, by]]) =>
      Math.hypot(x1 - ax, y1 - ay) < 10 && Math.hypot(x2 - bx, y2 - by) < 10);
  }).length;
}
"""
"""How many lines of the picture join the circles and squares that have these numbers."""


def test_the_tie_stands_in_the_quarters_picture(desk, phone, everyone: list[Person]) -> None:
    address, _, english = running_quarter()
    page = desk(WORKER, f"/network-desk?quarter={address}")
    compute(page)
    look(page, "resources-17-network")
    for story in STORIES.values():
        line = lines(page, story)
        assert line.count() == 1, text(page)
        ends = [cell.inner_text() for cell in line.locator("td, th").all()[:2]]
        numbers = [re.match(r"\d+", end).group() for end in ends]
        assert page.evaluate(JOINED, numbers) == 1, "the picture draws the line that the table names"
    for person in everyone:
        assert person.name.partition(" ")[0] not in text(page), "persons are counted, never named"
    for part in ("table.csv", "sheet"):
        told = page.request.get(f"/network-desk/{part}?quarter={address}").text()
        assert HOLDER in told and STORIES["zh"].shop in told, part
    page = desk(WORKER, f"/network-desk?quarter={address}", language="en")
    assert english in text(page) and STORIES["en"].holder in text(page)
    look(page, "resources-17-network")
    resident = phone(NEIGHBOUR, "/network")
    look(resident, "resources-18-network-for-all")
    assert page.request.get("/network-desk").status == 200 and resident.request.get("/network-desk").status == 403


def post(page: Page, kind: str, words: str) -> str:
    """Posts an offer or a need of transport for oneself; the path of its page."""
    page.goto(f"/neighbour-help/new?kind={kind}")
    if page.locator("main select[name=party]").count():
        fill(page, party="我自己")
    fill(page, category="transport", text=words)
    press(page, "发布")
    return path(page, "/neighbour-help/ID")


def test_an_offer_that_is_taken_back_is_gone_at_once(phone) -> None:
    helper = phone(HELPER, None)
    offer = post(helper, "offer", BARROW)
    page = phone(NEIGHBOUR, None)
    need = post(page, "need", "想借一辆手推车搬花盆。")
    lists = ("/neighbour-help", "/neighbour-help?kind=offer", "/neighbour-help?kind=offer&category=transport")
    for door in (*lists, f"{need}/matches"):
        page.goto(door)
        assert BARROW in text(page), door
    look(page, "resources-19-offer")
    page.locator("main .card", has_text=BARROW).get_by_role("button", name="牵线", exact=True).click()
    page.wait_for_load_state("load")
    match = path(page, "/matches/ID")
    helper.goto(offer)
    look(helper, "resources-20-own-offer")
    press(helper, "收回")
    # Nothing is waited for: each is asked once.
    for door in (*lists, f"{need}/matches"):
        assert BARROW not in page.request.get(door).text(), door
    assert page.request.get(offer).status == 404
    press(page, "答应")
    assert "两边都答应了" not in text(page) and "一边答应了" not in text(page), "nobody agrees to what is gone"
    page.goto(match)
    assert "没答应" in text(page) and page.get_by_role("button", name="答应", exact=True).count() == 0
    assert BARROW not in page.content()
    look(page, "resources-21-taken-back")


def test_an_entry_that_is_taken_down_is_gone_at_once(phone, desk, loop: SimpleNamespace) -> None:
    story, entry = STORIES["zh"], loop.entries["zh"]
    page = phone(story.merchant, f"/needs/new?asset={entry}")
    fill(page, party=story.shop, text="再放一夜萝卜。")
    press(page, story.post)
    candidates = path(page, "/neighbour-help/ID/matches")
    page.locator("main .card", has_text=story.entry).get_by_role("button", name=story.propose, exact=True).click()
    page.wait_for_load_state("load")
    match = path(page, "/matches/ID")
    lists = ("/assets", "/assets?words=冷", "/assets?kind=institution&category=storage")
    for door in lists:
        page.goto(door)
        assert links(page, story.entry) == 1, door
    at_the_place = page.locator("main h2 ~ ol li", has_text=PLACE).last.inner_text()
    station = desk(WORKER, f"/asset-desk/{entry}")
    press(station, "撤下")
    # Nothing is waited for: each is asked once.
    for door in (*lists, candidates, f"/needs/new?asset={entry}", match):
        assert story.entry not in page.request.get(door).text(), door
    assert page.request.get(f"/assets/{entry}").status == 404
    assert story.entry not in station.request.get("/asset-desk/sheet").text(), "nor is it on the sheet for the wall"
    page.reload()
    assert at_the_place not in text(page), "the map counts it no longer"
    page.goto(match)
    assert "过期了" in text(page) and page.get_by_role("button", name="答应", exact=True).count() == 0
    look(station, "resources-22-taken-down")


def test_nobody_else_comes_to_a_match(phone, loop: SimpleNamespace) -> None:
    for language, match in loop.matches.items():
        page = phone(HELPER, None)
        assert page.goto(match).status == 404
        for name in (STORIES[language].merchant, STORIES[language].representative, HELPER):
            page = phone(name, None)
            for door in (f"/help-desk{match}", f"/asset-desk/{loop.entries[language]}", "/organisation-desk", "/network-desk"):
                assert page.goto(door).status == 403, f"{name} at {door}"
