"""The practice shop: a code on paper, the same pages with play money, traps with a calm end, and what was learned."""

import axe
import people
import pytest
import screens
from conftest import DEVICES, LOCALES
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
