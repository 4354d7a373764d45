"""Mandates and consent: an elder says who may do what for her and what may be known of her, at the tablet and at the desk."""

import re

import axe
import people
import pytest
import screens
from people import Person
from playwright.sync_api import Page
from test_campaign_day import text

SAYS = {
    "zh": {
        "helper": "许安然", "valid": "有效", "wait": "要等 24 小时才算数的", "ended": "已收回", "choose": "请至少选一样",
        "by helper": "帮忙的人不能替自己登记", "not wider": "放宽委托要本人来", "agreed": "同意了",
        "not agreed": "没有同意", "sheet helper": "帮他代办的人不能打印",
    },
    "en": {
        "helper": "许安然", "valid": "Valid", "wait": "What counts after 24 hours", "ended": "Taken back",
        "choose": "choose at least one", "by helper": "may not record", "not wider": "Only the person can widen it",
        "agreed": "Agreed", "not agreed": "Not agreed", "sheet helper": "may not print",
    },
}  # fmt: skip


def press(page: Page, form: str, name: str = "") -> None:
    """Presses the button of the form that goes there; with `name`, the one with this value."""
    button = f"button[value='{name}']" if name else "button"
    page.locator(f"main form[action$='{form}'] {button}").first.click()
    page.wait_for_load_state("load")


def follow(page: Page, link: str) -> None:
    page.locator(f"main a[href$='{link}']").first.click()
    page.wait_for_load_state("load")


def elder(everyone: list[Person]) -> Person:
    return people.with_card(everyone)


def desk_of_elder(page: Page, everyone: list[Person]) -> str:
    """The elder's page at the people desk, found as staff find people."""
    page.goto("/desk/people")
    page.fill("input[name=q]", elder(everyone).name.split()[0])
    page.locator("main form", has=page.locator("input[name=q]")).locator("button").first.click()
    page.wait_for_load_state("load")
    page.locator("main a", has_text=elder(everyone).name.split()[0]).first.click()
    page.wait_for_load_state("load")
    return re.search(r"/desk/people/\w{13}", page.url).group(0)


def judge(open_window, person: Person, language: str, device: str, *paths: str) -> None:
    """Accessibility needs scripts to be judged, so pages that were used without them are opened once more with them."""
    window = open_window(None, person=person, language=language, device=device)
    for path in paths:
        window.goto(path)
        axe.check(window)


def fill_terms(page: Page, order: str, month: str) -> None:
    page.fill("[name=per_order]", order)
    page.fill("[name=per_day]", order)
    page.fill("[name=per_month]", month)


def test_an_elder_looks_after_her_own_mandate(open_window, everyone: list[Person], language: str) -> None:
    """At the tablet, by card: she sees what the worker may do, lowers it, asks for more and takes that back."""
    says = SAYS[language]
    page = open_window(
        "/account", person=elder(everyone), language=language, device="tablet", javascript=False, fresh=True
    )
    assert page.locator("body.elder").count() == 1, "she reads in the elder view"
    screens.take(page, "mandate-0-account")
    follow(page, "/account/mandates")
    screens.take(page, "mandate-1-list")
    page.locator("main .card h2 a", has_text=says["helper"]).first.click()
    page.wait_for_load_state("load")
    assert says["valid"] in text(page) and "¥" in text(page), text(page)
    screens.take(page, "mandate-2-show")
    mandate = page.url

    # Each language finds what the one before has left, so it lowers further.
    less, more = {"zh": ("40", "55"), "en": ("30", "45")}[language]
    fill_terms(page, less, "200")
    press(page, "/terms")
    assert page.url == mandate
    assert f"¥{less}.00" in text(page) and "¥60.00" not in text(page) and says["wait"] not in text(page), text(page)

    fill_terms(page, more, "250")
    press(page, "/terms")
    assert says["wait"] in text(page), text(page)
    terms, waiting = page.locator("main > dl").inner_text(), page.locator("#waiting").inner_text()
    assert f"¥{less}.00" in terms and f"¥{more}.00" not in terms, terms
    assert f"¥{more}.00" in waiting and "¥250.00" in waiting, waiting
    screens.take(page, "mandate-3-waiting")
    judge(
        open_window, elder(everyone), language, "tablet", "/account", "/account/mandates", mandate, f"{mandate}/terms",
        "/account/mandates/new",
    )  # fmt: skip
    press(page, "/keep")
    assert says["wait"] not in text(page) and f"¥{less}.00" in text(page)

    page.fill("[name=per_day]", "1")
    press(page, "/terms")
    assert page.locator(".error-summary").count() == 1, text(page)
    screens.take(page, "mandate-4-refused")


