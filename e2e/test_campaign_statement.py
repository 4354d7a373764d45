"""The statement of a campaign to which everything happened adds up, checked by hand as its reader would."""

import re

import axe
import people
import screens
from people import Person
from playwright.sync_api import Page

ROWS = """
() => [...document.querySelectorAll('main table')].map(
  table => [...table.querySelectorAll('tbody tr')].map(
    row => [...row.querySelectorAll('td')].map(cell => cell.textContent.trim())))
"""


def fen(text: str) -> int:
    digits = re.sub(r"\D", "", text)
    assert digits, text
    return -int(digits) if re.search(r"[-−]", text) else int(digits)


def statement_with(page: Page, *words: str) -> str:
    """The path of a campaign's statement that tells of all these."""
    page.goto("/money/office")
    links = page.locator("main a[href*='/money/campaigns/']")
    paths = [links.nth(number).get_attribute("href") for number in range(links.count())]
    for path in paths:
        page.goto(path)
        if all(word in page.inner_text("main") for word in words):
            return path
    raise AssertionError(f"none of {len(paths)} statements tells of {words}")


def test_everything_that_can_happen_to_money(open_window, everyone: list[Person]) -> None:
    """A shortage, the scale, two vouchers, goods that came back, and a refund after everybody was paid."""
    page = open_window("/money/office", person=people.with_role(everyone, "committee"), device="desk")
    path = statement_with(page, "周五鱼虾肉禽", "爱心券")
    assert "每一分都对得上" in page.inner_text("main")
    axe.check(page)
    screens.take(page, "statement-everything")
    equation, parts, orders = page.evaluate(ROWS)

    received = sum(fen(amount) for name, amount in equation if "收款" in name)
    less = sum(fen(amount) for name, amount in equation if name.startswith("减"))
    plus = sum(fen(amount) for name, amount in equation if name.startswith("加"))
    (goods,) = [fen(amount) for name, amount in equation if name.startswith("等于")]
    assert received - less + plus == goods
    assert sum(fen(row[3]) for row in parts[:-1]) == fen(parts[-1][3]) == goods
    assert all(fen(row[1]) - fen(row[2]) == fen(row[3]) for row in parts[:-1])
    assert sum(fen(row[2]) for row in parts[:-1]) > 0, "nothing was taken back"

    assert sum(fen(row[6]) for row in orders) == goods
    assert sum(fen(row[1]) for row in orders) == received
    for row in orders:
        paid, refunded, due, held, owed, kept = (fen(cell) for cell in row[1:])
        assert paid == kept + refunded + due + held - owed, row
    given_back = [row for row in orders if fen(row[2]) + fen(row[3]) > 0]
    assert len(given_back) >= 2, "something came back in time, and something late"

    (to_fund,) = [fen(row[3]) for row in parts if "暖邻厨房基金" in row[0]]
    assert to_fund > 0, "the fund has its part"
    page.goto("/money/office")
    page.locator("main a[href*='/money/parts/fund/']").click()
    page.wait_for_load_state("load")
    axe.check(page)
    screens.take(page, "statement-of-a-fund")
    assert "归入专项资金" in page.inner_text("main")
    page.goto("/money/funds")
    page.get_by_role("link", name="暖邻厨房基金").click()
    page.wait_for_load_state("load")
    axe.check(page)
    screens.take(page, "fund-with-a-part")
    from_sales = page.locator("main dl.definitions dd").nth(1).inner_text()
    assert fen(from_sales) >= to_fund, "what came back late is taken off of the next part"

    page.goto(f"{path}/print")
    assert page.evaluate(ROWS)[2] == orders, "the paper says something else"
    screens.take(page, "statement-everything-print")
