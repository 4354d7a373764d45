"""What the bank says beside what the books say: a file is looked over, imported once, and its rest explained."""

import re
from datetime import datetime, timedelta, timezone

import axe
import people
import pytest
import screens
from people import Person
from playwright.sync_api import Page

CHINA = timezone(timedelta(hours=8))
AMOUNT = re.compile(r"-?¥[\d.]+")


def press(page: Page, action: str) -> None:
    """Presses the button of the form that posts to `action`."""
    page.locator(f"main form[action='{action}'] button.button").first.click()
    page.wait_for_load_state("load")


def main(page: Page) -> str:
    return page.locator("main").inner_text()


def statement(rows: list[tuple[int, str, str]], opening: int = 500_000) -> bytes:
    """A bank's file of amounts in fen, names and remittance texts, in the encoding that banks use; one line each day."""
    lines, balance = ["交易时间,收入金额,支出金额,余额,对方户名,对方账号,附言"], opening
    first = datetime.now(CHINA).replace(hour=9, minute=0, second=0) - timedelta(days=len(rows) + 17)
    for number, (fen, name, text) in enumerate(rows):
        balance += fen
        incoming, outgoing = (f"{fen / 100:.2f}", "") if fen > 0 else ("", f"{-fen / 100:.2f}")
        moment = (first + timedelta(days=number)).strftime("%Y-%m-%d %H:%M:%S")
        lines.append(f"{moment},{incoming},{outgoing},{balance / 100:.2f},{name},6222********4567,{text}")
    return "\n".join(lines).encode("gb18030")


ROWS = [
    (13_800, "李建国", "三号楼李叔 买菜"),
    (5_000, "王秀英", "上周那一团，1号"),
    (123, "某某公司", "利息"),
    (-1_500, "本行", "账户管理费"),
]


@pytest.fixture
def desk(open_window, everyone: list[Person], language: str) -> Page:
    """The committee at its desk."""
    return open_window(
        "/money/office", person=people.with_role(everyone, "committee"), device="desk", language=language
    )


def send(page: Page, content: bytes, account: str = "bank") -> None:
    page.goto("/money/statements")
    page.check(f"[name=account][value={account}]")
    page.set_input_files("[name=file]", {"name": "流水.csv", "mimeType": "text/csv", "buffer": content})
    press(page, "/money/statements")


def waiting(page: Page) -> int:
    page.goto("/money/suspense")
    return page.locator("main tbody tr").count()


def open_line(page: Page, name: str) -> None:
    page.goto("/money/suspense")
    page.locator("main tbody tr", has_text=name).locator("a.button").click()
    page.wait_for_load_state("load")


def answer(page: Page, what: str, amount: str | None = None, **fields: str) -> None:
    page.check(f"[name=what][value={what}]")
    if amount is not None:
        page.fill("[name=amount]", amount)
    for name, value in fields.items():
        page.fill(f"[name={name}]", value)
    page.locator("main form:has([name=seen]) button.button").click()
    page.wait_for_load_state("load")


def test_a_statement_is_looked_over_imported_once_and_explained(desk: Page, language: str) -> None:
    rows = [(fen + (0 if language == "zh" else 100), name, text) for fen, name, text in ROWS]
    file = statement(rows)
    desk.locator("main a[href='/money/statements']").click()
    axe.check(desk)
    screens.take(desk, "statements-1-none")
    before = waiting(desk)
    send(desk, file)
    axe.check(desk)
    screens.take(desk, "statements-2-looked-over")
    assert "李建国" in main(desk)
    assert waiting(desk) == before, "looking it over books nothing"
    desk.go_back()
    desk.locator("main form:has([name=digest]) button.button").click()
    desk.wait_for_load_state("load")
    axe.check(desk)
    screens.take(desk, "statements-3-imported")
    assert waiting(desk) == before + len(rows)
    axe.check(desk)
    screens.take(desk, "statements-4-waiting")

    # The same file again has nothing new.
    send(desk, file)
    assert desk.locator("main form:has([name=digest])").count() == 0
    assert desk.locator(".notice.good").count() == 1, main(desk)
    assert waiting(desk) == before + len(rows)

    explain(desk)
    assert waiting(desk) == before
    desk.goto("/money/statements")
    axe.check(desk)
    screens.take(desk, "statements-9-compared")
    desk.locator("main table a[href^='/money/statements/']").first.click()
    desk.wait_for_load_state("load")
    axe.check(desk)
    screens.take(desk, "statements-12-explained")
    desk.goto("/money/journals")
    assert len(AMOUNT.findall(main(desk))) > 10


