"""The elder view keeps its promise on every page that residents reach: size, contrast, targets, spacing, one task a screen."""

import re
from pathlib import Path

import axe
import elder
import people
import pytest
import screens
from crawler import ask, ask_by_name, kind, reach, report, someone
from people import Person
from playwright.sync_api import Browser, Page
from test_practice import SECOND, learner  # noqa: F401

WHO = ["stranger", "card holder", "resident", "赵国强", "李佳怡", "安娜", "孙玉兰", "courier", "leader", "merchant", "social_worker"]
"""Everybody who has pages that others have not: staff and carriers are residents of some pages too."""
DOER = "赵国强"
"""Whose bags are ready, so that one of them can be missing."""
LEAVING = "/card/left"
"""What a shared tablet shows when somebody has gone; to open it is to sign out, so only a stranger does."""
TRIES = 30
"""How many things of a kind are asked whether they have a page that no link leads to."""
DOORS = Path(__file__).parent.parent / "Tests/HouseTests/reviewed-doors.txt"
NO_PAGE = {
    "/app.webmanifest", "/form-token", "/campaigns/:campaign/live", "/campaigns/:campaign/paper/:version/:code",
    "/pictures/:picture/:size", "/claims/:claim/picture/:size", "/shelf-photos/:photo/:size", "/bookings/:booking/visit.ics",
    "/visit-calendars/:token", "/activity-calendars/:token", "/activity-photos/:photo/:size", "/places.geojson", "/places.ics",
}  # fmt: skip
"""Doors for residents behind which there is a file, a token or a redirection."""
DATA = ("/api/", "/hsds")
"""How doors begin behind which other programs read: test_api.py and test_hsds.py look at those."""
UNREACHED = {
    "/payments/:payment": "the demo has no payment service; test_payments.py measures it",
    "/pickup/:token": "scanned, not linked: it leads a household to its order, which is measured, and others to the pickup desk",
    "/standing-orders/proposals/:proposal": "nothing waits for a word in the demo; test_standing_orders.py measures it",
    "/wellbeing/:concern": "nobody in the demo is worried about; test_rounds.py measures it",
}
"""Doors for residents to pages that nobody in the demo reaches by links, and why."""
SOMETIMES = {"/visits/:booking"}
"""Doors to pages that are reached on some days of the demo only; test_services.py measures what is behind them."""
ON_PAPER = {
    "/rounds/:round/print", "/my-visits/:campaign/cards", "/assisted-orders/statements/:mandate/:month",
    "/assisted-orders/:asked/receipt", "/van-trips/:trip/sheet",
}  # fmt: skip
"""Doors for residents to sheets for the printer, whose type is larger still and does not depend on the view."""


def named(everyone: list[Person], who: str) -> Person | None:
    """Somebody with this role, or whose name begins so."""
    return next((person for person in everyone if person.name.startswith(who)), None) or someone(everyone, who)


def doors_of_residents() -> list[str]:
    """The paths of all pages that everyone, anybody signed in or a resident may open."""
    found = []
    for line in DOORS.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"GET (/\S*) \| (everyone|signed in|resident) \|", line):
            if not match[1].startswith(DATA) and match[1] not in NO_PAGE:
                found.append(match[1])
    assert len(found) > 50, "the list of doors was not read"
    return found


def without_names() -> list[str]:
    """The doors whose paths name nothing: a link to them is not needed to find them."""
    return [door for door in doors_of_residents() if ":" not in door and door != LEAVING]


def passes(door: str, path: str) -> bool:
    return re.fullmatch(re.sub(r":\w+", "[^/]+", door), path.partition("?")[0]) is not None


def beneath(door: str, links: set[str]) -> list[str]:
    """Paths through a door made of what was linked: `/orders/0…/edit` where `/orders/0…` was seen."""
    head, _, name = door.rpartition("/:")
    tail = name.partition("/")[2]
    if not tail:
        return []
    stem = re.compile(re.sub(r":\w+", "[^/]+", head) + "/[^/]+")
    return [f"{link}/{tail}" for link in sorted(links, reverse=True) if stem.fullmatch(link)][:TRIES]


