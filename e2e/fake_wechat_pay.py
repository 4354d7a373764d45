"""WeChat Pay, API v3, as one merchant sees it."""

import base64
import hashlib
import json
import os
import re
import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import fake_keys
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from fake_trades import Refund, Refused, Reply, Trade, Trades, china_rfc3339, china_time, yuan


@dataclass
class Callback:
    """One request to Nuanlin, to the byte; a header may be there twice."""

    headers: list[tuple[str, str]]
    body: bytes
    content_type: str = "application/json"


@dataclass
class Draft:
    """A callback before it is sealed and signed; right until a case changes something."""

    event: str
    content: dict[str, Any]
    key: fake_keys.RSAPrivateKey
    serial: str
    api_key: bytes
    signed_at: float = field(default_factory=time.time)
    nonce: bytes = b"fdasflkja484"
    algorithm: str = "AEAD_AES_256_GCM"
    associated_data: str = "transaction"
    stated_associated_data: str | None = None
    stated_nonce: str | None = None
    flip_tag: bool = False
    padding: int = 0

    def body(self) -> bytes:
        text = json.dumps(self.content, ensure_ascii=False, separators=(",", ":")).encode()
        sealed = bytearray(AESGCM(self.api_key).encrypt(self.nonce, text, self.associated_data.encode()))
        if self.flip_tag:
            sealed[-1] ^= 1
        stated = self.associated_data if self.stated_associated_data is None else self.stated_associated_data
        resource = {
            "original_type": "refund" if self.event.startswith("REFUND") else "transaction",
            "algorithm": self.algorithm,
            "ciphertext": base64.b64encode(sealed).decode(),
            "associated_data": stated,
            "nonce": self.stated_nonce or self.nonce.decode(),
        }
        document = {
            "id": f"EV-{self.content.get('out_refund_no') or self.content['transaction_id']}",
            "create_time": china_rfc3339(self.signed_at),
            "resource_type": "encrypt-resource",
            "event_type": self.event,
            "summary": "支付成功",
            "resource": resource,
        }
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b" " * self.padding

    def callback(self) -> Callback:
        body = self.body()
        return Callback(signature_headers(self.key, self.serial, body, self.signed_at), body)


def signature_headers(
    key: fake_keys.RSAPrivateKey, serial: str, body: bytes, at: float | None = None
) -> list[tuple[str, str]]:
    timestamp, nonce = str(int(time.time() if at is None else at)), secrets.token_hex(16)
    message = f"{timestamp}\n{nonce}\n".encode() + body + b"\n"
    return [
        ("Wechatpay-Timestamp", timestamp),
        ("Wechatpay-Nonce", nonce),
        ("Wechatpay-Signature", fake_keys.sign(key, message)),
        ("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048"),
        ("Wechatpay-Serial", serial),
    ]


