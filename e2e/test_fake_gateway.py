"""The tests of payments believe the fake gateways, so these are tested themselves: what they sign is verified here by
hand, with nothing of theirs.
"""

import base64
import csv
import hashlib
import io
import json
import stat
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx
import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from fake_gateway import CASES, Case
from program import free_port

NUMBERS = count(1)
SIGNED = ["Wechatpay-Timestamp", "Wechatpay-Nonce", "Wechatpay-Signature", "Wechatpay-Serial"]


def verifies(public: Any, signature: str, message: bytes) -> bool:
    try:
        public.verify(base64.b64decode(signature, validate=True), message, padding.PKCS1v15(), hashes.SHA256())
        return True
    except (InvalidSignature, ValueError):
        return False


@dataclass
class Received:
    headers: list[tuple[str, str]]
    body: bytes


@dataclass
class Receiver:
    """Stands where Nuanlin would, and keeps what it is sent."""

    address: str = ""
    received: list[Received] = field(default_factory=list)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    kept = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.received.append(Received(list(self.headers.items()), body))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"success")

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.address = f"http://127.0.0.1:{server.server_port}/paid"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Merchant:
    """A merchant who signs and verifies by hand, from the key files alone."""

    def __init__(self, keys: Path) -> None:
        settings = json.loads((keys / "settings.json").read_text())
        self.wechat, self.alipay, self.address = settings["wechat_pay"], settings["alipay"], settings["address"]
        self.key = self.private(self.wechat["signing_key"])
        self.application_key = self.private(self.alipay["signing_key"])
        self.pinned = serialization.load_pem_public_key(Path(self.wechat["public_key"]).read_bytes())
        self.alipay_key = serialization.load_pem_public_key(Path(self.alipay["alipay_key"]).read_bytes())
        self.api_key = Path(self.wechat["api_key"]).read_bytes()

    @staticmethod
    def private(path: str) -> Any:
        return serialization.load_pem_private_key(Path(path).read_bytes(), None)

    def control(self, name: str, **arguments: Any) -> Any:
        response = httpx.post(f"{self.address}/control/{name}", json=arguments, timeout=60)
        assert response.status_code == 200, response.text
        return response.json()

    # WeChat Pay

    def call(self, method: str, path: str, body: Any = None, pinned: bool = True) -> httpx.Response:
        """A signed request; the answer is verified only where a test asks for it."""
        content = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        now, nonce = str(int(time.time())), "593BEC0C930BF1AFEB40B4A08C8FB242"
        message = f"{method}\n{path}\n{now}\n{nonce}\n".encode() + content + b"\n"
        signature = base64.b64encode(self.key.sign(message, padding.PKCS1v15(), hashes.SHA256())).decode()
        headers = {
            "Authorization": f'WECHATPAY2-SHA256-RSA2048 mchid="{self.wechat["merchant_id"]}",nonce_str="{nonce}",'
            f'signature="{signature}",timestamp="{now}",serial_no="{self.wechat["certificate_serial"]}"'
        }
        if pinned:
            headers["Wechatpay-Serial"] = self.wechat["public_key_id"]
        return httpx.request(method, self.wechat["base_url"] + path, content=content, headers=headers, timeout=30)

    def is_signed(self, response: httpx.Response, public: Any = None) -> bool:
        if any(name not in response.headers for name in SIGNED):
            return False
        timestamp, nonce, signature, serial = (response.headers[name] for name in SIGNED)
        message = f"{timestamp}\n{nonce}\n".encode() + response.content + b"\n"
        is_named = public is not None or serial == self.wechat["public_key_id"]
        return is_named and verifies(public or self.pinned, signature, message)

    def proven(self, method: str, path: str, body: Any = None, status: int = 200) -> Any:
        response = self.call(method, path, body)
        assert response.status_code == status, response.text
        assert self.is_signed(response)
        return response.json() if response.content else None

    def open(self, resource: dict[str, str]) -> bytes:
        return AESGCM(self.api_key).decrypt(
            resource["nonce"].encode(), base64.b64decode(resource["ciphertext"]), resource["associated_data"].encode()
        )

    def order(self, url: str = "", total: int = 1999) -> dict[str, Any]:
        return {
            "appid": self.wechat["app_id"],
            "mchid": self.wechat["merchant_id"],
            "description": "团购",
            "out_trade_no": f"order_{next(NUMBERS):010}",
            "time_expire": "2099-01-01T00:00:00+08:00",
            "notify_url": url,
            "amount": {"total": total, "currency": "CNY"},
        }

    def native(self, url: str = "") -> str:
        order = self.order(url)
        assert self.proven("POST", "/v3/pay/transactions/native", order)["code_url"].startswith("weixin://")
        return order["out_trade_no"]

    def query(self, trade: str) -> Any:
        merchant = self.wechat["merchant_id"]
        return self.proven("GET", f"/v3/pay/transactions/out-trade-no/{trade}?mchid={merchant}")

    def refund(self, trade: str, number: str, amount: int) -> httpx.Response:
        amounts = {"refund": amount, "total": 1999, "currency": "CNY"}
        body = {"out_trade_no": trade, "out_refund_no": number, "amount": amounts}
        return self.call("POST", "/v3/refund/domestic/refunds", body)

    # Alipay

    def parameters(self, method: str, content: Any, **more: str) -> dict[str, str]:
        values = {
            "app_id": self.alipay["app_id"],
            "method": method,
            "format": "JSON",
            "charset": "utf-8",
            "sign_type": "RSA2",
            "timestamp": "2026-11-26 08:00:00",
            "version": "1.0",
            "biz_content": json.dumps(content, ensure_ascii=False),
        } | more
        message = "&".join(f"{name}={values[name]}" for name in sorted(values)).encode()
        signature = self.application_key.sign(message, padding.PKCS1v15(), hashes.SHA256())
        return values | {"sign": base64.b64encode(signature).decode()}

    def ask(self, method: str, content: Any, **more: str) -> tuple[dict[str, Any], bool]:
        """The node of the answer, and whether Alipay signed its text as it was sent."""
        values = self.parameters(method, content, **more)
        text = httpx.post(self.alipay["gateway_url"], data=values, timeout=30).text
        beginning = f'{{"{method.replace(".", "_")}_response":'
        assert text.startswith(beginning), text
        node, _, rest = text.removeprefix(beginning).partition(',"sign":"')
        if not rest:
            return json.loads(node.removesuffix("}")), False
        return json.loads(node), verifies(self.alipay_key, rest.removesuffix('"}'), node.encode())

    def told(self, method: str, content: Any, **more: str) -> dict[str, Any]:
        node, is_signed = self.ask(method, content, **more)
        assert is_signed
        return node

    def precreate(self, url: str = "") -> str:
        number = f"order_{next(NUMBERS):010}"
        content = {"out_trade_no": number, "total_amount": "19.99", "subject": "团购 & 1+1=2", "time_expire": "2099"}
        node = self.told("alipay.trade.precreate", content, notify_url=url)
        assert node["code"] == "10000" and node["out_trade_no"] == number and node["qr_code"]
        return number


