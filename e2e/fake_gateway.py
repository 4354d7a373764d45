"""WeChat Pay and Alipay for the browser suite: a process with freshly made keys that answers both as the real ones do.

    python fake_gateway.py --port 9000 --keys FOLDER

writes into FOLDER the key files that Nuanlin is given and `settings.json` with the rest, and serves until it is ended.
Trades are kept in memory. Tests steer it below `/control/`; see `Control`. The callbacks it can send, good and bad, are
the list `CASES`.
"""

import argparse
import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from fake_alipay import Alipay
from fake_callbacks import CASES, Case, deliver
from fake_trades import Reply, Trade, Trades, china_time
from fake_wechat_pay import WeChatPay

__all__ = ["CASES", "Case", "Gateway"]


class Gateway:
    """Both channels over one set of trades, and what a test made them do wrong."""

    def __init__(self, keys: Path, address: str) -> None:
        self.trades = Trades()
        self.wechat = WeChatPay(self.trades, address)
        self.alipay = Alipay(self.trades, f"{address}/alipay/gateway.do")
        keys.mkdir(parents=True, exist_ok=True)
        settings = {"address": address} | self.wechat.write_keys(keys) | self.alipay.write_keys(keys)
        (keys / "settings.json").write_text(json.dumps(settings, indent=2))
        self.settings = settings
        self.lock = threading.RLock()
        self.delay_seconds = 0.0
        self.delays_left = 0
        self.fault = ""
        self.faults_left = 0

    def take_delay(self) -> float:
        with self.lock:
            if self.delays_left == 0:
                return 0
            self.delays_left -= 1
            return self.delay_seconds

    def take_fault(self) -> str:
        with self.lock:
            if self.faults_left == 0:
                return ""
            self.faults_left -= 1
            return self.fault


class Control:
    """What tests may ask for, each a POST of a JSON object to `/control/NAME`."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway

    def pay(self, trade: str, amount: int | None = None, notify: bool = False) -> Any:
        """Pays a trade, `amount` fen where it is not what was asked for; tells of it when `notify` is set."""
        gateway = self.gateway
        with gateway.lock:
            paid = gateway.trades.pay(trade, amount)
        answers = self.notify("wechat-paid" if paid.channel == "wechat" else "alipay-paid", trade) if notify else []
        return {"trade": paid.as_json(), "answers": answers}

    def sell(self, channel: str, amount: int, days_ago: int) -> Any:
        """A trade of some days ago that Nuanlin knows nothing of, such as one of another till of the same merchant."""
        gateway = self.gateway
        with gateway.lock:
            number = gateway.trades.next_number("TILL")
            trade = Trade(number, channel, amount, "隔壁柜台", "")
            gateway.trades.begin(trade)
            gateway.trades.pay(number).paid_at -= days_ago * 86_400
        return {"trade": trade.as_json()}

    def refund_outcome(self, outcome: str, refund: str | None = None, notify: bool = False) -> Any:
        """The outcome of one refund, or of all that are asked for from now on: SUCCESS, PROCESSING, CLOSED, ABNORMAL,
        REFUSED."""
        gateway = self.gateway
        with gateway.lock:
            if refund is None:
                gateway.trades.refund_outcome = outcome
                return {"outcome": outcome}
            settled = gateway.trades.settle(refund, outcome)
            trade = gateway.trades.by_number[settled.trade]
            gateway_of = gateway.wechat if trade.channel == "wechat" else gateway.alipay
            callback = gateway_of.refund_callback(trade, settled)
        answers = deliver([callback], settled.notify_url or trade.notify_url) if notify else []
        return {"refund": settled.as_json(), "answers": answers}

    def delay(self, seconds: float, times: int = 1) -> Any:
        """Lets the next answers to Nuanlin wait."""
        with self.gateway.lock:
            self.gateway.delay_seconds, self.gateway.delays_left = seconds, times
        return {}

    def fault(self, kind: str, times: int = 1) -> Any:
        """Spoils the next answers: `unsigned`, `bad-signature`, `error`, `cut` (the connection ends without an answer
        after the request was carried out)."""
        with self.gateway.lock:
            self.gateway.fault, self.gateway.faults_left = kind, times
        return {}

    def notify(self, case: str, trade: str, url: str | None = None) -> Any:
        """Sends the callbacks of one case; returns status, body and seconds of each answer.

        For a good case the trade is paid first. For a bad one it stays as it is, so that a query tells the truth.
        """
        gateway = self.gateway
        chosen = next(one for one in CASES if one.name == case)
        with gateway.lock:
            about = gateway.trades.pay(trade) if chosen.is_good else gateway.trades.as_if_paid(trade)
            callbacks = chosen.callbacks(gateway, about)
        return deliver(callbacks, url or about.notify_url, chosen.is_parallel, chosen.gap_seconds)

    def state(self) -> Any:
        """All trades and refunds."""
        with self.gateway.lock:
            return self.gateway.trades.as_json()


def handler(gateway: Gateway) -> type[BaseHTTPRequestHandler]:
    control = Control(gateway)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.respond()

        def do_POST(self) -> None:
            self.respond()

        def respond(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            parts = urlsplit(self.path)
            if parts.path.startswith("/control/"):
                self.send(self.controlled(parts.path.removeprefix("/control/"), body))
                return
            if parts.path == "/alipay/page/pay":
                self.send(self.pay_on_page(dict(parse_qsl(parts.query))))
                return
            fault = gateway.take_fault()
            with gateway.lock:
                reply = self.route(parts.path, parts.query, body, fault)
            time.sleep(gateway.take_delay())
            if fault == "cut":
                self.close_connection = True
                return
            self.send(Reply(500, b"") if fault == "error" else reply)

        def route(self, path: str, query: str, body: bytes, fault: str) -> Reply:
            if path.startswith("/v3/"):
                return gateway.wechat.answer(self.command, self.path, dict(self.headers), body, fault)
            if path == "/alipay/gateway.do":
                fields = parse_qsl(body.decode() if self.command == "POST" else query, keep_blank_values=True)
                return gateway.alipay.answer(fields, fault)
            if path == "/alipay/bill.zip":
                return gateway.alipay.bill_file(dict(parse_qsl(query)))
            return Reply(404, b"")

        def controlled(self, name: str, body: bytes) -> Reply:
            action: Callable[..., Any] | None = None if name.startswith("_") else getattr(control, name, None)
            if action is None:
                return Reply(404, b"there is no such control")
            try:
                return Reply.json(200, action(**json.loads(body or b"{}")))
            except (KeyError, StopIteration, TypeError, ValueError) as error:
                return Reply(400, repr(error).encode())

        def pay_on_page(self, query: dict[str, str]) -> Reply:
            """The button of Alipay's page: pays, tells Nuanlin, and sends the browser back."""
            control.pay(query["trade"], notify=True)
            back = gateway.trades.by_number[query["trade"]].return_url
            return Reply(303, b"", {"Location": back})

        def send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.status != 204:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, format: str, *arguments: object) -> None:
            print(china_time(time.time()), format % arguments, flush=True)

    return Handler


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--keys", type=Path, required=True)
    options = parser.parse_args()
    gateway = Gateway(options.keys, f"http://127.0.0.1:{options.port}")
    ThreadingHTTPServer(("127.0.0.1", options.port), handler(gateway)).serve_forever()


if __name__ == "__main__":
    main()
