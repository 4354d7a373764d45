"""Power cuts in the middle of a rush: the program is killed again and again while residents order."""

import random
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field

import httpx
import people
import pytest
from people import Person
from program import Program, copy_community

KILLS = 25
BUYERS = 4
SEED = 20_260_302


@dataclass
class Ledger:
    """What the neighbours know: by person the keys that got no answer, with what they asked for, and by key the orders
    that the program acknowledged."""

    unanswered: dict[str, dict[str, dict]] = field(default_factory=dict)
    acknowledged: dict[str, str] = field(default_factory=dict)
    refused: Counter = field(default_factory=Counter)
    answers: int = 0
    faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def buy(address: str, token: str, body: dict, ledger: Ledger, stop: threading.Event, seed: int) -> None:
    """Orders until the program is gone. A key that got no answer is tried again, as a telephone would."""
    numbers = random.Random(seed)
    with httpx.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=10) as client:
        while not stop.is_set():
            with ledger.lock:
                open_keys = list(ledger.unanswered.setdefault(token, {}).items())
                if open_keys and numbers.random() < 0.3:
                    key, wanted = numbers.choice(open_keys)
                else:
                    key, wanted = str(uuid.uuid4()), body
                    ledger.unanswered[token][key] = wanted
            try:
                answer = client.post("/api/v1/orders", json=wanted, headers={"Idempotency-Key": key})
            except httpx.TransportError:
                return
            with ledger.lock:
                ledger.unanswered[token].pop(key, None)
                ledger.answers += 1
                if answer.status_code == 201:
                    known = ledger.acknowledged.setdefault(key, answer.json()["id"])
                    if known != answer.json()["id"]:
                        ledger.faults.append(f"{key} made {known} and {answer.json()['id']}")
                elif answer.status_code >= 500:
                    ledger.faults.append(f"{answer.status_code} {answer.text[:200]}")
                else:
                    ledger.refused[answer.json()["code"]] += 1


def scarce_item(address: str) -> tuple[str, dict]:
    """An item of limited stock that no household limit holds back."""
    campaigns = httpx.get(f"{address}/api/v1/campaigns", params={"phase": "open"}, timeout=30).json()["campaigns"]
    for campaign in campaigns:
        shown = httpx.get(f"{address}/api/v1/campaigns/{campaign['id']}", timeout=30).json()
        for item in shown["items"]:
            if item["left"] and item["household_limit"] is None:
                return campaign["id"], item
    raise AssertionError("the demo has no item with limited stock and without a household limit")


def orders_of(client: httpx.Client) -> list[dict]:
    """All orders of the household, page by page."""
    found, cursor = [], None
    while True:
        answer = client.get("/api/v1/orders", params={"limit": 100} | ({"cursor": cursor} if cursor else {}))
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += page["orders"]
        if not (cursor := page["next_cursor"]):
            return found


@pytest.mark.timeout(300)
def test_no_acknowledged_order_is_lost_when_the_program_is_killed(pristine, tmp_path, everyone: list[Person]):
    folder = tmp_path / "community"
    copy_community(pristine, folder)
    program = Program.start(folder)
    buyers = [people.with_role(everyone, "resident", position) for position in range(BUYERS)]
    tokens = [people.bearer(program.address, buyer) for buyer in buyers]
    campaign, item = scarce_item(program.address)
    stock = item["left"]
    plentiful = plentiful_item(program.address)
    before = [len(orders_of(household(program.address, token))) for token in tokens]
    ledger = Ledger()
    numbers = random.Random(SEED)
    acknowledged_at_kill = []
    try:
        for kill in range(KILLS):
            scarce = kill % 2 == 0
            wanted = (campaign, item["id"]) if scarce else plentiful
            body = {"campaign": wanted[0], "lines": [{"item": wanted[1], "quantity": 1 + kill % 2}], "note": ""}
            stop = threading.Event()
            rush = [
                threading.Thread(target=buy, args=(program.address, token, body, ledger, stop, SEED + kill * 10 + place))
                for place, token in enumerate(tokens * 2)
            ]
            for buyer in rush:
                buyer.start()
            # By what it has answered and not by the clock: how fast it is differs from moment to moment on a busy machine.
            enough, patience = ledger.answers + numbers.randint(0, 30), time.monotonic() + 30
            while ledger.answers < enough and any(buyer.is_alive() for buyer in rush):
                assert time.monotonic() < patience, f"{ledger.answers} of {enough} answers came"
                time.sleep(0.001)
            time.sleep(numbers.random() * 0.05)
            program.process.kill()
            program.process.wait()
            stop.set()
            for buyer in rush:
                buyer.join(timeout=30)
            acknowledged_at_kill.append(len(ledger.acknowledged))
            program = Program.start(folder)
        assert not ledger.faults, "\n".join(ledger.faults[:10])
        assert len(set(acknowledged_at_kill)) > KILLS // 3, f"most kills hit an idle program: {acknowledged_at_kill}"
        seen = Counter()
        sold = 0
        for token, known in zip(tokens, before, strict=True):
            orders = orders_of(household(program.address, token))
            seen.update(order["id"] for order in orders)
            for order in orders[: len(orders) - known]:
                sold += sum(line["quantity"] for line in order["lines"] if line["item"] == item["id"])
        lost = [order for order in ledger.acknowledged.values() if seen[order] != 1]
        assert not lost, f"{len(lost)} of {len(ledger.acknowledged)} acknowledged orders are lost or doubled: {lost[:5]}"
        assert len(set(ledger.acknowledged.values())) == len(ledger.acknowledged), "two keys share one order"
        assert sold <= stock, f"{sold} sold of {stock}"
        left = next(
            entry["left"]
            for entry in httpx.get(f"{program.address}/api/v1/campaigns/{campaign}", timeout=30).json()["items"]
            if entry["id"] == item["id"]
        )
        assert left == stock - sold
        program.stop()
        program.check()
    finally:
        if program.process.poll() is None:
            program.process.kill()
            program.process.wait()


def household(address: str, token: str) -> httpx.Client:
    return httpx.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=30)


def plentiful_item(address: str) -> tuple[str, str]:
    """An item that is made to order, without a household limit."""
    campaigns = httpx.get(f"{address}/api/v1/campaigns", params={"phase": "open"}, timeout=30).json()["campaigns"]
    for campaign in campaigns:
        shown = httpx.get(f"{address}/api/v1/campaigns/{campaign['id']}", timeout=30).json()
        for item in shown["items"]:
            if item["left"] is None and item["household_limit"] is None:
                return campaign["id"], item["id"]
    raise AssertionError("the demo has no item that is made to order")
