"""The practice shop: a code on paper, the same pages with play money, traps with a calm end, and what was learned."""

import re

import axe
import people
import pytest
import screens
from conftest import DEVICES, LOCALES
from elder import set_view
from people import Person
from playwright.sync_api import Browser, Page
from program import Program
from test_campaign_day import text

FIRST, SECOND = "20260815", "20260816"
TRAPS = {"fake_link": "ask", "wrong_total": "report", "refund_call": "hang_up"}


@pytest.fixture
def learner(browser: Browser, program: Program):
    """Opens windows in the practice shop, which answers to a name of its own, and signs in with a code."""
    contexts = []

    def open_shop(code: str, language: str = "zh", device: str = "phone") -> Page:
        port = program.address.rsplit(":", 1)[1]
        context = browser.new_context(
            **DEVICES[device],
            locale=LOCALES[language],
            base_url=f"http://practice.localhost:{port}",
            java_script_enabled=False,
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(f"/practice-sign-in?code={code}")
        press(page, "main form button.button")
        return page

    yield open_shop
    for context in contexts:
        context.close()


def press(page: Page, selector: str) -> None:
    page.locator(selector).first.click()
    page.wait_for_load_state("load")


def test_a_learner_orders_and_passes_the_traps(learner, open_window, everyone: list[Person], language: str) -> None:
    code = FIRST if language == "zh" else SECOND
    page = learner(code, language)
    assert page.url.endswith("/practice"), text(page)
    assert page.locator("body.practice-shop").count() == 1
    screens.take(page, "practice-1-home")

    page.goto("/")
    press(page, "main a[href^='/campaigns/']")
    screens.take(page, "practice-2-campaign")
    page.goto("/orders")
    assert page.locator("main article").count() >= 1, "a new learner finds an order that is ready"
    press(page, "main article h2 a")
    screens.take(page, "practice-3-order")
    assert page.locator("form[action*='/payments']").count() == 0, "nothing can be paid for"

    for trap, wise in TRAPS.items():
        page.goto(f"/practice/traps/{trap}")
        screens.take(page, f"practice-4-{trap}")
        press(page, "main form button:not(.quiet)")
        screens.take(page, f"practice-5-{trap}-caught")
        page.goto(f"/practice/traps/{trap}")
        press(page, f"main form button[value={wise}]")
    page.goto("/practice/traps/ticked_extra")
    page.uncheck("[name=choice]")
    press(page, "main form button")
    screens.take(page, "practice-6-seen")
    page.goto("/practice")
    assert page.locator("#traps .tag.good").count() == 4, text(page)
    screens.take(page, "practice-11-home-after")

    teacher = open_window(
        "/desk/practice", person=people.with_role(everyone, "social_worker"), language=language, device="desk"
    )
    axe.check(teacher)
    screens.take(teacher, "practice-7-desk")
    press(teacher, f"main table a:has-text('{code}')")
    axe.check(teacher)
    screens.take(teacher, "practice-8-learner")
    teacher.select_option("[name=order]", "alone")
    press(teacher, "main form button.button")
    assert "done=1" in teacher.url
    export = teacher.request.get("/desk/practice/steps.csv")
    assert export.status == 200 and code in export.text()


def new_code(open_window, everyone: list[Person]) -> tuple[Page, str]:
    """The teacher's page of a learner who has just been given a code, and that code."""
    teacher = open_window(
        "/desk/practice", person=people.with_role(everyone, "social_worker"), device="desk", javascript=False
    )
    press(teacher, "main form[action='/desk/practice/learners'] button")
    return teacher, re.search(r"\d{8}", teacher.inner_text("h1")).group(0)


def test_the_shop_notes_what_it_sees(learner, open_window, everyone: list[Person]) -> None:
    """Nothing is ticked: a learner walks through the shop, and everything that was done stands at the teacher's."""
    teacher, code = new_code(open_window, everyone)
    teacher_page = teacher.url
    page = learner(code)
    assert page.locator(".practice-steps .tag").count() == 0, "nothing was done yet"
    page.goto("/search?q=香皂")
    page.goto("/campaigns")
    press(page, "main a[href^='/campaigns/']")
    press(page, "button[name=add]")
    page.goto("/basket")
    plays_with_money(page, "practice-12-basket")
    press(page, "button[name=do][value=checkout]")
    plays_with_money(page, "practice-13-checkout")
    press(page, "button[name=do][value=submit]")
    assert "/orders/" in page.url, text(page)
    plays_with_money(page, "practice-14-ordered")
    order = page.url.split("?")[0]
    page.goto(f"{order}/edit")
    page.locator("main input[name^='quantity-']").first.fill("2")
    press(page, "main button[name=do][value=submit]")
    page.goto(f"{order}/cancel")
    press(page, "form[action$='/cancel'] button.danger")
    for _ in range(60):
        page.goto("/orders")
        ready = page.locator("main article h2 a").last
        ready.click()
        page.wait_for_load_state("load")
        if page.locator("#pickup-code").count() and page.locator("a[href$='/claim']").count():
            break
        page.wait_for_timeout(500)
    plays_with_money(page, "practice-15-ready")
    press(page, "a[href$='/claim']")
    press(page, "button[name=fault]")
    seen = {"找到店里的团购", "搜一样东西", "挑东西放进菜篮", "下一单", "改一单", "找到取货码", "取消一单", "东西有问题，报一次"}
    for _ in range(60):
        page.goto("/practice")
        done = page.locator(".practice-steps li", has=page.locator(".tag")).locator("strong").all_inner_texts()
        if set(done) == seen:
            break
        page.wait_for_timeout(500)
    assert set(done) == seen, text(page)
    screens.take(page, "practice-16-seen")
    teacher.goto(teacher_page)
    assert text(teacher).count("练习店看到做成了") == len(seen)
    screens.take(teacher, "practice-17-seen-at-the-desk")
    lines = [line for line in teacher.request.get("/desk/practice/steps.csv").text().splitlines() if code in line]
    assert len(lines) == len(seen)


def plays_with_money(page: Page, name: str) -> None:
    """Says practice money and never cash."""
    shown = text(page)
    assert "练习币" in shown and "现金" not in shown, shown
    screens.take(page, name)


@pytest.mark.parametrize("view", ["plain", "elder"])
def test_each_trap_is_calm_in_every_size(learner, device: str, view: str, language: str) -> None:
    page = learner(SECOND, language, device)
    set_view(page, view)
    for trap in [*TRAPS, "ticked_extra"]:
        page.goto(f"/practice/traps/{trap}")
        screens.take(page, f"trap-{view}-{trap}")
        press(page, "main form button")
        screens.take(page, f"trap-{view}-{trap}-caught")
        assert page.locator("main .notice.bad, main .error").count() == 0, "nobody is scolded"


def test_a_code_is_handed_out_on_paper(learner, open_window, everyone: list[Person]) -> None:
    teacher = open_window(
        "/desk/practice", person=people.with_role(everyone, "social_worker"), device="desk", javascript=False
    )
    press(teacher, "main form[action='/desk/practice/learners'] button")
    press(teacher, "main a[href$='/slip']")
    digits = teacher.locator("p.code").inner_text().replace(" ", "")
    screens.take(teacher, "practice-9-slip")
    page = learner(digits, device="tablet")
    assert page.url.endswith("/practice")
    screens.take(page, "practice-10-tablet")
    stranger = learner("00000000")
    assert stranger.locator("main form[action='/practice-sign-in']").count() == 1


def test_the_live_shop_has_no_practice(open_window, everyone: list[Person]) -> None:
    resident = open_window("/", person=people.with_role(everyone, "resident"))
    assert resident.request.get("/practice").status == 404
    assert resident.request.get("/practice-sign-in").status == 404
