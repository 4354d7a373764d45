"""Consent at work: what somebody agreed to happens, and stops with the next page once they take it back."""

import re

import axe
import people
import screens
from people import Person
from playwright.sync_api import Page
from test_campaign_day import text
from test_reviews import press, someone_with_goods

SAYS = {
    "zh": {"neighbour": "一位邻居", "review": "在您的评价旁边写上称呼", "wellbeing": "送货时顺便看看您好不好"},
    "en": {"neighbour": "a neighbour", "review": "Your name beside your reviews", "wellbeing": "A look at how you are"},
}


def consent_card(page: Page, title: str):
    page.goto("/account/consents")
    return page.locator("main section.card", has=page.locator("h2", has_text=title)).first


def agree(page: Page, title: str) -> None:
    consent_card(page, title).locator("h2 a").click()
    page.wait_for_load_state("load")
    page.check("[name=span][value=half]")
    page.locator("button[name=answer][value=given]").click()
    page.wait_for_load_state("load")


def take_back(page: Page, title: str) -> None:
    consent_card(page, title).locator("form button").first.click()
    page.wait_for_load_state("load")


def test_a_name_stands_beside_a_review_only_while_its_writer_agrees(open_window, everyone: list[Person], language: str) -> None:
    says = SAYS[language]
    resident, page, review = someone_with_goods(open_window, everyone, language)
    words = {"zh": "具名与否都是我写的。", "en": "Mine, with a name or without."}[language]
    page.goto(review)
    page.check("[name=stars][value='4']")
    page.fill("[name=text]", words)
    screens.take(page, "consent-name-0-form")
    press(page, "/review")
    name = resident.name.split()[0]
    visitor = open_window(page.locator("main a[href$='/reviews']").first.get_attribute("href"), language=language)

    def signed() -> str:
        visitor.reload()
        return visitor.locator("main article.card", has_text=words).inner_text()

    assert says["neighbour"] in signed() and name not in signed()
    agree(page, says["review"])
    assert name in signed() and says["neighbour"] not in signed()
    screens.take(visitor, "consent-name-1-named")
    axe.check(visitor)
    take_back(page, says["review"])
    assert says["neighbour"] in signed() and name not in signed()


def test_nobody_is_looked_after_who_took_it_back(open_window, everyone: list[Person], language: str) -> None:
    """The courier's page in the next moment; given anew, it is there again."""
    says = SAYS[language]
    courier = open_window("/rounds", person=people.with_role(everyone, "courier"), language=language, javascript=False)
    courier.locator("main li.card a").first.click()
    courier.wait_for_load_state("load")
    elder = open_window(None, person=people.with_card(everyone), language=language, device="tablet", javascript=False, fresh=True)

    def asked() -> int:
        courier.reload()
        return courier.locator("[data-wellbeing]").count()

    assert asked() == 1
    take_back(elder, says["wellbeing"])
    assert asked() == 0
    agree(elder, says["wellbeing"])
    assert asked() == 1


def test_the_report_counts_those_who_agreed_and_hides_small_numbers(open_window, everyone: list[Person], language: str) -> None:
    page = open_window("/desk/independence", person=people.with_role(everyone, "government_reader"), language=language, device="desk")
    axe.check(page)
    screens.take(page, "independence-report-desk")
    shown = text(page)
    assert 2 <= page.locator("main table tbody tr").count() <= 13, shown
    assert page.locator("svg.chart title").count() == 1
    for cell in page.locator("main table tbody td").all_inner_texts():
        assert not re.fullmatch(r"[1-4]", cell.strip()), f"a small number is shown:\n{shown}"
    worker = open_window("/desk/independence", person=people.with_role(everyone, "social_worker"), language=language)
    worker.set_viewport_size({"width": 360, "height": 780})
    screens.take(worker, "independence-report-phone")
    axe.check(worker)


def test_two_helpers_are_added_up(open_window, everyone: list[Person], language: str) -> None:
    """Before she gives the second mandate she reads what the first allows; afterwards what both do."""
    page = open_window("/account/mandates/new", person=people.with_card(everyone), language=language, device="tablet", javascript=False, fresh=True)
    assert page.locator("main .notice", has_text="¥").count() == 1, text(page)
    screens.take(page, "mandate-together-0-new")
    options = page.locator("[name=helper] option")
    other = next(
        option.get_attribute("value") for option in options.all()
        if option.get_attribute("value") not in ("", "phone") and "许安然" not in option.inner_text() and "赵" not in option.inner_text()
    )  # fmt: skip
    page.select_option("[name=helper]", other)
    for cap, amount in (("per_order", "20"), ("per_day", "20"), ("per_month", "55")):
        page.fill(f"[name={cap}]", amount)
    page.locator("main form.form button.button").first.click()
    page.wait_for_load_state("load")
    assert page.locator("#together").count() == 1, text(page)
    assert "55.00" in text(page)
    screens.take(page, "mandate-together-1-show")
    page.locator("main form[action$='/end'] button").click()
    page.wait_for_load_state("load")
    page.goto("/account/mandates")
    assert page.locator("#together").count() == 0