@pytest.fixture(scope="module")
def merchant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Merchant]:
    keys, port = tmp_path_factory.mktemp("gateway") / "keys", free_port()
    command = [sys.executable, str(Path(__file__).parent / "fake_gateway.py"), "--port", str(port), "--keys", str(keys)]
    with open(keys.parent / "log", "wb") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
    try:
        deadline = time.monotonic() + 60
        while True:
            assert process.poll() is None and time.monotonic() < deadline, (keys.parent / "log").read_text()
            try:
                httpx.post(f"http://127.0.0.1:{port}/control/state", json={})
                break
            except httpx.TransportError:
                time.sleep(0.05)
        yield Merchant(keys)
    finally:
        process.terminate()
        process.wait()


def test_the_key_files_are_what_nuanlin_takes(merchant: Merchant) -> None:
    for path in [merchant.wechat["signing_key"], merchant.wechat["api_key"], merchant.alipay["signing_key"]]:
        assert stat.S_IMODE(Path(path).stat().st_mode) == 0o400
    assert len(merchant.api_key) == 32


def test_wechat_pay_takes_only_what_the_merchant_signed(merchant: Merchant) -> None:
    response = httpx.get(f"{merchant.address}/v3/certificates")
    assert response.status_code == 401 and response.json()["code"] == "SIGN_ERROR"
    assert "Wechatpay-Signature" not in response.headers


def test_a_trade_is_asked_for_paid_and_closed(merchant: Merchant) -> None:
    trade = merchant.native()
    assert merchant.query(trade)["trade_state"] == "NOTPAY"
    merchant.control("pay", trade=trade)
    told = merchant.query(trade)
    assert told["trade_state"] == "SUCCESS" and told["amount"]["total"] == 1999 and told["transaction_id"]
    closing = {"mchid": merchant.wechat["merchant_id"]}
    path = f"/v3/pay/transactions/out-trade-no/{trade}/close"
    assert merchant.proven("POST", path, closing, 400)["code"] == "ORDER_PAID"
    other = merchant.native()
    assert merchant.proven("POST", f"/v3/pay/transactions/out-trade-no/{other}/close", closing, 204) is None
    assert merchant.query(other)["trade_state"] == "CLOSED"
    response = merchant.call("GET", "/v3/pay/transactions/out-trade-no/none?mchid=" + closing["mchid"])
    assert response.status_code == 404 and response.json()["code"] == "ORDER_NOT_EXIST" and merchant.is_signed(response)


