"""The daily bills of payment services, fetched by the program itself from a fake that signs with keys of its own."""

import time
from collections.abc import Iterator
from pathlib import Path

import axe
import people
import pytest
import screens
from fake_process import Fake
from people import Person

# Yesterday's bill is there from half past ten in the morning, and the day before's until then: each has its own amounts.
SOLD = {("wechat", 1): 1_234, ("wechat", 2): 4_321, ("alipay", 1): 567, ("alipay", 2): 765}


@pytest.fixture(scope="module")
def fake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fake]:
    running = Fake(tmp_path_factory.mktemp("gateway"))
    for (channel, days_ago), amount in SOLD.items():
        running("sell", channel=channel, amount=amount, days_ago=days_ago)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def payment_services(fake: Fake) -> Path:
    """The demo of this module has both payment services set up."""
    return fake.settings


def test_bills_come_by_themselves(open_window, everyone: list[Person], device: str, language: str) -> None:
    """Both are taken with nobody's help, and what they tell that nobody knows waits to be explained."""
    page = open_window(
        "/money/statements", person=people.with_role(everyone, "committee"), device=device, language=language
    )
    taken = page.locator("h2#bills ~ .table-frame").first.locator("tbody tr a[href^='/money/statements/']")
    deadline = time.monotonic() + 60
    while taken.count() < 2:
        assert time.monotonic() < deadline, page.locator("main").inner_text()
        time.sleep(0.5)
        page.reload()
    axe.check(page)
    screens.take(page, "bills-1-statements")
    taken.first.click()
    page.wait_for_load_state("load")
    axe.check(page)
    screens.take(page, "bills-2-statement")
    page.goto("/money/suspense")
    shown = page.locator("main").inner_text()
    for channel in ("wechat", "alipay"):
        amounts = [f"¥{SOLD[channel, days] / 100:.2f}" for days in (1, 2)]
        assert sum(amount in shown for amount in amounts) == 1, (channel, shown)
    screens.take(page, "bills-3-suspense")
