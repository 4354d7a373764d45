"""Alibaba Cloud SMS and a WeChat official account for the browser suite: a process that checks every signature by itself.

    python fake_message_gateway.py --port 9001 --keys FOLDER

writes into FOLDER the secrets that Nuanlin is given and `settings.json` with the rest, and serves until it is ended. Tests steer it
below `/control/`: `fault` spoils the next answers, `state` tells what was carried, `receipt` says what became of a message.
"""

import argparse
import hashlib
import hmac
import json
import threading
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

KEY_ID, SECRET = "fake-key-id", "fake-secret-of-the-key"
APP_ID, APP_SECRET = "wxfake", "fake-app-secret"
TEMPLATES = {"SMS_CHINESE", "SMS_ENGLISH"}


def canonical_query(pairs: list[tuple[str, str]]) -> str:
    encoded = sorted((quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in pairs)
    return "&".join(f"{name}={value}" for name, value in encoded)


class Gateway:
    def __init__(self, keys: Path, address: str) -> None:
        keys.mkdir(parents=True, exist_ok=True)
        secrets = {
            "access_key_secret": SECRET, "app_secret": APP_SECRET, "token": "fake-token",
            "encoding_key": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
        }  # fmt: skip
        for name, secret in secrets.items():
            path = keys / name
            path.write_text(secret)
            path.chmod(0o400)
        settings = {
            "alibaba_sms": {
                "access_key_id": KEY_ID, "access_key_secret": str(keys / "access_key_secret"), "sign_name": "桂花里",
                "template": "SMS_CHINESE", "template_english": "SMS_ENGLISH", "base_url": address,
            },
            "wechat": {
                "app_id": APP_ID, "app_secret": str(keys / "app_secret"), "token": str(keys / "token"),
                "encoding_key": str(keys / "encoding_key"), "template_id": "T1", "community_place": "thing1",
                "matter_place": "thing2", "phone_place": "phone_number3", "base_url": address,
                "authorize_url": f"{address}/authorize",
            },
        }  # fmt: skip
        (keys / "settings.json").write_text(json.dumps(settings, indent=2))
        self.lock = threading.RLock()
        self.carried: list[dict[str, Any]] = []
        self.refused: list[str] = []
        self.nonces: set[str] = set()
        self.asked = 0
        self.status = 3
        self.fault, self.faults_left, self.delay = "", 0, 0.0

    # Alibaba Cloud

    def signature_fault(self, method: str, host: str, query: list[tuple[str, str]], headers: dict[str, str]) -> str:
        """Why a request is not believed; empty where it is."""
        lower = {name.lower(): value for name, value in headers.items()} | {"host": host}
        algorithm, _, rest = lower.get("authorization", "").partition(" ")
        parts = dict(part.split("=", 1) for part in rest.split(",") if "=" in part)
        if algorithm != "ACS3-HMAC-SHA256" or parts.get("Credential") != KEY_ID:
            return "InvalidAccessKeyId.NotFound"
        names = parts.get("SignedHeaders", "").split(";")
        wanted = {"host", "x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256"}
        if not wanted <= set(names) or names != sorted(names):
            return "IncompleteSignature"
        if lower["x-acs-content-sha256"] != hashlib.sha256(b"").hexdigest():
            return "SignatureDoesNotMatch"
        date = datetime.strptime(lower["x-acs-date"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        if abs(date.timestamp() - time.time()) > 900:
            return "InvalidTimeStamp.Expired"
        if lower["x-acs-signature-nonce"] in self.nonces:
            return "SignatureNonceUsed"
        self.nonces.add(lower["x-acs-signature-nonce"])
        lines = "".join(f"{name}:{lower[name].strip()}\n" for name in names)
        digest = lower["x-acs-content-sha256"]
        request = "\n".join([method, "/", canonical_query(query), lines, ";".join(names), digest])
        text = f"ACS3-HMAC-SHA256\n{hashlib.sha256(request.encode()).hexdigest()}"
        ours = hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()
        return "" if hmac.compare_digest(ours, parts.get("Signature", "")) else "SignatureDoesNotMatch"

    def alibaba(self, method: str, host: str, query: list[tuple[str, str]], headers: dict[str, str]) -> tuple[int, Any]:
        fault = self.signature_fault(method, host, query, headers)
        if fault:
            self.refused.append(fault)
            return 400, {"Code": fault, "Message": fault}
        values = dict(query)
        action = headers.get("x-acs-action") or headers.get("X-Acs-Action") or headers.get("X-ACS-Action")
        if action == "QuerySendDetails":
            self.asked += 1
            found = [
                {
                    "PhoneNum": one["phone"], "OutId": one["id"], "SendStatus": self.status, "ErrCode": "DELIVERED",
                    "TemplateCode": one["template"],
                }
                for one in self.carried
                if one.get("phone") == values["PhoneNumber"] and values.get("BizId") in (None, one["receipt"])
            ]  # fmt: skip
            page = found[: int(values["PageSize"])]
            return 200, {"Code": "OK", "TotalCount": str(len(found)), "SmsSendDetailDTOs": {"SmsSendDetailDTO": page}}
        if values["TemplateCode"] not in TEMPLATES:
            return 200, {"Code": "isv.SMS_TEMPLATE_ILLEGAL"}
        if not (values["PhoneNumbers"].isdigit() and len(values["PhoneNumbers"]) == 11):
            return 200, {"Code": "isv.MOBILE_NUMBER_ILLEGAL"}
        receipt = f"{len(self.carried)}^0"
        self.carried.append(
            {
                "way": "sms", "phone": values["PhoneNumbers"], "template": values["TemplateCode"],
                "values": json.loads(values["TemplateParam"]), "id": values["OutId"], "receipt": receipt,
                "whole": values,
            }
        )  # fmt: skip
        return 200, {"Code": "OK", "BizId": receipt, "RequestId": "r"}

    # WeChat

    def wechat(self, path: str, query: dict[str, str], body: bytes) -> tuple[int, Any]:
        if path == "/cgi-bin/stable_token":
            asked = json.loads(body)
            if (asked["appid"], asked["secret"]) != (APP_ID, APP_SECRET):
                return 200, {"errcode": 40125}
            return 200, {"access_token": "fake-access-token", "expires_in": 7200}
        if path == "/sns/oauth2/access_token":
            good = query.get("secret") == APP_SECRET and query.get("code", "").startswith("code-")
            return 200, {"openid": "oFake_open_id_0001", "scope": "snsapi_base"} if good else {"errcode": 40029}
        if query.get("access_token") != "fake-access-token":
            return 200, {"errcode": 40001}
        sent = json.loads(body)
        known = next((one for one in self.carried if one["id"] == sent["client_msg_id"]), None)
        if known is None:
            known = {"way": "wechat", "id": sent["client_msg_id"], "receipt": 1000 + len(self.carried), "whole": sent}
            self.carried.append(known)
        return 200, {"errcode": 0, "errmsg": "ok", "msgid": known["receipt"]}

    # What tests ask for

    def control(self, name: str, values: dict[str, Any]) -> Any:
        if name == "fault":
            self.fault, self.faults_left = values["kind"], values.get("times", 1)
        elif name == "delay":
            self.delay = values["seconds"]
        elif name == "receipt":
            self.status = values["status"]
        return {"carried": self.carried, "refused": self.refused, "asked": self.asked}


def handler(gateway: Gateway) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.respond()

        def do_POST(self) -> None:
            self.respond()

        def respond(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            parts = urlsplit(self.path)
            query = parse_qsl(parts.query, keep_blank_values=True)
            if parts.path.startswith("/control/"):
                with gateway.lock:
                    self.send(200, gateway.control(parts.path.removeprefix("/control/"), json.loads(body or b"{}")))
                return
            with gateway.lock:
                fault = gateway.fault if gateway.faults_left else ""
                gateway.faults_left = max(0, gateway.faults_left - 1)
                if fault == "error":
                    status, answer = 503, {"Code": "ServiceUnavailable"}
                elif parts.path == "/":
                    status, answer = gateway.alibaba(self.command, self.headers["Host"], query, dict(self.headers))
                else:
                    status, answer = gateway.wechat(parts.path, dict(query), body)
            time.sleep(gateway.delay)
            if fault == "cut":
                self.close_connection = True
                return
            self.send(status, answer)

        def send(self, status: int, answer: Any) -> None:
            content = json.dumps(answer, ensure_ascii=False).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

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
