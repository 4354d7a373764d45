"""A fund's way: given by a donor, handed out as a voucher by a social worker, spent like any other money."""

from datetime import date, timedelta

import axe
import people
import screens
from people import Person
from playwright.sync_api import Page
from test_payments import Buyer


def press(page: Page, action: str) -> None:
    page.locator(f"main form[action$='{action}'] button.button").first.click()
    page.wait_for_load_state("load")


def test_a_voucher_pays_like_any_other_money(open_window, program, everyone: list[Person], language: str) -> None:
    committee = open_window(
        "/money/funds", person=people.with_role(everyone, "committee"), device="desk", language=language
    )
    committee.fill("[name=name_zh]", "冬菜")
    committee.fill("[name=name_en]", "Winter greens")
    committee.fill("[name=donor]", "桂花公益基金会")
    committee.fill("[name=purpose]", "高龄独居老人的蔬菜")
    press(committee, "/money/funds")
    fund = committee.url
    committee.fill("[name=received]", "500.00")
    committee.check("[name=way][value=bank]")
    press(committee, "/receipts")
    axe.check(committee)

    worker = open_window(fund, person=people.with_role(everyone, "social_worker"), device="desk", language=language)
    assert worker.locator("form[action$='/receipts']").count() == 0, "social workers do not keep the money"
    # The household of the demo's first resident: 7号楼 2单元 1503.
    for name, value in {"building": "7号楼", "unit": "2", "room": "1503", "amount": "900.00"}.items():
        worker.fill(f"[name={name}]", value)
    worker.fill("[name=expires_at]", (date.today() + timedelta(days=30)).isoformat())
    press(worker, "/vouchers")
    assert worker.locator(".field-error, .error").count() > 0, "a fund gives no more than it has"
    worker.fill("[name=amount]", "60.00")
    press(worker, "/vouchers")
    axe.check(worker)
    screens.take(worker, "fund-1-voucher")

    resident = people.with_role(everyone, "resident")
    order = Buyer(program, resident).order(quantity=2)
    page = open_window(f"/orders/{order['id']}", person=resident, language=language, javascript=False)
    screens.take(page, "fund-2-order")
    page.locator("#money button[value=voucher]").click()
    page.wait_for_load_state("load")
    assert page.locator(".notice.good").count() == 1
    page.goto(f"/orders/{order['id']}")
    screens.take(page, "fund-3-paid")
    assert page.locator("#money form").count() == 0

    worker.goto(fund)
    spent = worker.locator("main dl.definitions dd").nth(2).inner_text()
    assert spent != "¥0.00"
    assert worker.locator(".notice.good").count() == 1, "the five figures of a fund add up"
    screens.take(worker, "fund-4-report")
    press(worker, "/end")
    assert worker.locator(".notice.good").count() == 1

    leader = open_window("/desk", person=people.with_role(everyone, "leader"), language=language)
    assert leader.request.get(fund).status == 403
