"""What the fake gateways remember: trades and refunds, in memory."""

import itertools
import json
import time
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta, timezone
from typing import Any

CHINA = timezone(timedelta(hours=8))


def china_time(seconds: float) -> str:
    """`2026-11-26 08:00:00`"""
    return datetime.fromtimestamp(seconds, CHINA).strftime("%Y-%m-%d %H:%M:%S")


def china_rfc3339(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, CHINA).isoformat(timespec="seconds")


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"


@dataclass(frozen=True)
class Reply:
    """An answer of ours."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def json(cls, status: int, value: Any, headers: dict[str, str] | None = None) -> "Reply":
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return cls(status, text.encode(), {"Content-Type": "application/json; charset=utf-8"} | (headers or {}))


@dataclass
class Trade:
    number: str
    channel: str
    total: int
    subject: str
    notify_url: str
    expires_at: str = ""
    return_url: str = ""
    openid: str = ""
    transaction: str = ""
    # What was really paid, in fen: the amount asked for unless a test says otherwise.
    paid: int = 0
    paid_at: float = 0
    closed: bool = False
    # Whether somebody opened the code: before that Alipay knows of no trade.
    scanned: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Refund:
    number: str
    trade: str
    amount: int
    notify_url: str
    outcome: str
    transaction: str
    at: float

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Refused(Exception):
    """The gateway will not do it; `code` is WeChat Pay's word for why."""

    def __init__(self, code: str, status: int = 400) -> None:
        super().__init__(code)
        self.code = code
        self.status = status


class Trades:
    def __init__(self) -> None:
        self.by_number: dict[str, Trade] = {}
        self.refunds: dict[str, Refund] = {}
        self.refund_outcome = "SUCCESS"
        self.numbers = itertools.count(1)

    def next_number(self, beginning: str) -> str:
        return f"{beginning}{time.strftime('%Y%m%d')}{next(self.numbers):010}"

    def begin(self, trade: Trade) -> Trade:
        """Asking again with the same number and amount is the same trade."""
        known = self.by_number.get(trade.number)
        if known is None:
            self.by_number[trade.number] = trade
            return trade
        if known.closed:
            raise Refused("ORDER_CLOSED")
        if known.paid:
            raise Refused("ORDERPAID")
        if known.total != trade.total:
            raise Refused("INVALID_REQUEST")
        known.notify_url, known.return_url = trade.notify_url, trade.return_url
        return known

    def pay(self, number: str, amount: int | None = None) -> Trade:
        trade = self.by_number[number]
        if trade.closed:
            raise ValueError("the trade is closed")
        if not trade.paid:
            trade.paid = trade.total if amount is None else amount
            trade.paid_at = time.time()
            trade.transaction = self.next_number("4200" if trade.channel == "wechat" else "2088")
            trade.scanned = True
        return trade

    def as_if_paid(self, number: str) -> Trade:
        """The trade as a callback tells of it when it was paid; what is remembered stays as it is."""
        trade = self.by_number[number]
        if trade.paid:
            return trade
        transaction = self.next_number("4200" if trade.channel == "wechat" else "2088")
        return replace(trade, paid=trade.total, paid_at=time.time(), transaction=transaction)

    def close(self, number: str) -> None:
        trade = self.by_number.get(number)
        if trade is None:
            raise Refused("ORDER_NOT_EXIST", 404)
        if trade.paid:
            raise Refused("ORDER_PAID")
        trade.closed = True

    def refunded(self, trade: Trade) -> int:
        """What has gone back, or is about to."""
        going = (one for one in self.refunds.values() if one.trade == trade.number)
        return sum(one.amount for one in going if one.outcome in ("SUCCESS", "PROCESSING", "ABNORMAL"))

    def refund(self, number: str, trade_number: str, amount: int, notify_url: str) -> Refund:
        """Asking again with the same number and amount is the same refund."""
        trade = self.by_number.get(trade_number)
        if trade is None or not trade.paid:
            raise Refused("RESOURCE_NOT_EXISTS", 404)
        known = self.refunds.get(number)
        if known is not None:
            if known.trade != trade_number or known.amount != amount:
                raise Refused("INVALID_REQUEST")
            if known.outcome == "CLOSED":
                known.outcome, known.at = self.refund_outcome, time.time()
            return known
        if self.refund_outcome == "REFUSED":
            raise Refused("NOT_ENOUGH", 403)
        if amount <= 0 or self.refunded(trade) + amount > trade.paid:
            raise Refused("INVALID_REQUEST")
        made = Refund(
            number, trade_number, amount, notify_url, self.refund_outcome, self.next_number("5030"), time.time()
        )
        self.refunds[number] = made
        return made

    def settle(self, number: str, outcome: str) -> Refund:
        refund = self.refunds[number]
        refund.outcome, refund.at = outcome, time.time()
        return refund

    def on(self, day: str, channel: str) -> tuple[list[Trade], list[Refund]]:
        """What was paid and what went back through a channel on a day in China, `2026-11-26`."""
        paid = [one for one in self.by_number.values() if one.paid and china_time(one.paid_at)[:10] == day]
        back = [one for one in self.refunds.values() if one.outcome == "SUCCESS" and china_time(one.at)[:10] == day]
        return (
            [one for one in paid if one.channel == channel],
            [one for one in back if self.by_number[one.trade].channel == channel],
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "trades": {number: one.as_json() for number, one in self.by_number.items()},
            "refunds": {number: one.as_json() for number, one in self.refunds.items()},
        }