def everything(page: Page, look=ask) -> tuple[list[str], dict[str, list[str]]]:
    """One path through each door that stands open for whoever looks out of the window, linked or not; and what is wrong."""
    links: set[str] = set()
    paths, wrong = reach(page, look, also=without_names(), links=links)
    for door in doors_of_residents():
        if not any(passes(door, path) for path in paths):
            paths += next(([path] for path in beneath(door, links) if look(page, path)[0] == 200), [])
    return paths, wrong


def deeds(page: Page) -> list[str]:
    """What a household comes to only by doing something: a full basket, and a bag that is not there."""
    page.goto("/campaigns")
    page.locator("main article.card a[href^='/campaigns/']").first.click()
    page.wait_for_load_state("load")
    campaign = page.url.split("?")[0].split("/", 3)[3]
    page.locator("button[name=add]").first.click()
    page.wait_for_load_state("load")
    for order in page.request.get("/orders").text().split('href="/orders/')[1:]:
        page.goto(f"/orders/{order[:13]}/loss")
        report_it = page.locator("main form[action$='/loss'] button")
        if report_it.count():
            report_it.first.click()
            page.wait_for_load_state("load")
            return [f"/{campaign}/checkout", page.url.split("?")[0].removeprefix(page.url.split("/losses")[0])]
    raise AssertionError("nobody's bag can be missing")


def in_elder_view(open_window, everyone: list[Person], who: str, language: str, **window) -> Page:
    """A window of its own in the elder view, as `who` chose it."""
    page = open_window("/", person=named(everyone, who), language=language, fresh=True, **window)
    if page.locator("html").get_attribute("lang").split("-")[0] != language:
        page.request.get("/")
        switch = page.locator(f"button[name=language][value={language}]")
        if switch.count() == 0:
            page.goto("/more")
        page.locator(f"button[name=language][value={language}]").click()
        page.goto("/")
    if page.locator("body.elder").count() == 0:
        page.locator("button[name=elder][value=on]").click()
    assert page.locator("body.elder").count() == 1
    return page


def arrived(page: Page) -> list[str]:
    """What somebody sees who has checked in at an activity; the code for it hangs at the door, for as long as it lasts."""
    page.goto("/activities")
    activity = page.locator("main a[href^='/activities/']").first.get_attribute("href")
    return [f"{activity}/here?done=1"]


def besides(page: Page, who: str) -> list[str]:
    """Pages that they come to by what they do, and by no link."""
    return {DOER: lambda: deeds(page), "stranger": lambda: [*arrived(page), LEAVING]}.get(who, list)()


@pytest.fixture(scope="module")
def measured() -> set[tuple[str, str]]:
    """Kinds of page that were measured already: a stranger's and a resident's page of goods are drawn alike."""
    return set()


def measure(page: Page, paths: list[str], measured: set, language: str) -> dict[str, list[str]]:
    """What is wrong with those of these pages that nobody measured before, by path."""
    wrong = {}
    for path in paths:
        if kind(path) not in {"/", "/account", "/orders"} and (kind(path), language) in measured:
            continue
        answer = page.goto(path)
        if answer.status != 200 or page.locator("body.resident.elder").count() == 0:
            continue
        measured.add((kind(path), language))
        if found := elder.faults(page):
            wrong[path] = found
    return wrong


@pytest.fixture(scope="module")
def reached() -> dict[str, list[str]]:
    """What each of `WHO`, and the learner of the practice shop, reached when they looked."""
    return {}


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("who", WHO)
def test_every_resident_page_keeps_the_promise(open_window, everyone: list[Person], measured, reached, who: str, language: str):
    page = in_elder_view(open_window, everyone, who, language)
    paths, wrong = everything(page)
    paths += besides(page, who)
    reached[who] = reached.get(who, []) + paths
    wrong |= measure(page, paths, measured, language)
    assert not wrong, report(wrong)


