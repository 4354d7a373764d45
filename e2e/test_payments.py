"""Payments through WeChat Pay and Alipay, against a fake of both that signs with keys of its own."""

import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import axe
import httpx
import people
import pytest
import screens
from elder import faults, set_view
from fake_gateway import CASES, Case
from fake_process import Fake
from people import Person
from program import Program


@pytest.fixture(scope="module")
def fake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fake]:
    running = Fake(tmp_path_factory.mktemp("gateway"))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def payment_services(fake: Fake) -> Path:
    """The demo of this module has both payment services set up."""
    return fake.settings


class Buyer:
    """A resident at the API, who orders one cheap thing again and again."""

    def __init__(self, program: Program, person: Person) -> None:
        self.client = httpx.Client(
            base_url=program.address,
            headers={"Authorization": f"Bearer {people.bearer(program.address, person)}"},
            timeout=30,
        )
        for campaign in self.client.get("/api/v1/campaigns", params={"phase": "open"}).json()["campaigns"]:
            items = self.client.get(f"/api/v1/campaigns/{campaign['id']}").json()["items"]
            free = [item for item in items if not item.get("household_limit") and item.get("left") is None]
            if free:
                self.campaign, self.item = campaign["id"], free[0]["id"]
                return
        raise AssertionError("the demo has no open campaign with goods made to order")

    def order(self, quantity: int = 1) -> dict:
        answer = self.client.post(
            "/api/v1/orders",
            json={"campaign": self.campaign, "lines": [{"item": self.item, "quantity": quantity}], "note": ""},
            headers={"Idempotency-Key": str(uuid.uuid4())},
        )
        assert answer.status_code == 201, answer.text
        return self.standing(answer.json()["id"])

    def standing(self, order: str) -> dict:
        return self.client.get(f"/api/v1/orders/{order}").json()

    def begin(self, order: str, channel: str) -> dict:
        answer = self.client.post("/api/v1/payments", json={"order": order, "channel": channel})
        assert answer.status_code == 201, answer.text
        return answer.json()

    def payment(self, payment: str) -> dict:
        return self.client.get(f"/api/v1/payments/{payment}").json()

    def cancel(self, order: str) -> None:
        revision = self.standing(order)["revision"]
        answer = self.client.delete(
            f"/api/v1/orders/{order}", params={"revision": revision}, headers={"Idempotency-Key": str(uuid.uuid4())}
        )
        assert answer.status_code == 200, answer.text


@pytest.fixture(scope="module")
def buyer(program: Program, everyone: list[Person]) -> Buyer:
    return Buyer(program, people.with_role(everyone, "resident"))


CHANNEL = {"wechat": "wechat_pay", "alipay": "alipay"}


def until(condition, seconds: float = 30):
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.2)
    return answer


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_callback_changes_what_it_proves_and_nothing_else(buyer: Buyer, fake: Fake, case: Case) -> None:
    """The sixty cases: no change by the bad ones, exactly one by the good ones, each answered within a second."""
    order = buyer.order()
    payment = buyer.begin(order["id"], CHANNEL[case.channel])
    answers = fake("notify", case=case.name, trade=payment["id"])
    after = buyer.payment(payment["id"])
    slowest = max(answer["seconds"] for answer in answers)
    assert slowest <= 1, f"answered after {slowest:.2f} s"
    if case.is_good:
        assert after["state"] == "received" and buyer.standing(order["id"])["payment"] == "received", answers
        assert any(answer["status"] in (200, 204) for answer in answers), answers
    else:
        assert after["state"] == "pending" and buyer.standing(order["id"])["payment"] == "due", answers
        # That a trade is not paid yet is true, and worth no answer but that it was heard.
        if not case.name.endswith("-not-paid"):
            assert any(answer["status"] >= 400 or answer["body"] not in ("success", "") for answer in answers), answers


@pytest.mark.parametrize("channel", ["wechat", "alipay"])
def test_a_payment_that_nobody_told_of_is_asked_for(buyer: Buyer, fake: Fake, program: Program, channel: str) -> None:
    order = buyer.order()
    payment = buyer.begin(order["id"], CHANNEL[channel])
    assert buyer.begin(order["id"], CHANNEL[channel])["id"] == payment["id"], "a second click is no second payment"
    fake("pay", trade=payment["id"])
    assert until(lambda: buyer.payment(payment["id"])["state"] == "received", seconds=45)


