"""The program stands: its health, its figures, its API document, its headers, its pages in both languages."""

import json
import re
import shutil
import socket
import time
from pathlib import Path

import axe
import httpx
import pytest
import screens
from program import Program, copy_community

PROMISED_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}
PROMISED_POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
}
NO_SUCH_PAGE = {"zh": ("zh-CN", "没有找到这个页面或记录。"), "en": ("en", "There is no such page or record.")}


@pytest.fixture
def client(program: Program):
    with httpx.Client(base_url=program.address, timeout=30) as client:
        yield client


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_says_that_it_is_well(client: httpx.Client, path: str):
    assert client.get(path).status_code == 200


def test_shows_its_figures_to_prometheus(client: httpx.Client):
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    assert any(line.startswith("# TYPE ") for line in answer.text.splitlines())


def test_describes_its_api(client: httpx.Client):
    answer = client.get("/openapi.json")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")
    document = answer.json()
    assert document["openapi"].startswith("3.")
    assert any(path.startswith("/api/v1/") for path in document["paths"])


@pytest.mark.parametrize("path", ["/", "/no-such-page", "/api/v1/no-such-thing", "/openapi.json", "/healthz"])
def test_every_answer_carries_the_security_headers(client: httpx.Client, path: str):
    headers = client.get(path).headers
    assert {name: headers.get(name) for name in PROMISED_HEADERS} == PROMISED_HEADERS
    policy = {part.strip() for part in headers.get("content-security-policy", "").split(";")}
    assert PROMISED_POLICY <= policy
    assert "unsafe" not in headers["content-security-policy"]


def test_a_missing_page_says_so_kindly(open_window, device: str, language: str):
    window = open_window(None, device=device, language=language)
    answer = window.goto("/no-such-page")
    tag, sentence = NO_SUCH_PAGE[language]
    assert answer.status == 404
    assert window.get_attribute("html", "lang") == tag
    assert sentence in window.inner_text("body")
    assert window.locator("a[href^='tel:']").count() >= 1
    assert window.locator("a[href='/']").count() >= 1
    axe.check(window)
    screens.take(window, "not-found")


def test_a_missing_thing_of_the_api_is_a_problem_document(client: httpx.Client):
    answer = client.get("/api/v1/no-such-thing")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["code"] == "not_found"


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_the_first_page_is_legible(open_window, device: str, language: str, javascript: bool):
    window = open_window("/", device=device, language=language, javascript=javascript)
    assert window.get_attribute("html", "lang") == NO_SUCH_PAGE[language][0]
    assert window.locator("h1").count() == 1
    assert window.locator("a[href^='tel:']").count() >= 1
    if javascript:
        axe.check(window)
    screens.take(window, "first-page" if javascript else "first-page-without-javascript")


@pytest.mark.parametrize("hosts", [[], ["a.example", "b.example"]], ids=["no-host", "two-hosts"])
def test_a_request_without_exactly_one_host_is_refused(program: Program, hosts: list[str]):
    lines = ["GET / HTTP/1.1", *(f"Host: {host}" for host in hosts), "Connection: close", "", ""]
    with socket.create_connection(("127.0.0.1", program.port), timeout=10) as connection:
        connection.sendall("\r\n".join(lines).encode())
        status = connection.recv(64).split(b" ")[1]
    assert status in (b"400", b"421")


def test_it_stops_at_once_though_somebody_watches(pristine: Path, tmp_path: Path):
    """A neighbour who has a page with live figures open does not keep the operator waiting."""
    copy_community(pristine, tmp_path / "copy")
    program = Program.start(tmp_path / "copy")
    try:
        campaign = re.search(r"/campaigns/[0-9a-z]{13}", httpx.get(f"{program.address}/campaigns").text)[0]
        with httpx.stream("GET", f"{program.address}{campaign}/live", timeout=10) as live:
            assert live.headers["content-type"] == "text/event-stream"
            begun = time.monotonic()
            program.stop()
            assert time.monotonic() - begun < 5
    finally:
        program.process.kill()
        program.process.wait()
    shutil.rmtree(tmp_path / "copy")


def test_the_log_names_no_one(program: Program, everyone: list):
    """What the demo prints for its reader comes before it serves; what it logs afterwards holds no personal data."""
    logged = [line for line in program.log.splitlines() if _is_log_line(line)]
    for person in everyone:
        for secret in (person.phone, person.password, person.totp_secret, person.card):
            assert not secret or not any(secret in line for line in logged)


def _is_log_line(line: str) -> bool:
    if line.startswith("{"):
        return isinstance(json.loads(line), dict)
    return any(level in line for level in (" info ", " notice ", " warning ", " error ", " debug ", " critical "))
