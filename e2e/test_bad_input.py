"""Bad requests of every kind: each is answered clearly, none changes anything, none makes the program fail."""

import re
import socket
import uuid

import httpx
import people
import pytest
from people import Person
from program import Program

STRANGE_ID = "7zzzzzzzzzzzz"


class Visitor:
    """One person's browser without the browser: cookies, forms and their tokens."""

    def __init__(self, program: Program, person: Person | None = None):
        headers = {"Accept-Language": "en", "Origin": program.address}
        self.client = httpx.Client(base_url=program.address, timeout=30, headers=headers)
        if person:
            form = {"phone": person.phone, "password": person.password, "next": "/"}
            answer = self.client.post("/sign-in", data=form | {"form_token": self.token("/sign-in")})
            if person.totp_secret:
                ticket = re.search(r'name="ticket" value="([^"]+)"', answer.text).group(1)
                token = re.search(r'name="form_token" value="([^"]+)"', answer.text).group(1)
                code = {"ticket": ticket, "next": "/", "code": people.fresh_code(program.address, person.totp_secret)}
                answer = self.client.post("/sign-in/code", data=code | {"form_token": token})
            assert answer.status_code == 303, f"{answer.status_code} {answer.text[-2000:]}"

    def token(self, path: str = "/") -> str:
        return re.search(r'name="form_token" value="([^"]+)"', self.client.get(path).text).group(1)

    def post(self, path: str, form: dict | None = None, **more) -> httpx.Response:
        return self.client.post(path, data={"form_token": self.token()} | (form or {}), **more)


@pytest.fixture(scope="module")
def resident(program: Program, everyone: list[Person]) -> Visitor:
    return Visitor(program, people.with_role(everyone, "resident"))


@pytest.fixture(scope="module")
def neighbour(program: Program, everyone: list[Person]) -> Visitor:
    return Visitor(program, people.with_role(everyone, "resident", 1))


@pytest.fixture(scope="module")
def leader(program: Program, everyone: list[Person]) -> Visitor:
    return Visitor(program, people.with_role(everyone, "leader"))


@pytest.fixture(scope="module")
def api(program: Program, everyone: list[Person]) -> httpx.Client:
    token = people.bearer(program.address, people.with_role(everyone, "resident"))
    return httpx.Client(base_url=program.address, headers={"Authorization": f"Bearer {token}"}, timeout=30)


@pytest.fixture(scope="module")
def goods(program: Program) -> tuple[str, str]:
    """An open campaign and an item of it that is made to order."""
    campaigns = httpx.get(f"{program.address}/api/v1/campaigns", params={"phase": "open"}).json()["campaigns"]
    for campaign in campaigns:
        for item in httpx.get(f"{program.address}/api/v1/campaigns/{campaign['id']}").json()["items"]:
            if item["left"] is None and item["household_limit"] is None:
                return campaign["id"], item["id"]
    raise AssertionError("the demo has no item that is made to order")


@pytest.fixture
def order(api: httpx.Client, goods: tuple[str, str]) -> dict:
    """An order of the resident that stands."""
    return place(api, wish(goods)).json()


def wish(goods: tuple[str, str], quantity: int = 1) -> dict:
    return {"campaign": goods[0], "lines": [{"item": goods[1], "quantity": quantity}]}


def place(api: httpx.Client, body, **headers) -> httpx.Response:
    return api.post("/api/v1/orders", json=body, headers={"Idempotency-Key": str(uuid.uuid4())} | headers)


def order_count(api: httpx.Client) -> int:
    found, cursor = 0, None
    while True:
        page = api.get("/api/v1/orders", params={"limit": 100} | ({"cursor": cursor} if cursor else {})).json()
        found += len(page["orders"])
        if not (cursor := page["next_cursor"]):
            return found


def is_refused_kindly(answer: httpx.Response, *statuses: int) -> None:
    """A page in words with a telephone number, or a problem document with a code and a title."""
    assert answer.status_code in statuses, f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.text[:500]}"
    if "json" in answer.headers.get("content-type", ""):
        assert answer.headers["content-type"].startswith("application/problem+json")
        assert answer.json()["code"] and answer.json()["title"]
    elif answer.status_code == 414:
        # What is refused before any page can be drawn says so in one line of both languages.
        assert "网址太长" in answer.text and "too long" in answer.text
    else:
        assert "<h1" in answer.text and "tel:" in answer.text, answer.text[:500]


MALFORMED = {
    "not JSON": b"{", "not UTF-8": b'{"campaign": "\xff\xfe"}', "an array": b"[]", "null": b"null", "nothing": b"",
    "a number too large": b'{"campaign":"x","lines":[{"item":"y","quantity":1e999}]}',
    "a deep nest": b"[" * 50_000,
    "the wrong types": b'{"campaign":7,"lines":"many","note":[]}',
    "a member twice": b'{"campaign":"a","campaign":"b","lines":[]}',
}  # fmt: skip


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED.keys())
def test_malformed_json_is_refused(api: httpx.Client, body: bytes):
    before = order_count(api)
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
    is_refused_kindly(api.post("/api/v1/orders", content=body, headers=headers), 400, 422)
    assert order_count(api) == before