def test_a_payment_inside_wechat_names_the_person(merchant: Merchant) -> None:
    order = merchant.order() | {"payer": {"openid": "o1"}}
    assert merchant.proven("POST", "/v3/pay/transactions/jsapi", order)["prepay_id"].startswith("wx")
    merchant.control("pay", trade=order["out_trade_no"])
    assert merchant.query(order["out_trade_no"])["payer"] == {"openid": "o1"}


def test_refunds_are_made_once_and_never_beyond_what_was_paid(merchant: Merchant) -> None:
    trade = merchant.native()
    assert merchant.refund(trade, "refund_early", 100).status_code == 404
    merchant.control("pay", trade=trade)
    number = f"refund_{next(NUMBERS):010}"
    first, again = merchant.refund(trade, number, 1500).json(), merchant.refund(trade, number, 1500).json()
    assert first["status"] == "SUCCESS" and first["refund_id"] == again["refund_id"]
    assert merchant.refund(trade, number, 1400).json()["code"] == "INVALID_REQUEST"
    assert merchant.refund(trade, f"{number}b", 500).json()["code"] == "INVALID_REQUEST"
    merchant.control("refund_outcome", outcome="PROCESSING")
    assert merchant.refund(trade, f"{number}c", 499).json()["status"] == "PROCESSING"
    merchant.control("refund_outcome", outcome="SUCCESS")
    merchant.control("refund_outcome", outcome="ABNORMAL", refund=f"{number}c")
    assert merchant.proven("GET", f"/v3/refund/domestic/refunds/{number}c")["status"] == "ABNORMAL"
    missing = merchant.proven("GET", "/v3/refund/domestic/refunds/none", status=404)
    assert missing["code"] == "RESOURCE_NOT_EXISTS"
    assert merchant.query(trade)["trade_state"] == "REFUND"


def test_certificates_open_with_the_shared_key_and_sign_where_no_public_key_is_named(merchant: Merchant) -> None:
    response = merchant.call("GET", "/v3/certificates", pinned=False)
    entries = {one["serial_no"]: merchant.open(one["encrypt_certificate"]) for one in response.json()["data"]}
    certificate = x509.load_pem_x509_certificate(entries[response.headers["Wechatpay-Serial"]])
    assert certificate.serial_number == int(response.headers["Wechatpay-Serial"], 16)
    now = datetime.now(timezone.utc)
    assert certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc
    assert merchant.is_signed(response, certificate.public_key())


def test_bills_list_what_was_paid_and_what_went_back(merchant: Merchant) -> None:
    trade, at_alipay = merchant.native(), merchant.precreate()
    for number in (trade, at_alipay):
        merchant.control("pay", trade=number)
    merchant.refund(trade, f"refund_{trade}", 500)
    day = datetime.now(timezone(timedelta(hours=8))).date().isoformat()
    link = merchant.proven("GET", f"/v3/bill/tradebill?bill_date={day}&bill_type=ALL")
    file = merchant.call("GET", link["download_url"].removeprefix(merchant.address)).content
    assert hashlib.sha1(file).hexdigest() == link["hash_value"]
    heading, *lines = csv.reader(io.StringIO(file.decode("utf-8-sig")))
    rows = [dict(zip(heading, line, strict=True)) for line in lines[:-2]]
    mine = [row for row in rows if row["商户订单号"] == f"`{trade}"]
    assert [row["应结订单金额"] for row in mine] == ["`19.99", "`0.00"]
    assert [row["退款金额"] for row in mine] == ["`0.00", "`5.00"]
    none = merchant.proven("GET", "/v3/bill/tradebill?bill_date=2020-01-01&bill_type=ALL", status=400)
    assert none["code"] == "NO_STATEMENT_EXIST"

    method = "alipay.data.dataservice.bill.downloadurl.query"
    address = merchant.told(method, {"bill_type": "trade", "bill_date": day})["bill_download_url"]
    archive = zipfile.ZipFile(io.BytesIO(httpx.get(address).content))
    text = archive.read(archive.namelist()[0]).decode("gbk")
    assert [line.split(",")[11].strip() for line in text.splitlines() if at_alipay in line] == ["19.99"]
    assert merchant.told(method, {"bill_type": "trade", "bill_date": "2020-01-01"})["code"] == "40004"