class WeChatPay:
    merchant = "1900000109"
    application = "wxd678efh567hg6787"

    def __init__(self, trades: Trades, address: str) -> None:
        self.trades = trades
        self.address = address
        self.api_key = secrets.token_hex(16).encode()
        self.merchant_key = fake_keys.new_key()
        self.merchant_serial, _ = fake_keys.certificate(self.merchant_key, -1, 365)
        self.pinned_key = fake_keys.new_key()
        self.pinned_id = f"PUB_KEY_ID_{secrets.randbelow(10**34):034}"
        self.platform_key = fake_keys.new_key()
        self.platform_serial, self.platform_text = fake_keys.certificate(self.platform_key, -1, 365)
        self.expired_key = fake_keys.new_key()
        self.expired_serial, self.expired_text = fake_keys.certificate(self.expired_key, -30, -1)
        self.bills: dict[str, bytes] = {}

    def write_keys(self, folder: Path) -> dict[str, Any]:
        public = folder / "wechat-pay-public-key.pem"
        public.write_text(fake_keys.public_text(self.pinned_key))
        key_text = fake_keys.private_text(self.merchant_key)
        settings = {
            "base_url": self.address,
            "merchant_id": self.merchant,
            "app_id": self.application,
            "certificate_serial": self.merchant_serial,
            "signing_key": fake_keys.write_secret(folder / "wechat-pay-merchant-key.pem", key_text),
            "api_key": fake_keys.write_secret(folder / "wechat-pay-api-key", self.api_key.decode()),
            "public_key_id": self.pinned_id,
            "public_key": str(public),
        }
        return {"wechat_pay": settings}

    # Answers

    def answer(self, method: str, target: str, headers: dict[str, str], body: bytes, fault: str) -> Reply:
        if not self.is_ours(method, target, headers, body):
            return Reply.json(401, {"code": "SIGN_ERROR", "message": "签名错误"})
        if target.startswith("/v3/billdownload/"):
            token = parse_qs(urlsplit(target).query).get("token", [""])[0]
            return Reply(200 if token in self.bills else 404, self.bills.get(token, b""))
        try:
            status, value = self.decide(method, target, json.loads(body) if body else {})
        except Refused as refused:
            status, value = refused.status, {"code": refused.code, "message": refused.code}
        except (KeyError, TypeError, ValueError):
            status, value = 400, {"code": "PARAM_ERROR", "message": "参数错误"}
        reply = Reply(204, b"") if value is None else Reply.json(status, value)
        if fault == "unsigned":
            return reply
        key, serial = self.platform_key, self.platform_serial
        if lowered(headers).get("wechatpay-serial") == self.pinned_id:
            key, serial = self.pinned_key, self.pinned_id
        signed = dict(signature_headers(self.merchant_key if fault == "bad-signature" else key, serial, reply.body))
        return Reply(reply.status, reply.body, reply.headers | signed)

    def is_ours(self, method: str, target: str, headers: dict[str, str], body: bytes) -> bool:
        scheme, _, rest = lowered(headers).get("authorization", "").partition(" ")
        given = dict(re.findall(r'(\w+)="([^"]*)"', rest))
        message = "\n".join([method, target, given.get("timestamp", ""), given.get("nonce_str", ""), ""]).encode()
        return (
            scheme == "WECHATPAY2-SHA256-RSA2048"
            and given.get("mchid") == self.merchant
            and given.get("serial_no") == self.merchant_serial
            and abs(time.time() - int(given.get("timestamp") or 0)) < 300
            and fake_keys.is_signed(self.merchant_key.public_key(), given.get("signature", ""), message + body + b"\n")
        )

    def decide(self, method: str, target: str, body: dict[str, Any]) -> tuple[int, Any]:
        parts = urlsplit(target)
        match method, parts.path.removeprefix("/v3/").split("/"):
            case "GET", ["certificates"]:
                return 200, self.certificates()
            case "POST", ["pay", "transactions", "native"]:
                trade = self.begin(body)
                return 200, {"code_url": f"weixin://wxpay/bizpayurl?pr={trade.number}"}
            case "POST", ["pay", "transactions", "jsapi"]:
                trade = self.begin(body)
                trade.openid = body["payer"]["openid"]
                return 200, {"prepay_id": f"wx{trade.number}"}
            case "GET", ["pay", "transactions", "out-trade-no", number]:
                if parse_qs(parts.query).get("mchid") != [self.merchant]:
                    raise Refused("PARAM_ERROR")
                if number not in self.trades.by_number:
                    raise Refused("ORDER_NOT_EXIST", 404)
                return 200, self.transaction(self.trades.by_number[number])
            case "POST", ["pay", "transactions", "out-trade-no", number, "close"]:
                self.trades.close(number)
                return 204, None
            case "POST", ["refund", "domestic", "refunds"]:
                return 200, self.refund(body)
            case "GET", ["refund", "domestic", "refunds", number]:
                if number not in self.trades.refunds:
                    raise Refused("RESOURCE_NOT_EXISTS", 404)
                return 200, self.refund_json(self.trades.refunds[number])
            case "GET", ["bill", "tradebill"]:
                return 200, self.bill(parse_qs(parts.query)["bill_date"][0])
        raise Refused("RESOURCE_NOT_EXISTS", 404)

    def begin(self, body: dict[str, Any]) -> Trade:
        if body["mchid"] != self.merchant or body["appid"] != self.application or body["amount"]["currency"] != "CNY":
            raise Refused("PARAM_ERROR")
        return self.trades.begin(
            Trade(
                number=body["out_trade_no"],
                channel="wechat",
                total=int(body["amount"]["total"]),
                subject=body["description"],
                notify_url=body["notify_url"],
                expires_at=body["time_expire"],
            )
        )

    def transaction(self, trade: Trade) -> dict[str, Any]:
        """A trade as queries and callbacks tell of it."""
        if trade.paid:
            state = "REFUND" if self.trades.refunded(trade) else "SUCCESS"
        else:
            state = "CLOSED" if trade.closed else "NOTPAY"
        told: dict[str, Any] = {
            "mchid": self.merchant,
            "appid": self.application,
            "out_trade_no": trade.number,
            "trade_state": state,
            "trade_state_desc": state,
            "payer": {"openid": trade.openid} if trade.openid else {},
            "amount": {"total": trade.paid or trade.total, "currency": "CNY"},
        }
        if trade.paid:
            told |= {
                "transaction_id": trade.transaction,
                "trade_type": "JSAPI" if trade.openid else "NATIVE",
                "bank_type": "OTHERS",
                "success_time": china_rfc3339(trade.paid_at),
            }
            told["amount"] |= {"payer_total": trade.paid, "payer_currency": "CNY"}
        return told

    def refund(self, body: dict[str, Any]) -> dict[str, Any]:
        trade = self.trades.by_number.get(body["out_trade_no"])
        if trade is not None and trade.paid and body["amount"]["total"] != trade.paid:
            raise Refused("INVALID_REQUEST")
        made = self.trades.refund(
            body["out_refund_no"], body["out_trade_no"], int(body["amount"]["refund"]), body.get("notify_url", "")
        )
        return self.refund_json(made)

    def refund_json(self, refund: Refund) -> dict[str, Any]:
        trade = self.trades.by_number[refund.trade]
        told = {
            "refund_id": refund.transaction,
            "out_refund_no": refund.number,
            "transaction_id": trade.transaction,
            "out_trade_no": trade.number,
            "channel": "ORIGINAL",
            "user_received_account": "支付用户零钱",
            "create_time": china_rfc3339(refund.at),
            "status": refund.outcome,
            "amount": {"total": trade.paid, "refund": refund.amount, "payer_total": trade.paid, "currency": "CNY"},
        }
        return told | ({"success_time": china_rfc3339(refund.at)} if refund.outcome == "SUCCESS" else {})

    def certificates(self) -> dict[str, Any]:
        data = []
        for serial, text in [(self.platform_serial, self.platform_text), (self.expired_serial, self.expired_text)]:
            nonce = os.urandom(6).hex()
            sealed = AESGCM(self.api_key).encrypt(nonce.encode(), text.encode(), b"certificate")
            sealed_json = {
                "algorithm": "AEAD_AES_256_GCM",
                "nonce": nonce,
                "associated_data": "certificate",
                "ciphertext": base64.b64encode(sealed).decode(),
            }
            data.append({"serial_no": serial, "encrypt_certificate": sealed_json})
        return {"data": data}

    def bill(self, day: str) -> dict[str, Any]:
        paid, back = self.trades.on(day, "wechat")
        if not paid and not back:
            raise Refused("NO_STATEMENT_EXIST")
        rows = [BILL_HEADING]
        rows += [bill_row(self, one, None) for one in paid]
        rows += [bill_row(self, self.trades.by_number[one.trade], one) for one in back]
        total, returned = yuan(sum(one.paid for one in paid)), yuan(sum(one.amount for one in back))
        rows.append("总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额")
        sums = [str(len(paid) + len(back)), total, returned, "0.00", "0.00000", total, returned]
        rows.append(",".join("`" + one for one in sums))
        file = ("\ufeff" + "\r\n".join(rows) + "\r\n").encode()
        token = secrets.token_urlsafe(16)
        self.bills[token] = file
        return {
            "hash_type": "SHA1",
            "hash_value": hashlib.sha1(file).hexdigest(),
            "download_url": f"{self.address}/v3/billdownload/file?token={token}",
        }

    # Callbacks

    def draft(self, trade: Trade) -> Draft:
        """Of a paid trade, signed with the pinned key."""
        content = self.transaction(trade) | {"trade_state": "SUCCESS"}
        return Draft("TRANSACTION.SUCCESS", content, self.pinned_key, self.pinned_id, self.api_key)

    def refund_draft(self, trade: Trade, refund: Refund) -> Draft:
        content = {
            "mchid": self.merchant,
            "out_trade_no": trade.number,
            "transaction_id": trade.transaction,
            "out_refund_no": refund.number,
            "refund_id": refund.transaction,
            "refund_status": refund.outcome,
            "success_time": china_rfc3339(refund.at),
            "user_received_account": "支付用户零钱",
            "amount": {
                "total": trade.paid,
                "refund": refund.amount,
                "payer_total": trade.paid,
                "payer_refund": refund.amount,
            },
        }
        event = f"REFUND.{refund.outcome}"
        return Draft(event, content, self.pinned_key, self.pinned_id, self.api_key, associated_data="refund")

    def refund_callback(self, trade: Trade, refund: Refund) -> Callback:
        return self.refund_draft(trade, refund).callback()


def lowered(headers: dict[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


BILL_HEADING = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
    "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,"
    "手续费,费率,订单金额,申请退款金额,费率备注"
)


def bill_row(gateway: WeChatPay, trade: Trade, refund: Refund | None) -> str:
    """One line of the bill: of the payment, or of a refund of it. Commas in subjects would end a column."""
    at = china_time(refund.at if refund else trade.paid_at)
    back = yuan(refund.amount) if refund else "0.00"
    values = [at, gateway.application, gateway.merchant, "0", "", trade.transaction, trade.number, trade.openid]
    values += ["JSAPI" if trade.openid else "NATIVE", "REFUND" if refund else "SUCCESS", "OTHERS", "CNY"]
    values += ["0.00" if refund else yuan(trade.paid), "0.00"]
    values += [refund.transaction if refund else "0", refund.number if refund else "0", back, "0.00"]
    values += ["ORIGINAL" if refund else "", "SUCCESS" if refund else "", trade.subject.replace(",", " "), ""]
    values += ["0.00000", "0.00%", "0.00" if refund else yuan(trade.paid), back, ""]
    return ",".join("`" + one for one in values)