def explain(desk: Page) -> None:
    """One line is divided over an order and the community; the others are a payment, income and a fee."""
    open_line(desk, "李建国")
    axe.check(desk)
    screens.take(desk, "statements-5-line")
    answer(desk, "order", "100000")
    assert desk.locator(".error").count() > 0
    axe.check(desk)
    screens.take(desk, "statements-6-refused")
    desk.select_option("[name=campaign]", index=1)
    answer(desk, "order", "50.00", number="1")
    assert desk.locator(".notice.good").count() == 1, main(desk)
    answer(desk, "community")
    axe.check(desk)
    screens.take(desk, "statements-7-divided")
    desk.locator("form[action$='/withdraw'] button.button").last.click()
    desk.wait_for_load_state("load")
    assert desk.locator(".notice.good").count() == 1, main(desk)
    screens.take(desk, "statements-8-taken-back")
    for name, what in [("李建国", "returned"), ("某某公司", "community"), ("本行", "fee"), ("王秀英", "community")]:
        open_line(desk, name)
        answer(desk, what)


def test_two_windows_answer_one_line_once(open_window, everyone: list[Person], desk: Page) -> None:
    name = f"双开{datetime.now().microsecond}"
    send(desk, statement([(2_000, name, "")]))
    desk.locator("main form:has([name=digest]) button.button").click()
    desk.wait_for_load_state("load")
    open_line(desk, name)
    other = open_window(desk.url, person=people.with_role(everyone, "committee"), device="phone", language="zh")
    axe.check(other)
    screens.take(other, "statements-10-line-phone")
    answer(desk, "community")
    answer(other, "fee")
    assert other.locator(".notice.bad").count() == 1, main(other)
    assert other.locator("main form:has([name=seen])").count() == 0, "there is nothing left to answer"


def test_what_cannot_be_read_is_named(desk: Page) -> None:
    send(desk, "交易日期,交易金额,余额,附言\n2026-11-25,1.00,2.00,菜\n昨天,2.00,4.00,菜\n".encode())
    assert "昨天" in main(desk)
    axe.check(desk)
    screens.take(desk, "statements-11-unreadable")


def test_statements_are_the_committees_alone(open_window, everyone: list[Person]) -> None:
    for role in ["leader", "merchant", "resident"]:
        page = open_window("/", person=people.with_role(everyone, role))
        for path in ["/money/statements", "/money/suspense"]:
            assert page.request.get(path).status == 403, (role, path)


def test_the_columns_of_an_unknown_bank_are_named_once(
    open_window, everyone: list[Person], device: str, language: str
) -> None:
    """A file that nobody knows: its columns are named, looked at, agreed to; the next one is known."""
    headings = f"记账时刻{device}{language},进账,出账,来往方,事由"
    moment = datetime.now(CHINA) - timedelta(days=40 + 10 * ["phone", "desk"].index(device) + 5 * (language == "en"))

    def file(*rows: str) -> bytes:
        lines = [f"{moment.strftime('%Y-%m-%d')} 09:0{number}:00,{row}" for number, row in enumerate(rows)]
        return "\n".join(["某某农商银行对账单,,", headings, *lines]).encode("gb18030")

    page = open_window("/", person=people.with_role(everyone, "committee"), device=device, language=language)
    send(page, file("43.21,,某某阿姨,买菜", "许多,,某某阿姨,买菜"))
    assert page.url.endswith("/columns")
    axe.check(page)
    screens.take(page, "naming-1-columns")
    for field, heading in {"date": headings.split(",")[0], "incoming": "进账", "outgoing": "出账", "name": "来往方"}.items():
        page.select_option(f"[name={field}]", label=heading)
    page.check("[name=amounts][value=separate]")
    page.check("[name=texts][value='4']")
    page.locator("button[name=step][value=look]").click()
    page.wait_for_load_state("load")
    assert "许多" in main(page) and page.locator("button[value=keep]").count() == 0
    axe.check(page)
    screens.take(page, "naming-2-wrong-line")
    send(page, file("43.21,,某某阿姨,买菜", ",2.00,本行,手续费"))
    page.select_option("[name=date]", label=headings.split(",")[0])
    for field, heading in {"incoming": "进账", "outgoing": "出账", "name": "来往方"}.items():
        page.select_option(f"[name={field}]", label=heading)
    page.check("[name=amounts][value=separate]")
    page.locator("button[name=step][value=look]").click()
    page.wait_for_load_state("load")
    axe.check(page)
    screens.take(page, "naming-3-looked")
    page.locator("button[name=step][value=keep]").click()
    page.wait_for_load_state("load")
    assert not page.url.endswith("/columns") and "某某阿姨" in main(page)
    axe.check(page)
    screens.take(page, "naming-4-looked-over")
    send(page, file("5.00,,另一位,买菜"))
    assert not page.url.endswith("/columns") and "另一位" in main(page)
