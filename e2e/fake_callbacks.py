"""The sixty kinds of callbacks that payments are held to: fifty that must change nothing, and ten that must change the
state of the trade exactly once. Each function makes the requests of one case, about a trade that was paid or is told of
as if it were.
"""

import http.client
import json
import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import fake_keys
from cryptography.hazmat.primitives import hashes
from fake_alipay import signed_text
from fake_trades import Refund, Trade, china_time, yuan
from fake_wechat_pay import Callback, Draft

if TYPE_CHECKING:
    from fake_gateway import Gateway

Maker = Callable[["Gateway", Trade], list[Callback]]


@dataclass(frozen=True)
class Case:
    """One line of the matrix. A good case must change the state of the trade exactly once, a bad one never."""

    name: str
    channel: str
    is_good: bool
    callbacks: Maker
    is_parallel: bool = False
    gap_seconds: float = 0


CASES: list[Case] = []


def case(good: bool = False, parallel: bool = False, gap_seconds: float = 0) -> Callable[[Maker], Maker]:
    """Adds the case that is named as the function is."""

    def add(maker: Maker) -> Maker:
        name = maker.__name__.replace("_", "-")
        CASES.append(Case(name, name.split("-")[0], good, maker, parallel, gap_seconds))
        return maker

    return add


def deliver(
    callbacks: list[Callback], url: str, is_parallel: bool = False, gap_seconds: float = 0
) -> list[dict[str, Any]]:
    """Sends callbacks one after the other, or all at once, and tells of each answer."""
    if is_parallel:
        with ThreadPoolExecutor(len(callbacks)) as pool:
            return list(pool.map(lambda one: post(one, url), callbacks))
    answers = []
    for number, callback in enumerate(callbacks):
        if number:
            time.sleep(gap_seconds)
        answers.append(post(callback, url))
    return answers