def test_alipay_takes_only_what_the_application_signed(merchant: Merchant) -> None:
    values = merchant.parameters("alipay.trade.query", {"out_trade_no": "order"}) | {"version": "2.0"}
    answer = httpx.post(merchant.alipay["gateway_url"], data=values).json()
    assert "error_response" in answer and "sign" not in answer


def test_alipay_knows_a_trade_once_it_is_scanned(merchant: Merchant) -> None:
    trade = {"out_trade_no": merchant.precreate()}
    assert merchant.told("alipay.trade.query", trade)["sub_code"] == "ACQ.TRADE_NOT_EXIST"
    assert merchant.told("alipay.trade.close", trade)["sub_code"] == "ACQ.TRADE_NOT_EXIST"
    merchant.control("pay", trade=trade["out_trade_no"])
    told = merchant.told("alipay.trade.query", trade)
    assert told["trade_status"] == "TRADE_SUCCESS" and told["total_amount"] == "19.99"
    assert merchant.told("alipay.trade.close", trade)["sub_code"] == "ACQ.TRADE_STATUS_ERROR"


def test_alipay_refunds_once(merchant: Merchant) -> None:
    trade = merchant.precreate()
    merchant.control("pay", trade=trade)
    content = {"out_trade_no": trade, "out_request_no": f"refund_{trade}", "refund_amount": "5.00"}
    asked = {"out_trade_no": trade, "out_request_no": f"refund_{trade}"}
    assert "refund_status" not in merchant.told("alipay.trade.fastpay.refund.query", asked)
    assert [merchant.told("alipay.trade.refund", content)["fund_change"] for _ in range(2)] == ["Y", "N"]
    told = merchant.told("alipay.trade.fastpay.refund.query", asked)
    assert told["refund_status"] == "REFUND_SUCCESS" and told["refund_amount"] == "5.00"
    rest = content | {"out_request_no": f"rest_{trade}", "refund_amount": "14.99"}
    assert merchant.told("alipay.trade.refund", rest)["refund_fee"] == "19.99"
    assert merchant.told("alipay.trade.query", {"out_trade_no": trade})["trade_status"] == "TRADE_CLOSED"


def test_the_page_of_alipay_pays_tells_and_leads_back(merchant: Merchant, receiver: Receiver) -> None:
    number = f"order_{next(NUMBERS):010}"
    content = {"out_trade_no": number, "total_amount": "19.99", "subject": "<b>", "time_expire": "2099"}
    values = merchant.parameters(
        "alipay.trade.wap.pay", content, notify_url=receiver.address, return_url="https://shop.example/back?a=1"
    )
    page = httpx.get(merchant.alipay["gateway_url"], params=values).text
    assert "&lt;b&gt;" in page and number in page
    response = httpx.get(f"{merchant.address}/alipay/page/pay?trade={number}")
    assert response.status_code == 303 and response.headers["Location"] == "https://shop.example/back?a=1"
    assert dict(parse_qsl(receiver.received[0].body.decode()))["out_trade_no"] == number


def test_answers_are_spoiled_as_often_as_was_asked(merchant: Merchant) -> None:
    trade = merchant.native()
    path = f"/v3/pay/transactions/out-trade-no/{trade}?mchid={merchant.wechat['merchant_id']}"
    merchant.control("fault", kind="unsigned", times=2)
    assert not merchant.is_signed(merchant.call("GET", path))
    assert merchant.ask("alipay.trade.query", {"out_trade_no": trade})[1] is False
    merchant.control("fault", kind="bad-signature", times=2)
    assert not merchant.is_signed(merchant.call("GET", path))
    assert merchant.ask("alipay.trade.query", {"out_trade_no": trade})[1] is False
    merchant.control("fault", kind="error")
    assert merchant.call("GET", path).status_code == 500
    merchant.control("fault", kind="cut")
    with pytest.raises(httpx.TransportError):
        merchant.call("GET", path)
    merchant.control("delay", seconds=2)
    began = time.monotonic()
    assert merchant.is_signed(merchant.call("GET", path))
    assert time.monotonic() - began >= 2
    began = time.monotonic()
    assert merchant.is_signed(merchant.call("GET", path))
    assert time.monotonic() - began < 2


# The sixty callbacks