@pytest.mark.parametrize("quantity", [0, -1, 1.5, "2", None, True, 1_000, 2**63, 2**70])
def test_quantities_that_cannot_be_are_refused(api: httpx.Client, goods, quantity):
    before = order_count(api)
    is_refused_kindly(place(api, wish(goods, quantity)), 400, 422)
    assert order_count(api) == before


@pytest.mark.parametrize("campaign,item", [(STRANGE_ID, None), (None, STRANGE_ID), ("' OR 1=1 --", None), (None, "../../etc")])
def test_forged_ids_are_refused(api: httpx.Client, goods, campaign, item):
    before = order_count(api)
    is_refused_kindly(place(api, wish((campaign or goods[0], item or goods[1]))), 400, 404, 409, 422)
    assert order_count(api) == before


@pytest.mark.parametrize("path", ["/orders/{}", "/campaigns/{}", "/campaigns/{}/items/{}", "/pickup/{}", "/api/v1/orders/{}"])
@pytest.mark.parametrize("forged", [STRANGE_ID, "0", "%00", "%ff%fe", "..%2f..%2fetc", "a" * 3_000])
def test_forged_paths_find_nothing(resident: Visitor, path: str, forged: str):
    is_refused_kindly(resident.client.get(path.format(forged, forged)), 400, 404, 414)


@pytest.mark.parametrize("key", [None, "", "short", "x" * 65, "with a space in it, and more"])
def test_orders_need_a_usable_key(api: httpx.Client, goods, key: str | None):
    before = order_count(api)
    headers = {} if key is None else {"Idempotency-Key": key}
    is_refused_kindly(api.post("/api/v1/orders", json=wish(goods), headers=headers), 400, 422)
    assert order_count(api) == before


def test_one_key_is_one_order_and_no_other(api: httpx.Client, goods):
    key = str(uuid.uuid4())
    first = place(api, wish(goods), **{"Idempotency-Key": key})
    before = order_count(api)
    again = place(api, wish(goods), **{"Idempotency-Key": key})
    assert (again.status_code, again.content) == (first.status_code, first.content)
    is_refused_kindly(place(api, wish(goods, 2), **{"Idempotency-Key": key}), 409, 422)
    assert order_count(api) == before


def test_a_stale_form_changes_nothing(api: httpx.Client, resident: Visitor, order: dict, goods):
    path = f"/orders/{order['id']}"
    changed = resident.post(
        f"{path}/edit",
        {"revision": "1", "idempotency_key": str(uuid.uuid4()), f"quantity-{goods[1]}": "2", "do": "submit"},
    )
    assert changed.status_code == 303, changed.text[-2000:]
    stands = api.get(f"/api/v1{path}").json()
    assert stands["revision"] == 2
    for form in [
        {"revision": "1", f"quantity-{goods[1]}": "5", "do": "submit"},
        {"revision": "99", f"quantity-{goods[1]}": "5", "do": "submit"},
        {"revision": "-1", f"quantity-{goods[1]}": "5", "do": "submit"},
    ]:
        answer = resident.post(f"{path}/edit", form | {"idempotency_key": str(uuid.uuid4())})
        is_refused_kindly(answer, 400, 409, 422)
    is_refused_kindly(
        resident.post(f"{path}/cancel", {"revision": "1", "idempotency_key": str(uuid.uuid4())}), 409, 422
    )
    assert api.get(f"/api/v1{path}").json() == stands