@pytest.mark.parametrize("channel", ["wechat", "alipay"])
def test_what_nobody_needs_goes_back_once(buyer: Buyer, fake: Fake, channel: str) -> None:
    """Paid and then cancelled; cancelled and then paid; paid twice over two services."""
    paid_first = buyer.order()
    first = buyer.begin(paid_first["id"], CHANNEL[channel])
    fake("pay", trade=first["id"], notify=True)
    buyer.cancel(paid_first["id"])
    cancelled_first = buyer.order()
    late = buyer.begin(cancelled_first["id"], CHANNEL[channel])
    buyer.cancel(cancelled_first["id"])
    fake("pay", trade=late["id"], notify=True)
    twice = buyer.order()
    other = "alipay" if channel == "wechat" else "wechat"
    both = [buyer.begin(twice["id"], CHANNEL[name]) for name in (channel, other)]
    for payment in both:
        fake("pay", trade=payment["id"], notify=True)
    assert buyer.standing(twice["id"])["payment"] == "received"

    def refunds() -> list[dict]:
        ours = {first["id"], late["id"], *(payment["id"] for payment in both)}
        return [refund for refund in fake("state")["refunds"].values() if refund["trade"] in ours]

    until(lambda: len(refunds()) == 3 and all(refund["outcome"] == "SUCCESS" for refund in refunds()))
    time.sleep(3)
    assert sorted(refund["trade"] for refund in refunds()) == sorted([first["id"], late["id"], both[1]["id"]])
    assert buyer.payment(first["id"])["refunded"]["amount"] == first["amount"]["amount"]


def test_a_service_that_answers_nothing_or_lies_changes_nothing(buyer: Buyer, fake: Fake) -> None:
    order = buyer.order()
    for kind in ("cut", "unsigned", "bad-signature", "error"):
        fake("fault", kind=kind)
        answer = buyer.client.post("/api/v1/payments", json={"order": order["id"], "channel": "wechat_pay"})
        assert answer.status_code in (502, 503), answer.text
    payment = buyer.begin(order["id"], "wechat_pay")
    fake("pay", trade=payment["id"], notify=True)
    assert buyer.payment(payment["id"])["state"] == "received"


def test_a_resident_pays_by_code_on_a_page(
    open_window, buyer: Buyer, fake: Fake, everyone: list[Person], device: str, language: str
) -> None:
    order = buyer.order(quantity=2)
    page = open_window(
        f"/orders/{order['id']}", person=people.with_role(everyone, "resident"), device=device, language=language
    )
    axe.check(page)
    screens.take(page, "payment-1-order")
    page.locator("#money button[value=wechat_pay]").click()
    page.wait_for_load_state("load")
    assert page.locator("main svg").count() >= 1
    axe.check(page)
    screens.take(page, "payment-2-code")
    if device == "phone":
        set_view(page, "elder")
        assert not faults(page)
        screens.take(page, "payment-2-code-elder")
        set_view(page, "plain")
    fake("pay", trade=page.url.rsplit("/", 1)[1])
    page.locator("main form[action$='/check'] button.button").click()
    page.wait_for_load_state("load")
    assert page.locator(".notice.good").count() == 1
    screens.take(page, "payment-3-received")
    page.goto(f"/orders/{order['id']}")
    screens.take(page, "payment-4-order-paid")


def test_a_payment_is_its_households_business(program: Program, buyer: Buyer, everyone: list[Person]) -> None:
    payment = buyer.begin(buyer.order()["id"], "wechat_pay")
    stranger = Buyer(program, people.with_role(everyone, "resident", 2))
    assert stranger.client.get(f"/api/v1/payments/{payment['id']}").status_code == 404
    body = {"order": payment["order"], "channel": "alipay"}
    assert stranger.client.post("/api/v1/payments", json=body).status_code == 404


def test_a_refund_that_the_service_refuses_is_settled_by_the_office(
    open_window, buyer: Buyer, fake: Fake, everyone: list[Person], device: str, language: str
) -> None:
    """The office sees why; one is asked for again and goes through, the other is paid in cash as the household agreed."""
    paths = {}
    fake("refund_outcome", outcome="REFUSED")
    page = open_window("/money/office", person=people.with_role(everyone, "committee"), device=device, language=language)
    links = page.locator("main td a[href^='/money/office/refunds/']")
    for name in ("again", "otherwise"):
        order = buyer.order()
        payment = buyer.begin(order["id"], "wechat_pay")
        fake("pay", trade=payment["id"], notify=True)
        buyer.cancel(order["id"])
        known = set(paths.values())

        def found():
            page.reload()
            return [one.get_attribute("href") for one in links.all() if one.get_attribute("href") not in known]

        paths[name] = until(found, seconds=60)[0]
    axe.check(page)
    screens.take(page, "refund-1-office")
    page.goto(paths["again"])
    axe.check(page)
    screens.take(page, "refund-2-refused")
    fake("refund_outcome", outcome="SUCCESS")
    page.locator(f"form[action='{paths['again']}/again'] button.button").click()
    page.wait_for_load_state("load")
    assert page.locator(".notice.good").count() == 1
    assert page.locator("main form").count() == 0, "there is nothing left to decide"
    page.goto(paths["otherwise"])
    pay = page.locator(f"form[action='{paths['otherwise']}/otherwise'] button.button")
    pay.click()
    page.wait_for_load_state("load")
    assert page.locator(".error").count() >= 2
    axe.check(page)
    screens.take(page, "refund-3-incomplete")
    page.check("[name=way][value=bank]")
    page.fill("[name=agreement]", "今天下午来居委会，当面说转到她自己的卡")
    pay.click()
    page.wait_for_load_state("load")
    assert page.locator(".notice.good").count() == 1
    axe.check(page)
    screens.take(page, "refund-4-paid-otherwise")