def post(callback: Callback, url: str) -> dict[str, Any]:
    """One request, header by header: clients that keep headers in a dictionary could not send one twice."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=30)
    began = time.monotonic()
    try:
        connection.putrequest("POST", parts.path + (f"?{parts.query}" if parts.query else ""))
        connection.putheader("Content-Type", callback.content_type)
        connection.putheader("Content-Length", str(len(callback.body)))
        for name, value in callback.headers:
            connection.putheader(name, value)
        connection.endheaders(callback.body)
        response = connection.getresponse()
        body = response.read().decode(errors="replace")
        return {"status": response.status, "body": body, "seconds": time.monotonic() - began}
    except OSError as error:
        return {"status": 0, "body": repr(error), "seconds": time.monotonic() - began}
    finally:
        connection.close()


# WeChat Pay: good


def right(gateway: "Gateway", trade: Trade) -> Draft:
    return gateway.wechat.draft(trade)


def with_content(draft: Draft, **changes: Any) -> Draft:
    return replace(draft, content=draft.content | changes)


@case(good=True)
def wechat_paid(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [right(gateway, trade).callback()]


@case(good=True)
def wechat_paid_signed_by_certificate(gateway: "Gateway", trade: Trade) -> list[Callback]:
    wechat = gateway.wechat
    return [replace(right(gateway, trade), key=wechat.platform_key, serial=wechat.platform_serial).callback()]


@case(good=True)
def wechat_paid_295_seconds_old(gateway: "Gateway", trade: Trade) -> list[Callback]:
    # Four seconds less than the 299 that the unit tests hold it to: this one travels.
    return [replace(right(gateway, trade), signed_at=time.time() - 295).callback()]


@case(good=True)
def wechat_paid_299_seconds_ahead(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [replace(right(gateway, trade), signed_at=time.time() + 299).callback()]


@case(good=True, parallel=True)
def wechat_paid_twice_in_parallel(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [right(gateway, trade).callback(), right(gateway, trade).callback()]


@case(good=True)
def wechat_paid_replayed_to_the_byte(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [right(gateway, trade).callback()] * 3


@case(good=True)
def wechat_refund_before_payment(gateway: "Gateway", trade: Trade) -> list[Callback]:
    number = f"refund_{secrets.token_hex(6)}"
    unknown = Refund(number, trade.number, 1, "", "SUCCESS", f"50300{secrets.randbelow(10**12)}", time.time())
    return [gateway.wechat.refund_callback(trade, unknown), right(gateway, trade).callback()]


# WeChat Pay: signatures and headers


def with_header(callback: Callback, name: str, value: str) -> Callback:
    return replace(callback, headers=[(one, value if one == name else old) for one, old in callback.headers])


def header(callback: Callback, name: str) -> str:
    return dict(callback.headers)[name]


@case()
def wechat_signature_of_noise(gateway: "Gateway", trade: Trade) -> list[Callback]:
    noise = fake_keys.sign(fake_keys.new_key(), b"")
    return [with_header(right(gateway, trade).callback(), "Wechatpay-Signature", noise)]


@case()
def wechat_signtest(gateway: "Gateway", trade: Trade) -> list[Callback]:
    callback = right(gateway, trade).callback()
    trial = "WECHATPAY/SIGNTEST/" + header(callback, "Wechatpay-Signature")[19:]
    return [with_header(callback, "Wechatpay-Signature", trial)]


@case()
def wechat_signtest_before_a_right_signature(gateway: "Gateway", trade: Trade) -> list[Callback]:
    callback = right(gateway, trade).callback()
    trial = "WECHATPAY/SIGNTEST/" + header(callback, "Wechatpay-Signature")
    return [with_header(callback, "Wechatpay-Signature", trial)]


@case()
def wechat_other_key(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [replace(right(gateway, trade), key=fake_keys.new_key()).callback()]


@case()
def wechat_public_key_under_serial_of_certificate(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [replace(right(gateway, trade), serial=gateway.wechat.platform_serial).callback()]


@case()
def wechat_certificate_under_id_of_public_key(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [replace(right(gateway, trade), key=gateway.wechat.platform_key).callback()]


@case()
def wechat_serial_of_unknown_certificate(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [replace(right(gateway, trade), serial=secrets.token_hex(20).upper()).callback()]


@case()
def wechat_id_of_unknown_public_key(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [replace(right(gateway, trade), serial=f"PUB_KEY_ID_{secrets.randbelow(10**34):034}").callback()]


@case()
def wechat_expired_certificate(gateway: "Gateway", trade: Trade) -> list[Callback]:
    wechat = gateway.wechat
    return [replace(right(gateway, trade), key=wechat.expired_key, serial=wechat.expired_serial).callback()]


@case()
def wechat_301_seconds_old(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [replace(right(gateway, trade), signed_at=time.time() - 301).callback()]


@case()
def wechat_305_seconds_ahead(gateway: "Gateway", trade: Trade) -> list[Callback]:
    # Four seconds more than the 301 that the unit tests hold it to: this one travels.
    return [replace(right(gateway, trade), signed_at=time.time() + 305).callback()]


@case()
def wechat_other_timestamp_than_signed(gateway: "Gateway", trade: Trade) -> list[Callback]:
    callback = right(gateway, trade).callback()
    later = str(int(header(callback, "Wechatpay-Timestamp")) + 1)
    return [with_header(callback, "Wechatpay-Timestamp", later)]


@case()
def wechat_other_nonce_than_signed(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [with_header(right(gateway, trade).callback(), "Wechatpay-Nonce", secrets.token_hex(16))]


def without_header(name: str) -> Maker:
    def make(gateway: "Gateway", trade: Trade) -> list[Callback]:
        callback = right(gateway, trade).callback()
        return [replace(callback, headers=[one for one in callback.headers if one[0] != name])]

    make.__name__ = f"{name.lower().replace('wechatpay-', 'wechat_')}_missing"
    return make


def with_doubled_header(name: str) -> Maker:
    def make(gateway: "Gateway", trade: Trade) -> list[Callback]:
        callback = right(gateway, trade).callback()
        return [replace(callback, headers=[*callback.headers, (name, header(callback, name))])]

    make.__name__ = f"{name.lower().replace('wechatpay-', 'wechat_')}_doubled"
    return make


for word in ["Timestamp", "Nonce", "Signature", "Serial"]:
    case()(without_header(f"Wechatpay-{word}"))
    case()(with_doubled_header(f"Wechatpay-{word}"))


# WeChat Pay: bodies


@case()
def wechat_body_written_anew(gateway: "Gateway", trade: Trade) -> list[Callback]:
    callback = right(gateway, trade).callback()
    return [replace(callback, body=json.dumps(json.loads(callback.body), ensure_ascii=False).encode())]


@case()
def wechat_body_empty(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [replace(right(gateway, trade).callback(), body=b"")]


@case()
def wechat_body_of_65_kilobytes(gateway: "Gateway", trade: Trade) -> list[Callback]:
    draft = right(gateway, trade)
    return [replace(draft, padding=65 * 1024 - len(draft.body())).callback()]


@case()
def wechat_tag_flipped(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [replace(right(gateway, trade), flip_tag=True).callback()]


@case()
def wechat_associated_data_changed(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [replace(right(gateway, trade), stated_associated_data="refund").callback()]


@case()
def wechat_nonce_of_eleven_bytes(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [replace(right(gateway, trade), nonce=b"fdasflkja48").callback()]


@case()
def wechat_other_api_key(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [replace(right(gateway, trade), api_key=secrets.token_hex(16).encode()).callback()]


@case()
def wechat_other_algorithm(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [replace(right(gateway, trade), algorithm="AEAD_SM4_GCM").callback()]


# WeChat Pay: contents that are signed and sealed as they should be


def with_amount(draft: Draft, fen: int, currency: str = "CNY") -> Draft:
    amount = {"total": fen, "payer_total": fen, "currency": currency, "payer_currency": currency}
    return with_content(draft, amount=amount)


@case()
def wechat_one_fen_more(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [with_amount(right(gateway, trade), trade.paid + 1).callback()]


@case()
def wechat_one_fen_less(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [with_amount(right(gateway, trade), trade.paid - 1).callback()]


@case()
def wechat_dollars(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [with_amount(right(gateway, trade), trade.paid, "USD").callback()]


@case()
def wechat_other_merchant(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [with_content(right(gateway, trade), mchid="1900000108").callback()]


@case()
def wechat_other_application(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [with_content(right(gateway, trade), appid="wx0000000000000000").callback()]


@case()
def wechat_unknown_order(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [with_content(right(gateway, trade), out_trade_no=f"none_{secrets.token_hex(8)}").callback()]


@case()
def wechat_not_paid(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [with_content(right(gateway, trade), trade_state="NOTPAY").callback()]


# Alipay: good


def changed(gateway: "Gateway", trade: Trade, **changes: str) -> dict[str, str]:
    return gateway.alipay.fields(trade) | changes


@case(good=True)
def alipay_paid(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [gateway.alipay.callback(changed(gateway, trade))]


@case(good=True, gap_seconds=1)
def alipay_paid_twice_one_second_apart(gateway: "Gateway", trade: Trade) -> list[Callback]:
    later = changed(gateway, trade, notify_time=china_time(time.time() + 1))
    return [gateway.alipay.callback(changed(gateway, trade)), gateway.alipay.callback(later)]


@case(good=True)
def alipay_waiting_after_paid(gateway: "Gateway", trade: Trade) -> list[Callback]:
    waiting = changed(gateway, trade, trade_status="WAIT_BUYER_PAY", notify_id=f"w{trade.transaction}")
    return [gateway.alipay.callback(changed(gateway, trade)), gateway.alipay.callback(waiting)]


# Alipay: bad


def altered(callback: Callback, **changes: str | None) -> Callback:
    """The same body with parameters changed or left out after it was signed."""
    pairs = parse_qsl(callback.body.decode(), keep_blank_values=True)
    kept = [(name, changes.get(name, value)) for name, value in pairs]
    return replace(callback, body=urlencode([(name, value) for name, value in kept if value is not None]).encode())


@case()
def alipay_signature_of_noise(gateway: "Gateway", trade: Trade) -> list[Callback]:
    noise = fake_keys.sign(fake_keys.new_key(), b"")
    return [altered(gateway.alipay.callback(changed(gateway, trade)), sign=noise)]


@case()
def alipay_other_key(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [gateway.alipay.callback(changed(gateway, trade), fake_keys.new_key())]


@case()
def alipay_signature_missing(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [altered(gateway.alipay.callback(changed(gateway, trade)), sign=None)]


@case()
def alipay_older_signature_type(gateway: "Gateway", trade: Trade) -> list[Callback]:
    fields = list(changed(gateway, trade, sign_type="RSA").items())
    signature = fake_keys.sign(gateway.alipay.key, signed_text(fields, {"sign", "sign_type"}), hashes.SHA1())
    return [replace(gateway.alipay.callback({}), body=urlencode([*fields, ("sign", signature)]).encode())]


@case()
def alipay_other_character_set(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [gateway.alipay.callback(changed(gateway, trade, charset="gbk"))]


@case()
def alipay_parameter_doubled(gateway: "Gateway", trade: Trade) -> list[Callback]:
    callback = gateway.alipay.callback(changed(gateway, trade))
    return [replace(callback, body=callback.body + b"&out_trade_no=" + trade.number.encode())]


@case()
def alipay_amount_changed_after_signing(gateway: "Gateway", trade: Trade) -> list[Callback]:
    less = gateway.alipay.callback(changed(gateway, trade, total_amount="0.01"))
    return [altered(less, total_amount=yuan(trade.paid))]


@case()
def alipay_one_fen_more(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [gateway.alipay.callback(changed(gateway, trade, total_amount=yuan(trade.paid + 1)))]


@case()
def alipay_one_fen_less(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [gateway.alipay.callback(changed(gateway, trade, total_amount=yuan(trade.paid - 1)))]


@case()
def alipay_other_application(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [gateway.alipay.callback(changed(gateway, trade, app_id="2021000000000002"))]


@case()
def alipay_other_seller(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [gateway.alipay.callback(changed(gateway, trade, seller_id="2088000000000002"))]


@case()
def alipay_unknown_order(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [gateway.alipay.callback(changed(gateway, trade, out_trade_no=f"none_{secrets.token_hex(8)}"))]


@case()
def alipay_not_paid(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [gateway.alipay.callback(changed(gateway, trade, trade_status="WAIT_BUYER_PAY"))]


@case()
def alipay_body_of_65_kilobytes(gateway: "Gateway", trade: Trade) -> list[Callback]:
    return [gateway.alipay.callback(changed(gateway, trade, body="a" * 65 * 1024))]