def test_the_rules_hold_at_the_desk(open_window, everyone: list[Person], language: str) -> None:
    """The helper cannot widen or renew what she was given; a colleague records a paper, and the elder ends it."""
    says = SAYS[language]
    worker = people.with_role(everyone, "social_worker")
    page = open_window(None, person=worker, language=language, device="desk", javascript=False)
    base = desk_of_elder(page, everyone)
    follow(page, "/mandates")
    screens.take(page, "mandate-5-desk")
    page.locator("main .card h2 a", has_text=says["helper"]).first.click()
    page.wait_for_load_state("load")
    mandate = page.url
    screens.take(page, "mandate-6-desk-show")
    assert page.locator("main a[href$='/terms']").count() == 0, text(page)
    assert says["by helper"] in page.inner_text("body"), text(page)
    screens.take(page, "mandate-7-by-helper")

    follow_sheet = f"{base}/spoken-codes"
    page.goto(follow_sheet)
    press(page, "/spoken-codes")
    assert says["sheet helper"] in page.inner_text("body"), text(page)

    colleague = open_window(
        mandate, person=people.with_role(everyone, "supervisor"), language=language, device="desk", javascript=False
    )
    follow(colleague, "/terms")
    fill_terms(colleague, "90", "900")
    colleague.check("[name=evidence][value=spoken_with_witness]")
    colleague.select_option("[name=place]", "home")
    press(colleague, "/terms")
    assert says["not wider"] in colleague.inner_text("body"), text(colleague)
    colleague.check("[name=evidence][value=signed_paper]")
    colleague.set_input_files("[name=picture]", {"name": "paper.png", "mimeType": "image/png", "buffer": paper(colleague)})
    press(colleague, "/terms")
    assert says["wait"] in text(colleague), text(colleague)
    screens.take(colleague, "mandate-8-waiting-at-the-desk")
    evidence = colleague.locator("main a[href*='/evidence/']").first.get_attribute("href")
    answer = colleague.request.get(evidence)
    assert answer.status == 200 and answer.headers["content-type"] == "image/webp"
    follow(colleague, "/print")
    screens.take(colleague, "mandate-9-print")
    colleague.goto(f"{base}/mandates/print")
    screens.take(colleague, "mandate-9-print-empty")
    colleague.goto(follow_sheet)
    press(colleague, "/spoken-codes")
    assert colleague.locator(".spoken-codes td.code").count() == 20
    screens.take(colleague, "mandate-9-spoken-codes")
    paths = [f"{base}/mandates", mandate, f"{mandate}/terms", f"{base}/mandates/new", f"{base}/spoken-codes"]
    judge(open_window, worker, language, "desk", *paths, "/account/helping")

    tablet = open_window(
        "/account/mandates", person=elder(everyone), language=language, device="tablet", javascript=False, fresh=True
    )
    tablet.locator("main .card h2 a", has_text=says["helper"]).first.click()
    tablet.wait_for_load_state("load")
    press(tablet, "/end")
    assert says["ended"] in text(tablet), text(tablet)
    screens.take(tablet, "mandate-10-ended")
    page.goto("/account/helping")
    assert elder(everyone).name.split()[0] not in text(page), text(page)
    give_anew(tablet, everyone, says)


def paper(page: Page) -> bytes:
    """A photo of something signed: what stands in the window will do."""
    return page.screenshot()


