"""The elder view keeps its promise on every page that residents reach: size, contrast, targets, spacing, one task a screen."""

import axe
import elder
import people
import pytest
import screens
from crawler import kind, reach, report, someone
from people import Person
from playwright.sync_api import Browser, Page

WHO = ["stranger", "resident", "card holder"]


def in_elder_view(open_window, everyone: list[Person], who: str, language: str, **window) -> Page:
    """A window of its own in the elder view, as `who` chose it."""
    page = open_window("/", person=someone(everyone, who), language=language, fresh=True, **window)
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


@pytest.fixture(scope="module")
def measured() -> set[tuple[str, str]]:
    """Kinds of page that were measured already: a stranger's and a resident's page of goods are drawn alike."""
    return set()


@pytest.mark.parametrize("who", WHO)
def test_every_resident_page_keeps_the_promise(open_window, everyone: list[Person], measured, who: str, language: str):
    page = in_elder_view(open_window, everyone, who, language)
    paths, wrong = reach(page)
    for path in paths:
        page.goto(path)
        if page.locator("body.resident").count() == 0:
            continue
        if kind(path) in {"/", "/account", "/orders"} or (kind(path), language) not in measured:
            measured.add((kind(path), language))
            if found := elder.faults(page):
                wrong[path] = wrong.get(path, []) + found
    assert not wrong, report(wrong)


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
