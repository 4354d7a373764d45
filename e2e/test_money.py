"""Money as people handle it: banknotes that two people count, parts that are paid out, statements that add up."""

import csv
import io
import re

import axe
import people
import pytest
import screens
from people import Person
from playwright.sync_api import Page

AMOUNT = re.compile(r"-?¥[\d.]+")


def fen(text: str) -> int:
    """`¥12.50` or `12.50` as 1250."""
    return round(float(AMOUNT.search(text).group().replace("¥", "") if "¥" in text else text) * 100)


def press(page: Page, action: str, position: int = 0) -> None:
    """Presses the button of the form that posts to `action`."""
    page.locator(f"main form[action='{action}'] button.button").nth(position).click()
    page.wait_for_load_state("load")


def main(page: Page) -> str:
    return page.locator("main").inner_text()


class Office:
    """A leader with banknotes, and the committee that counts them."""

    def __init__(self, open_window, everyone: list[Person], language: str) -> None:
        self.leader = open_window(None, person=people.with_role(everyone, "leader"), language=language)
        self.committee = open_window(
            "/money/office", person=people.with_role(everyone, "committee"), device="desk", language=language
        )

    def in_hand(self) -> int:
        self.leader.goto("/money")
        return fen(self.leader.locator("#cash .price").inner_text())

    def in_box(self) -> int:
        self.committee.goto("/money/office")
        return fen(self.committee.locator("main dl.definitions dd").first.inner_text())

    def declare(self, yuan: str) -> None:
        self.leader.goto("/money")
        self.leader.fill("[name=amount]", yuan)
        press(self.leader, "/money/handovers")

    def count(self, yuan: str) -> None:
        self.committee.goto("/money/office")
        field = self.committee.locator("[name^='counted.']")
        field.fill(yuan)
        press(self.committee, f"/money/handovers/{field.get_attribute('name').split('.')[1]}/count")


@pytest.fixture
def office(open_window, everyone: list[Person], language: str) -> Office:
    return Office(open_window, everyone, language)


def test_banknotes_move_when_two_people_agree(office: Office, language: str) -> None:
    hand, box = office.in_hand(), office.in_box()
    assert hand > 10_000, "the demo's leader holds cash of the last campaigns"
    axe.check(office.leader)
    screens.take(office.leader, "money-1-own")
    office.declare("99999.00")
    assert office.leader.locator(".field-error, .error").count() > 0, main(office.leader)
    office.declare("50.00")
    axe.check(office.leader)
    screens.take(office.leader, "money-2-declared")
    office.count("48.00")
    axe.check(office.committee)
    screens.take(office.committee, "money-3-counted-otherwise")
    assert office.in_hand() == hand and office.in_box() == box, "nothing moves before both agree"
    screens.take(office.leader, "money-4-asked")
    press(office.leader, office.leader.locator("form[action$='/agree']").get_attribute("action"))
    assert office.in_hand() == hand - 4_800
    assert office.in_box() == box + 4_800
    office.declare("10.00")
    press(office.leader, office.leader.locator("form[action$='/withdraw']").get_attribute("action"))
    assert office.in_hand() == hand - 4_800


def test_a_party_is_paid_what_has_matured_and_no_more(office: Office) -> None:
    page = office.committee
    box = office.in_box()
    option = page.locator("[name=party] option").nth(1)
    payable = fen(option.inner_text())
    assert payable > 0, "the demo leaves the parts of the last weeks to be paid"
    page.select_option("[name=party]", index=1)
    page.fill("[name=amount]", f"{payable / 100 + 0.01:.2f}")
    page.check("[name=way][value=bank]")
    press(page, "/money/payouts")
    assert page.locator(".field-error, .error").count() > 0
    axe.check(page)
    screens.take(page, "money-5-too-much")
    amount = min(payable, box, 1_000)
    page.select_option("[name=party]", index=1)
    page.fill("[name=amount]", f"{amount / 100:.2f}")
    page.check("[name=way][value=cash]")
    page.fill("[name=reference]", "A-17")
    press(page, "/money/payouts")
    assert office.in_box() == box - amount
    screens.take(page, "money-6-office")
    page.goto("/money/journals")
    axe.check(page)
    screens.take(page, "money-7-books")


def test_the_statement_of_a_campaign_adds_up_and_can_be_taken_away(office: Office) -> None:
    page = office.leader
    page.goto("/money")
    path = page.locator("main a[href^='/money/campaigns/']").first.get_attribute("href")
    page.goto(path)
    assert page.locator(".notice.good").count() == 1, main(page)
    axe.check(page)
    screens.take(page, "money-8-statement")
    page.goto(f"{path}/print")
    screens.take(page, "money-9-statement-print")
    rows = list(csv.reader(io.StringIO(page.request.get(f"{path}/csv").text().lstrip("\ufeff"))))
    received, refunded, due, held, owed, goods = (sum(fen(row[column]) for row in rows[1:]) for column in range(1, 7))
    assert len(rows) > 10 and received == goods + refunded + due + held - owed
    assert page.request.get(f"{path}/xlsx").body()[:2] == b"PK"
    office.committee.goto("/money/office")
    text = office.committee.request.get("/money/journals/text").text()
    assert_balances(text)


def assert_balances(text: str) -> None:
    """Every block of the plain-text journal sums to zero, and every account was opened."""
    opened = set(re.findall(r"^\d{4}-\d\d-\d\d open (\S+)$", text, re.M))
    blocks = text.split("\n\n", 1)[1].split("\n\n") if "\n\n" in text else []
    entries = re.compile(r"^  (\S+)  (-?[\d.]+) CNY$", re.M)
    total = 0
    for block in re.split(r"(?m)^(?=\d{4}-\d\d-\d\d \* )", text)[1:]:
        found = entries.findall(block)
        assert len(found) >= 2, block
        assert sum(round(float(amount) * 100) for _, amount in found) == 0, block
        assert {account for account, _ in found} <= opened
        total += 1
    assert total > 100 and blocks is not None


def test_money_is_nobody_elses_business(open_window, everyone: list[Person], office: Office) -> None:
    page = office.leader
    page.goto("/money")
    path = page.locator("main a[href^='/money/campaigns/']").first.get_attribute("href")
    part = page.locator("main a[href^='/money/parts/person/']").first.get_attribute("href").split("?")[0]
    merchant = open_window("/money", person=people.with_role(everyone, "merchant"))
    assert merchant.locator("main a[href^='/money/parts/merchant/']").count() > 0
    screens.take(merchant, "money-10-merchant")
    resident = open_window("/", person=people.with_role(everyone, "resident"))
    assert merchant.request.get(path).status == 403
    assert merchant.request.get(part).status == 404
    assert resident.request.get("/money").status == 403
    assert page.request.get("/money/office").status == 403