def give_anew(page: Page, everyone: list[Person], says: dict[str, str]) -> None:
    """The elder gives the worker a mandate again, on the full form; more than yesterday's waits."""
    follow(page, "/account/mandates")
    follow(page, "/new")
    screens.take(page, "mandate-11-new")
    option = page.locator("[name=helper] option", has_text=says["helper"]).first.get_attribute("value")
    page.select_option("[name=helper]", option)
    for box in page.locator("[name=matters]").all():
        box.uncheck()
    fill_terms(page, "60", "300")
    press(page, "/account/mandates")
    assert says["choose"] in page.inner_text("body"), text(page)
    page.check("[name=matters][value=groceries]")
    press(page, "/account/mandates")
    assert re.search(r"/account/mandates/\w{13}$", page.url), text(page)
    assert says["wait"] in text(page), "what is more than before the end waits"
    screens.take(page, "mandate-12-given")


def test_consent_is_given_and_taken_back(open_window, everyone: list[Person], language: str) -> None:
    """Reading, agreeing and taking back at the tablet; the same for her at the desk, with its evidence."""
    says = SAYS[language]
    page = open_window(
        "/account", person=elder(everyone), language=language, device="tablet", javascript=False, fresh=True
    )
    follow(page, "/account/consents")
    screens.take(page, "consent-1-list")
    card = page.locator("main section.card", has=page.locator(".tag", has_text=says["not agreed"])).first
    card.locator("h2 a").click()
    page.wait_for_load_state("load")
    notice = page.url
    screens.take(page, "consent-2-notice")
    judge(open_window, elder(everyone), language, "tablet", "/account/consents", notice)
    page.check("[name=span][value=half]")
    page.locator("button[name=answer][value=given]").click()
    page.wait_for_load_state("load")
    assert page.url.endswith("/account/consents")
    title = notice.rsplit("/", 1)[1]
    given = page.locator("main section.card", has=page.locator(f"a[href$='{title}']"))
    assert says["agreed"] in given.inner_text(), text(page)
    screens.take(page, "consent-3-given")
    page.locator("main details summary").last.click()
    receipt = page.request.get(page.locator("main a[href$='/receipt']").first.get_attribute("href")).json()
    assert receipt["state"] == "given" and receipt["given_by"] == "self" and receipt["withdrawal"]["zh"]
    given.locator("form button").click()
    page.wait_for_load_state("load")
    assert says["not agreed"] in page.locator("main section.card", has=page.locator(f"a[href$='{title}']")).inner_text()

    desk = open_window(
        None, person=people.with_role(everyone, "social_worker"), language=language, device="desk", javascript=False
    )
    base = desk_of_elder(desk, everyone)
    follow(desk, "/consents")
    screens.take(desk, "consent-4-desk")
    desk.goto(f"{base}/notices/{title}")
    screens.take(desk, "consent-5-desk-notice")
    judge(
        open_window, people.with_role(everyone, "social_worker"), language, "desk", f"{base}/consents",
        f"{base}/notices/{title}", f"{base}/notices/{title}/print",
    )  # fmt: skip
    desk.check("[name=span][value=year]")
    desk.select_option("[name=given_by]", "self")
    desk.check("[name=method][value=spoken_with_witness]")
    desk.select_option("[name=place]", "home")
    press(desk, f"/notices/{title}", "given")
    assert desk.locator(".error-summary").count() == 1, text(desk)
    witness = desk.locator("[name=witness] option", has_text="林晓芸").first.get_attribute("value")
    desk.select_option("[name=witness]", witness)
    press(desk, f"/notices/{title}", "given")
    assert desk.url.endswith("/consents"), text(desk)
    given = desk.locator("main section.card", has=desk.locator(f"a[href$='{title}']"))
    assert says["agreed"] in given.inner_text()
    desk.goto(f"{base}/notices/{title}/print")
    screens.take(desk, "consent-6-print")
    desk.goto(f"{base}/consents")
    desk.locator("main section.card", has=desk.locator(f"a[href$='{title}']")).locator("form button").click()
    desk.wait_for_load_state("load")
    assert says["not agreed"] in desk.locator("main section.card", has=desk.locator(f"a[href$='{title}']")).inner_text()


@pytest.mark.parametrize("path", ["/account/mandates", "/account/mandates/new", "/account/consents", "/account/helping"])
def test_own_pages_are_usable_on_a_small_phone(open_window, everyone: list[Person], language: str, path: str) -> None:
    page = open_window(path, person=people.with_role(everyone, "resident"), language=language)
    page.set_viewport_size({"width": 320, "height": 640})
    screens.take(page, f"wishes-small{path.replace('/', '-')}")