def wechat_payment(merchant: Merchant, one: Received, trade: str) -> str | None:
    """The transaction for which a callback pays the trade; nil unless every rule is kept."""
    values = {name: [value for key, value in one.headers if key.lower() == name.lower()] for name in SIGNED}
    if any(len(found) != 1 for found in values.values()) or len(one.body) > 64 * 1024:
        return None
    timestamp, nonce, signature, serial = (values[name][0] for name in SIGNED)
    keys = {merchant.wechat["public_key_id"]: merchant.pinned}
    for entry in merchant.call("GET", "/v3/certificates").json()["data"]:
        certificate = x509.load_pem_x509_certificate(merchant.open(entry["encrypt_certificate"]))
        if certificate.not_valid_after_utc > datetime.now(timezone.utc):
            keys[entry["serial_no"]] = certificate.public_key()
    message = f"{timestamp}\n{nonce}\n".encode() + one.body + b"\n"
    if abs(time.time() - int(timestamp)) > 300.9 or serial not in keys:
        return None
    if not verifies(keys[serial], signature, message):
        return None
    resource = json.loads(one.body)["resource"]
    if resource["algorithm"] != "AEAD_AES_256_GCM" or len(resource["nonce"]) != 12:
        return None
    try:
        content = json.loads(merchant.open(resource))
    except InvalidTag:
        return None
    wanted = {
        "mchid": merchant.wechat["merchant_id"],
        "appid": merchant.wechat["app_id"],
        "out_trade_no": trade,
        "trade_state": "SUCCESS",
    }
    if any(content.get(name) != value for name, value in wanted.items()):
        return None
    amount = content["amount"]
    return content["transaction_id"] if (amount["total"], amount["currency"]) == (1999, "CNY") else None


def alipay_payment(merchant: Merchant, one: Received, trade: str) -> str | None:
    """As above, for Alipay."""
    parts = one.body.decode().split("&")
    pairs = [tuple(unquote(half.replace("+", " ")) for half in part.split("=")) for part in parts]
    fields = {pair[0]: pair[1] for pair in pairs}
    wanted = {
        "sign_type": "RSA2",
        "charset": "utf-8",
        "app_id": merchant.alipay["app_id"],
        "seller_id": merchant.alipay["seller_id"],
        "out_trade_no": trade,
        "total_amount": "19.99",
        "trade_status": "TRADE_SUCCESS",
    }
    is_wanted = all(fields.get(name) == value for name, value in wanted.items())
    if not is_wanted or len(fields) != len(pairs) or len(one.body) > 64 * 1024:
        return None
    signed = sorted(name for name in fields if name not in ("sign", "sign_type"))
    message = "&".join(f"{name}={fields[name]}" for name in signed).encode()
    return fields["trade_no"] if verifies(merchant.alipay_key, fields.get("sign", ""), message) else None


def test_the_matrix_has_fifty_bad_cases_and_ten_good_ones() -> None:
    assert [sum(case.is_good is kind for case in CASES) for kind in (False, True)] == [50, 10]
    assert len({case.name for case in CASES}) == 60
    assert {case.channel for case in CASES} == {"wechat", "alipay"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_callback_is_good_or_bad_as_its_case_says(merchant: Merchant, receiver: Receiver, case: Case) -> None:
    make, judge = (
        (merchant.native, wechat_payment) if case.channel == "wechat" else (merchant.precreate, alipay_payment)
    )
    trade = make(receiver.address)
    answers = merchant.control("notify", case=case.name, trade=trade)
    assert [answer["status"] for answer in answers] == [200] * len(receiver.received) != []
    transactions = {judge(merchant, one, trade) for one in receiver.received} - {None}
    assert len(transactions) == (1 if case.is_good else 0)
    # A bad callback must not come true when the gateway is asked.
    assert bool(merchant.control("state")["trades"][trade]["paid"]) is case.is_good


def test_a_control_that_is_not_there_or_misused_says_so(merchant: Merchant) -> None:
    for name, arguments, status in [("nothing", {}, 404), ("_lock", {}, 404), ("pay", {"trade": "none"}, 400)]:
        assert httpx.post(f"{merchant.address}/control/{name}", json=arguments).status_code == status


def test_many_ask_at_once(merchant: Merchant) -> None:
    with ThreadPoolExecutor(8) as pool:
        trades = list(pool.map(lambda _: merchant.native(), range(24)))
        assert [one["trade_state"] for one in pool.map(merchant.query, trades)] == ["NOTPAY"] * 24
    assert urlsplit(merchant.address).hostname == "127.0.0.1"