def test_a_form_without_a_token_of_its_own_visit_is_refused(
    api: httpx.Client, resident: Visitor, neighbour: Visitor, order: dict
):
    path = f"/orders/{order['id']}"
    stands = api.get(f"/api/v1{path}").json()
    form = {"revision": "1", "idempotency_key": str(uuid.uuid4())}
    for token in [None, "", "x" * 64, neighbour.token()]:
        answer = resident.client.post(f"{path}/cancel", data=form | ({} if token is None else {"form_token": token}))
        is_refused_kindly(answer, 400, 403)
    for headers in [
        {"Origin": "https://elsewhere.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
    ]:  # fmt: skip
        is_refused_kindly(resident.post(f"{path}/cancel", form, headers=headers), 400, 403)
    assert api.get(f"/api/v1{path}").json() == stands


def test_a_neighbours_order_is_not_there(api: httpx.Client, neighbour: Visitor, order: dict):
    path = f"/orders/{order['id']}"
    stands = api.get(f"/api/v1{path}").json()
    for place in [path, f"{path}/edit", f"{path}/cancel", f"/api/v1{path}", f"/desk{path}/pickup"]:
        is_refused_kindly(neighbour.client.get(place), 403, 404)
    form = {"revision": "1", "idempotency_key": str(uuid.uuid4())}
    is_refused_kindly(neighbour.post(f"{path}/cancel", form), 403, 404)
    assert api.get(f"/api/v1{path}").json() == stands


@pytest.mark.parametrize(
    "path", ["/desk", "/desk/campaigns", "/desk/campaigns/new", "/desk/people", "/desk/households", "/desk/invitations"]
)
def test_a_resident_does_not_get_behind_the_desk(resident: Visitor, path: str):
    is_refused_kindly(resident.client.get(path), 403)
    answer = Visitor.post(resident, path)
    is_refused_kindly(answer, 403, 404, 405)


def test_a_resident_changes_no_campaign(resident: Visitor, goods):
    for change in ["cancel", "publish", "clone", "edit", "finish", "arrival"]:
        is_refused_kindly(resident.post(f"/desk/campaigns/{goods[0]}/{change}"), 403)
    assert goods[0] in resident.client.get("/").text


@pytest.mark.parametrize(
    "form",
    [
        {}, {"title_zh": "x" * 100_000}, {"title_zh": "\x00"}, {"opens_at": "yesterday"},
        {"opens_at": "2026-02-30T10:00"}, {"pickup_point": STRANGE_ID}, {"minimum_kind": "magic"},
        {"opens_at": "9999-12-31T23:59", "cut_off_at": "9999-12-31T23:59"},
    ],
    ids=lambda form: ",".join(form) or "empty",
)  # fmt: skip
def test_a_campaign_that_cannot_be_is_not_opened(leader: Visitor, form: dict):
    before = leader.client.get("/desk/campaigns").text.count("<article")
    is_refused_kindly(leader.post("/desk/campaigns", form), 400, 413, 422)
    assert leader.client.get("/desk/campaigns").text.count("<article") == before


def test_bodies_that_are_too_large_are_refused(api: httpx.Client, resident: Visitor):
    before = order_count(api)
    is_refused_kindly(place(api, {"campaign": "x", "lines": [], "note": "y" * (3 << 20)}), 413)
    answer = resident.post("/preferences", {"language": "x" * (1 << 20)})
    is_refused_kindly(answer, 413)
    assert order_count(api) == before


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data; boundary=x", ""])
def test_bodies_of_another_kind_are_refused(api: httpx.Client, goods, kind: str):
    before = order_count(api)
    content = f'{{"campaign":"{goods[0]}","lines":[{{"item":"{goods[1]}","quantity":1}}]}}'
    headers = {"Content-Type": kind, "Idempotency-Key": str(uuid.uuid4())}
    is_refused_kindly(api.post("/api/v1/orders", content=content, headers=headers), 400, 403, 415, 422)
    assert order_count(api) == before


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
@pytest.mark.parametrize("path", ["/", "/sign-in", "/api/v1/campaigns"])
def test_unknown_methods_are_refused(program: Program, method: str, path: str):
    assert httpx.request(method, f"{program.address}{path}").status_code in (400, 404, 405, 501)


def exchange(program: Program, data: bytes, seconds: float = 10) -> bytes:
    """Sends bytes as they are and returns what comes back until the other side closes."""
    with socket.create_connection(("127.0.0.1", program.port), timeout=seconds) as connection:
        connection.sendall(data)
        answer = b""
        try:
            while part := connection.recv(65536):
                answer += part
        except (TimeoutError, ConnectionResetError):
            pass
        return answer


RAW = {
    "no host": b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
    "a host with a path": b"GET / HTTP/1.1\r\nHost: a/b@c\r\nConnection: close\r\n\r\n",
    "two lengths": b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\nConnection: close\r\n\r\nabcdef",
    "a length below zero": b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\nConnection: close\r\n\r\n",
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "a huge header": b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 200_000 + b"\r\nConnection: close\r\n\r\n",
    "many headers": b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 5_000 + b"Connection: close\r\n\r\n",
    "a long path": b"GET /" + b"a" * 60_000 + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
}  # fmt: skip


@pytest.mark.parametrize("data", RAW.values(), ids=RAW.keys())
def test_what_is_no_proper_request_is_refused_or_dropped(program: Program, data: bytes):
    answer = exchange(program, data)
    assert not answer or answer.split(b" ")[1][:1] == b"4", answer[:300]
    assert httpx.get(f"{program.address}/healthz").status_code == 200


def test_a_slow_body_is_given_up(program: Program):
    """A byte now and then keeps no connection open; others are served meanwhile."""
    head = f"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1:{program.port}\r\nContent-Length: 10000\r\n"
    head += f"Origin: {program.address}\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n"
    with socket.create_connection(("127.0.0.1", program.port), timeout=5) as connection:
        connection.sendall(head.encode())
        connection.settimeout(0.5)
        answer = None
        for _ in range(80):
            try:
                connection.sendall(b"a")
                answer = connection.recv(4096)
                break
            except TimeoutError:
                continue
            except (BrokenPipeError, ConnectionResetError):
                answer = b""
                break
        assert answer is not None, "40 s of one byte every half second, and the connection still stands"
        assert not answer or answer.split(b" ")[1] in (b"400", b"408"), answer[:200]
    assert httpx.get(f"{program.address}/healthz").status_code == 200