def test_every_page_of_the_practice_shop_keeps_the_promise(learner, reached, language: str):  # noqa: F811
    page = learner(SECOND, language)
    elder.set_view(page, "elder")
    paths, wrong = everything(page, ask_by_name)
    reached["learner"] = reached.get("learner", []) + paths
    page.goto("/practice")
    traps = page.locator("#traps a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    wrong |= measure(page, paths, set(), language)
    for trap in traps:
        wrong |= measure(page, [trap], set(), language)
        page.locator("main form button").first.click()
        page.wait_for_load_state("load")
        if found := elder.faults(page):
            wrong[f"{trap}, answered"] = found
    assert len(traps) == 4 and not wrong, report(wrong)


@pytest.mark.timeout(600)
def test_no_page_for_residents_is_forgotten(open_window, everyone: list[Person], learner, reached):  # noqa: F811
    """Every door of the program that a resident may open is behind one of the pages that are measured above: a new one
    fails this until somebody can reach it. Who was not asked above is asked now."""
    for who in set(WHO) - reached.keys():
        page = open_window(None, person=named(everyone, who))
        reached[who] = everything(page)[0] + besides(page, who)
    if "learner" not in reached:
        reached["learner"] = everything(learner(SECOND), ask_by_name)[0]
    everywhere = {LEAVING, *without_names()}.union(*reached.values())
    forgotten = [
        door for door in doors_of_residents()
        if door not in ON_PAPER | SOMETIMES | UNREACHED.keys() and not any(passes(door, path) for path in everywhere)
    ]  # fmt: skip
    assert not forgotten, "nobody in the demo reaches:\n" + "\n".join(forgotten)
    stale = [door for door in UNREACHED if any(passes(door, path) for path in everywhere)]
    assert not stale, "are reached after all: " + ", ".join(stale)


FAULTY = """
<!doctype html><html lang="en"><title>Faults</title><style>
h1 { font-size: 28px } body { margin: 8px; color: #000; background: #fff; font: 24px/1.5 sans-serif }
p { margin: 0 0 2em } input { width: 100%; box-sizing: border-box; line-height: 1.5 } a.button, button, input { display: inline-block; min-width: 60px; min-height: 60px; font: inherit }
.chart text { font-size: 14px } .hint { color: #767676 } .half { opacity: 0.5 } .tight { line-height: 1.1 }
input::placeholder { color: #999 } .near { margin: 0 0 4px } .wide { width: 340px; height: 60px }
.bar { position: sticky; bottom: 0; height: 40px; background: #eee } .cut { height: 30px; overflow: hidden }
.tag::before { content: "new"; font-size: 12px } .bad small { font-size: 20px }
</style><body class="elder"><main><h1>Everything is well here</h1>
<p>A paragraph with <a href="/x">a link in it</a> and more.</p><p>Another.</p><a class="button" href="/y">A large button</a>
<label for="name">Name</label> <input id="name" placeholder="">PART</main></body></html>
"""
FAULTS = {
    "small text": ("<p><small class=x>small print</small></p><style>.x{font-size:20px}</style>", "text of 20.0 px"),
    "a small chart": ('<svg class="chart" viewBox="0 0 200 40" width="200"><text x="0" y="20">Monday</text></svg>', "text of 14.0 px"),
    "a pale hint": ('<p class="hint">pale</p>', "contrast 4.54"),
    "half-transparent text": ('<div class="half">faded</div>', "contrast"),
    "a pale placeholder": ('<input aria-label="x" placeholder="type here">', "contrast 2.85: placeholder"),
    "text on a picture": ('<div style="background-image:linear-gradient(#fff,#eee)">over</div>', "text on a picture"),
    "small text before": ('<div class="tag">fish</div>', "text of 12.0 px: ::before"),
    "tight lines": ('<div class="tight">tight</div>', "line spacing"),
    "paragraphs close together": ('<p class="near">one</p><p>two</p>', "px between paragraphs"),
    "a small button": ('<button style="min-height:44px;min-width:44px">OK</button>', "a target of"),
    "a lone small link": ('<p><a href="/z">Back</a></p>', "a target of"),
    "a bar over the page": ('<div class="bar">Basket</div>', "lies over the page"),
    "a pop-up": ("<dialog open>Buy now</dialog>", "pops up"),
    "something too wide": ('<div class="wide">wide</div>', "at 320 px: needs"),
    "text that is cut off": ('<div class="cut">a line that wraps when letters stand apart, and again, and again</div>', "cuts off"),
    "a covered focus": (
        '<button style="position:absolute;top:600px;left:0;width:80px;height:60px">under</button>'
        '<div style="position:absolute;top:590px;left:0;width:200px;height:90px;background:#fff"></div>', "the focus is covered"),
}  # fmt: skip


@pytest.fixture
def plain_page(browser: Browser):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def test_a_sound_page_has_no_faults(plain_page: Page):
    plain_page.set_content(FAULTY.replace("PART", ""))
    assert elder.faults(plain_page) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_each_measure_finds_what_it_is_for(plain_page: Page, fault: str):
    part, word = FAULTS[fault]
    plain_page.set_content(FAULTY.replace("PART", part))
    found = elder.faults(plain_page)
    assert any(word in line for line in found), found


def test_one_task_a_screen_from_the_question_to_the_order(open_window, everyone: list[Person]):
    """A neighbour of the demo orders in the elder view: one question, choosing, checking, done."""
    page = in_elder_view(open_window, everyone, "resident", "zh")
    choices = page.locator("main .big-choices a")
    assert choices.count() == 3 and page.locator("main form").count() == 0
    assert page.locator("nav.site-nav a").count() <= 5
    screens.take(page, "elder-1-start")
    choices.first.click()
    screens.take(page, "elder-2-group-buys")
    page.locator("article.card a.button").first.click()
    product = page.locator(".product:has(button[name=add])").first
    picture, card = product.locator("img").bounding_box(), product.bounding_box()
    assert picture["width"] > 0.9 * card["width"], "the picture is as wide as the screen"
    assert product.locator("button").count() == 1
    assert page.locator(".elder-only").first.is_visible() and "合一斤" in page.locator(".elder-only").first.inner_text()
    screens.take(page, "elder-3-choosing")
    product.locator("button[name=add]").click()
    page.locator("p.notice a[href='/basket']").click()
    screens.take(page, "elder-4-basket")
    page.locator("button[name=do][value=checkout]").click()
    assert page.locator("main button.button:not(.quiet, .visually-hidden, .speak)").count() == 1, "one main button"
    axe.check(page)
    screens.take(page, "elder-5-checking")
    page.locator("button[name=do][value=submit]").click()
    page.wait_for_url("**/orders/*placed=1*")
    screens.take(page, "elder-6-done")


def test_the_whole_way_needs_no_script(open_window, everyone: list[Person]):
    page = in_elder_view(open_window, everyone, "resident", "zh", javascript=False)
    assert page.locator("button.speak").count() == 0, "no button that cannot work"
    page.locator("main .big-choices a").first.click()
    page.locator("article.card a.button").first.click()
    page.locator("button[name=add]").first.click()
    page.locator("p.notice a[href='/basket']").click()
    page.locator("button[name=do][value=checkout]").click()
    page.locator("button[name=do][value=submit]").click()
    assert "/orders/" in page.url


def test_nothing_moves_or_counts_down(open_window, everyone: list[Person]):
    page = in_elder_view(open_window, everyone, "stranger", "zh")
    page.goto("/campaigns")
    page.locator("article.card a.button").first.click()
    before = page.locator("body").inner_text()
    page.wait_for_timeout(2_500)
    assert page.locator("body").inner_text() == before


def test_the_view_is_found_by_the_names_that_people_look_for(open_window):
    page = open_window("/")
    name = page.locator("button[name=elder]").get_attribute("aria-label")
    assert name.startswith("长辈版") and all(word in name for word in ("亲情版", "关爱版", "关怀版"))


# Reading aloud

SPEECH = """
(voices) => {
  window.heard = [];
  class Utterance { constructor(text) { this.text = text; } }
  const speech = {
    getVoices: () => voices, cancel: () => { window.waiting = null; },
    speak: (utterance) => { window.heard.push({text: utterance.text, rate: utterance.rate, lang: utterance.lang, voice: utterance.voice?.name}); window.waiting = utterance; },
  };
  Object.defineProperty(window, 'speechSynthesis', { value: speech });
  Object.defineProperty(window, 'SpeechSynthesisUtterance', { value: Utterance });
}
"""
NEAR = [
    {"name": "cloud", "lang": "zh-CN", "localService": False}, {"name": "near", "lang": "zh-CN", "localService": True},
    {"name": "near English", "lang": "en-GB", "localService": True},
]  # fmt: skip


def reading_page(open_window, everyone: list[Person], language: str, voices: list[dict]) -> Page:
    import json

    page = in_elder_view(open_window, everyone, "stranger", language)
    page.context.add_init_script(f"({SPEECH})({json.dumps(voices)})")
    page.goto("/campaigns")
    page.locator("article.card a.button").first.click()
    return page


def test_a_page_is_read_aloud_in_order_and_can_be_stopped(open_window, everyone: list[Person], language: str):
    page = reading_page(open_window, everyone, language, NEAR)
    button = page.locator("button.speak")
    button.click()
    title = page.locator("h1").inner_text()
    first = page.evaluate("heard[0]")
    assert first["text"] == title and first["rate"] == 0.8
    assert first["voice"] == ("near" if language == "zh" else "near English"), "a voice of this device"
    assert page.locator("h1.speaking").count() == 1
    for _ in range(40):
        page.evaluate("waiting?.onend()")
    said = page.evaluate("heard.map(({text}) => text)")
    assert any(("块" in text if language == "zh" else "yuan" in text) for text in said), said
    assert not any("¥" in text for text in said), said
    screens.take(page, "elder-reading")
    assert page.locator(".speaking").count() <= 1
    button.click()
    assert page.evaluate("waiting") is None and page.locator(".speaking").count() == 0
    count = page.evaluate("heard.length")
    page.wait_for_timeout(200)
    assert page.evaluate("heard.length") == count


@pytest.mark.parametrize("voices", [[{"name": "cloud", "lang": "zh-CN", "localService": False}], None], ids=["remote only", "none"])
def test_without_a_voice_of_its_own_the_device_names_the_telephone(open_window, everyone: list[Person], voices):
    page = reading_page(open_window, everyone, "zh", voices or NEAR)
    if voices is None:
        page.evaluate("delete window.SpeechSynthesisUtterance")
        page.context.add_init_script("delete window.speechSynthesis; Object.defineProperty(window, 'speechSynthesis', {value: undefined})")
        page = reading_page(open_window, everyone, "zh", [])
        page.evaluate("speechSynthesis.getVoices = () => [{name: 'cloud', lang: 'en-GB', localService: true}]")
    page.locator("button.speak").click()
    assert "打页面下方的电话" in page.locator(".speak-bar [role=status]").inner_text()
    assert page.evaluate("heard.length") == 0


PRICES = [
    ("¥3.50", "三块五", "three yuan fifty"), ("¥3.00", "三块", "three yuan"), ("¥2.00", "两块", "two yuan"),
    ("¥2.20", "两块二", "two yuan twenty"), ("¥0.50", "五毛", "fifty fen"), ("¥0.20", "两毛", "twenty fen"),
    ("¥0.05", "五分", "five fen"), ("¥3.05", "三块零五分", "three yuan oh five"), ("¥3.55", "三块五毛五", "three yuan fifty-five"),
    ("¥12.00", "十二块", "twelve yuan"), ("¥20.00", "二十块", "twenty yuan"), ("¥110.00", "一百一十块", "one hundred and ten yuan"),
    ("¥102.10", "一百零二块一", "one hundred and two yuan ten"), ("¥200.00", "两百块", "two hundred yuan"),
    ("¥128.80", "一百二十八块八", "one hundred and twenty-eight yuan eighty"),
    ("¥10005.00", "一万零五块", "ten thousand and five yuan"), ("-¥3.50", "负三块五", "minus three yuan fifty"),
    ("¥0.00", "零元", "zero yuan"), ("¥3.50 / 袋", "三块五一袋", None), ("¥3.50 / bag", None, "three yuan fifty per bag"),
    ("16:00–19:00", "16:00到19:00", "16:00 to 19:00"),
]  # fmt: skip


def test_prices_are_said_as_people_say_them(open_window, everyone: list[Person]):
    page = in_elder_view(open_window, everyone, "stranger", "zh")
    for written, chinese, english in PRICES:
        if chinese:
            assert page.evaluate("text => Speaking.spoken(text, 'zh-CN')", written) == chinese
        if english:
            assert page.evaluate("text => Speaking.spoken(text, 'en')", written) == english
