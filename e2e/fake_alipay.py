"""Alipay's open platform, as one seller sees it."""

import html
import io
import json
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import fake_keys
from fake_trades import Refund, Refused, Reply, Trade, Trades, china_time, yuan
from fake_wechat_pay import Callback

Fields = list[tuple[str, str]]


def signed_text(fields: Fields, without: set[str]) -> bytes:
    """What a signature is over: sorted by name, values as they are."""
    return "&".join(f"{name}={value}" for name, value in sorted(fields) if name not in without).encode()


def fen(text: str) -> int:
    """`12.50` as 1250, by its digits."""
    whole, _, part = text.partition(".")
    if not whole.isdecimal() or len(part) > 2 or (part and not part.isdecimal()):
        raise ValueError(text)
    return int(whole) * 100 + int((part + "00")[:2])


class Alipay:
    application = "2021000000000001"
    seller = "2088000000000001"

    def __init__(self, trades: Trades, gateway_url: str) -> None:
        self.trades = trades
        self.gateway_url = gateway_url
        self.key = fake_keys.new_key()
        self.application_key = fake_keys.new_key()

    def write_keys(self, folder: Path) -> dict[str, Any]:
        public = folder / "alipay-public-key.pem"
        public.write_text(fake_keys.public_text(self.key))
        key_text = fake_keys.private_text(self.application_key)
        settings = {
            "gateway_url": self.gateway_url,
            "app_id": self.application,
            "seller_id": self.seller,
            "signing_key": fake_keys.write_secret(folder / "alipay-application-key.pem", key_text),
            "alipay_key": str(public),
        }
        return {"alipay": settings}

    # Answers

    def answer(self, fields: Fields, fault: str) -> Reply:
        given = dict(fields)
        method = given.get("method", "")
        # Alipay knows no trustworthy answer to a request that is not ours: this one is not signed.
        if not self.is_ours(fields):
            code = {"code": "40002", "msg": "Invalid Arguments", "sub_code": "isv.invalid-signature"}
            return Reply.json(200, {"error_response": code})
        try:
            content = json.loads(given["biz_content"])
            if method == "alipay.trade.wap.pay":
                return self.page(given, content)
            node = {"code": "10000", "msg": "Success"} | self.decide(method, given, content)
        except Refused as refused:
            node = {"code": "40004", "msg": "Business Failed", "sub_code": refused.code, "sub_msg": refused.code}
        except (KeyError, TypeError, ValueError):
            node = {"code": "40002", "msg": "Invalid Arguments", "sub_code": "isv.invalid-parameter"}
        text = json.dumps(node, ensure_ascii=False, separators=(",", ":")).replace("/", "\\/")
        signature = fake_keys.sign(self.application_key if fault == "bad-signature" else self.key, text.encode())
        end = "}" if fault == "unsigned" else f',"sign":"{signature}"}}'
        body = f'{{"{method.replace(".", "_")}_response":{text}{end}'
        return Reply(200, body.encode(), {"Content-Type": "text/html;charset=utf-8"})

    def is_ours(self, fields: Fields) -> bool:
        given = dict(fields)
        message = signed_text(fields, {"sign"})
        return (
            len(given) == len(fields)
            and given.get("app_id") == self.application
            and given.get("sign_type") == "RSA2"
            and given.get("charset") == "utf-8"
            and fake_keys.is_signed(self.application_key.public_key(), given.get("sign", ""), message)
        )

    def decide(self, method: str, given: dict[str, str], content: dict[str, Any]) -> dict[str, Any]:
        match method:
            case "alipay.trade.precreate":
                trade = self.begin(given, content)
                return {"out_trade_no": trade.number, "qr_code": f"{self.origin}/alipay/code/{trade.number}"}
            case "alipay.trade.query":
                return self.query(self.known(content["out_trade_no"]))
            case "alipay.trade.close":
                trade = self.known(content["out_trade_no"])
                if trade.paid or trade.closed:
                    raise Refused("ACQ.TRADE_STATUS_ERROR")
                trade.closed = True
                return {"out_trade_no": trade.number, "trade_no": trade.transaction}
            case "alipay.trade.refund":
                return self.refund(content)
            case "alipay.trade.fastpay.refund.query":
                return self.refund_query(content)
            case "alipay.data.dataservice.bill.downloadurl.query":
                return self.bill(content["bill_date"])
        raise Refused("isv.invalid-method")

    @property
    def origin(self) -> str:
        parts = urlsplit(self.gateway_url)
        return f"{parts.scheme}://{parts.netloc}"

    def begin(self, given: dict[str, str], content: dict[str, Any]) -> Trade:
        asked = Trade(
            number=content["out_trade_no"],
            channel="alipay",
            total=fen(content["total_amount"]),
            subject=content["subject"],
            notify_url=given["notify_url"],
            expires_at=content["time_expire"],
            return_url=given.get("return_url", ""),
        )
        try:
            return self.trades.begin(asked)
        except Refused as refused:
            words = {"ORDER_CLOSED": "ACQ.TRADE_HAS_CLOSE", "ORDERPAID": "ACQ.TRADE_HAS_SUCCESS"}
            raise Refused(words.get(refused.code, "ACQ.CONTEXT_INCONSISTENT")) from refused

    def page(self, given: dict[str, str], content: dict[str, Any]) -> Reply:
        trade = self.begin(given, content)
        trade.scanned = True
        link = f"{self.origin}/alipay/page/pay?{urlencode({'trade': trade.number})}"
        text = (
            "<!doctype html><html lang=zh><meta charset=utf-8><title>Alipay</title>"
            f"<h1>{html.escape(trade.subject)}</h1><p>¥{yuan(trade.total)}</p>"
            f"<a id=pay href='{html.escape(link)}'>付款</a>"
            f"<a id=back href='{html.escape(trade.return_url)}'>返回</a></html>"
        )
        return Reply(200, text.encode(), {"Content-Type": "text/html;charset=utf-8"})

    def known(self, number: str) -> Trade:
        """A trade that Alipay knows: nobody has to scan a code that was shown."""
        trade = self.trades.by_number.get(number)
        if trade is None or not trade.scanned:
            raise Refused("ACQ.TRADE_NOT_EXIST")
        return trade

    def status(self, trade: Trade) -> str:
        if trade.paid:
            return "TRADE_CLOSED" if self.went_back(trade) == trade.paid else "TRADE_SUCCESS"
        return "TRADE_CLOSED" if trade.closed else "WAIT_BUYER_PAY"

    def went_back(self, trade: Trade) -> int:
        settled = (one for one in self.trades.refunds.values() if one.trade == trade.number)
        return sum(one.amount for one in settled if one.outcome == "SUCCESS")

    def query(self, trade: Trade) -> dict[str, Any]:
        told = {
            "out_trade_no": trade.number,
            "trade_no": trade.transaction,
            "trade_status": self.status(trade),
            "total_amount": yuan(trade.paid or trade.total),
            "buyer_logon_id": "138****0000",
        }
        return told | ({"send_pay_date": china_time(trade.paid_at)} if trade.paid else {})

    def refund(self, content: dict[str, Any]) -> dict[str, Any]:
        trade = self.known(content["out_trade_no"])
        is_new = content["out_request_no"] not in self.trades.refunds
        try:
            made = self.trades.refund(
                content["out_request_no"], trade.number, fen(content["refund_amount"]), trade.notify_url
            )
        except Refused as refused:
            words = {"NOT_ENOUGH": "ACQ.SELLER_BALANCE_NOT_ENOUGH", "RESOURCE_NOT_EXISTS": "ACQ.TRADE_STATUS_ERROR"}
            raise Refused(words.get(refused.code, "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL")) from refused
        told = {
            "out_trade_no": trade.number,
            "trade_no": trade.transaction,
            "fund_change": "Y" if is_new and made.outcome == "SUCCESS" else "N",
            "refund_fee": yuan(self.went_back(trade)),
        }
        return told | ({"gmt_refund_pay": china_time(made.at)} if made.outcome == "SUCCESS" else {})

    def refund_query(self, content: dict[str, Any]) -> dict[str, Any]:
        trade = self.known(content["out_trade_no"])
        made = self.trades.refunds.get(content["out_request_no"])
        if made is None or made.trade != trade.number or made.outcome != "SUCCESS":
            return {}
        return {
            "out_trade_no": trade.number,
            "trade_no": trade.transaction,
            "out_request_no": made.number,
            "refund_status": "REFUND_SUCCESS",
            "total_amount": yuan(trade.paid),
            "refund_amount": yuan(made.amount),
            "gmt_refund_pay": china_time(made.at),
        }

    def bill(self, day: str) -> dict[str, Any]:
        if not any(self.trades.on(day, "alipay")):
            raise Refused("isp.bill_not_exist")
        return {"bill_download_url": f"{self.origin}/alipay/bill.zip?{urlencode({'day': day})}"}

    def bill_file(self, query: dict[str, str]) -> Reply:
        """The bill as Alipay makes it: comma-separated files in GBK, zipped."""
        day = query.get("day", "")
        paid, back = self.trades.on(day, "alipay")
        rows = ["#支付宝业务明细查询", f"#账号：[{self.seller}]", "#----业务明细列表----", BILL_HEADING]
        rows += [bill_row(one, None) for one in paid]
        rows += [bill_row(self.trades.by_number[one.trade], one) for one in back]
        total, returned = yuan(sum(one.paid for one in paid)), yuan(sum(one.amount for one in back))
        rows += ["#----业务明细列表结束----"]
        rows += [f"#交易合计：{len(paid)}笔，商家实收共{total}元，商家优惠共0.00元"]
        rows += [f"#退款合计：{len(back)}笔，商家实收退款共-{returned}元，商家优惠退款共0.00元"]
        summary = ["#支付宝业务汇总查询", "门店编号,门店名称,交易订单总笔数,退款订单总笔数", f"合计,,{len(paid)},{len(back)}"]
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, lines in [("业务明细", rows), ("业务明细(汇总)", summary)]:
                archive.writestr(f"{self.seller}_{day}_{name}.csv", ("\r\n".join(lines) + "\r\n").encode("gbk"))
        return Reply(200, packed.getvalue(), {"Content-Type": "application/zip"})

    # Callbacks

    def fields(self, trade: Trade) -> dict[str, str]:
        """The parameters of a callback about a paid trade, before they are signed."""
        return {
            "notify_time": china_time(trade.paid_at),
            "notify_type": "trade_status_sync",
            "notify_id": f"n{trade.transaction}",
            "charset": "utf-8",
            "version": "1.0",
            "sign_type": "RSA2",
            "app_id": self.application,
            "auth_app_id": self.application,
            "trade_no": trade.transaction,
            "out_trade_no": trade.number,
            "buyer_id": "2088000000000009",
            "seller_id": self.seller,
            "trade_status": "TRADE_SUCCESS",
            "total_amount": yuan(trade.paid),
            "receipt_amount": yuan(trade.paid),
            "subject": trade.subject,
            "gmt_create": china_time(trade.paid_at),
            "gmt_payment": china_time(trade.paid_at),
            "body": "",
        }

    def callback(self, fields: dict[str, str], key: fake_keys.RSAPrivateKey | None = None) -> Callback:
        pairs = list(fields.items())
        signature = fake_keys.sign(key or self.key, signed_text(pairs, {"sign", "sign_type"}))
        body = urlencode([*pairs, ("sign", signature)]).encode()
        return Callback([], body, "application/x-www-form-urlencoded; charset=utf-8")

    def refund_callback(self, trade: Trade, refund: Refund) -> Callback:
        fields = self.fields(trade) | {
            "notify_id": f"r{refund.number}",
            "trade_status": self.status(trade),
            "refund_fee": yuan(self.went_back(trade)),
            "out_biz_no": refund.number,
            "gmt_refund": f"{china_time(refund.at)}.000",
        }
        return self.callback(fields)


BILL_HEADING = (
    "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,"
    "商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,"
    "卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注"
)


def bill_row(trade: Trade, refund: Refund | None) -> str:
    """One line of the bill: of the payment, or of a refund of it, whose amounts are negative."""
    at = china_time(refund.at if refund else trade.paid_at)
    amount = f"-{yuan(refund.amount)}" if refund else yuan(trade.paid)
    values = [trade.transaction, trade.number, "退款" if refund else "交易", trade.subject.replace(",", " ")]
    values += [china_time(trade.paid_at), at, "", "", "", "", "*邻居", amount, amount]
    values += ["0.00", "0.00", "0.00", "0.00", "0.00", "", "0.00", "0.00"]
    values += [refund.number if refund else "", "0.00", "0.00", ""]
    return ",".join(one + "\t" for one in values)
