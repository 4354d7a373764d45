"""The people of the demo community, and how each of them signs in."""

import base64
import hashlib
import hmac
import json
import struct
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import Page

import program
from network import behind

SIGN_IN = "/sign-in"
CARD_SIGN_IN = "/card"


@dataclass(frozen=True)
class Person:
    """One line of `nuanlin demo --sign-ins-json`. Who has a card has no phone; only staff have a TOTP secret."""

    role: str
    name: str
    description: str = ""
    phone: str | None = None
    password: str | None = None
    totp_secret: str | None = None
    card: str | None = None
    pin: str | None = None


def everyone() -> list[Person]:
    """Everyone whose sign-in the demo prints, in its order."""
    return [Person(**line) for line in json.loads(program.run("demo", "--sign-ins-json"))]


def with_role(people: list[Person], role: str, position: int = 0) -> Person:
    """The person at `position` among those with `role` who sign in by phone."""
    return [person for person in people if person.role == role and person.phone][position]


def with_card(people: list[Person], position: int = 0) -> Person:
    """The person at `position` among those who sign in by household card."""
    return [person for person in people if person.card][position]


def one_time_code(secret: str, counter: int) -> str:
    """The six digits of RFC 6238 (SHA-1) for a base32 secret and a counter of 30-second steps."""
    key = base64.b32decode(secret.upper() + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", counter), hashlib.sha1).digest()
    offset = digest[-1] & 0xF
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


_last_counter: dict[tuple[str, str], int] = {}


def fresh_code(address: str, secret: str) -> str:
    """A code that this program has not seen: each is good once only. Since those of the steps before and after the present
    one are good too, three sign-ins go without waiting for the next step."""
    program_address = behind.get(netloc := urlsplit(address).netloc, netloc)
    following = _last_counter.get((program_address, secret), 0) + 1
    while True:
        present, age = divmod(time.time(), 30)
        # The step before is good only until the present one is over.
        counter = max(following, int(present) - (1 if age < 15 else 0))
        if counter <= present + 1:
            break
        time.sleep(0.2)
    _last_counter[program_address, secret] = counter
    return one_time_code(secret, counter)


def sign_in(page: Page, person: Person) -> None:
    """Signs in through the pages, as the person would. `page` must have been made with the program as its base."""
    if person.card:
        page.goto(CARD_SIGN_IN)
        page.fill("input[name=card]", person.card)
        page.fill("input[name=pin]", person.pin or "")
        _submit(page, "input[name=pin]")
    else:
        page.goto(SIGN_IN)
        page.fill("input[name=phone]", person.phone or "")
        page.fill("input[name=password]", person.password or "")
        if person.totp_secret and page.locator("input[name=code]").count() > 0:
            page.fill("input[name=code]", fresh_code(page.url, person.totp_secret))
        _submit(page, "input[name=password]")
        if person.totp_secret and page.locator("input[name=code]").count() > 0:
            page.fill("input[name=code]", fresh_code(page.url, person.totp_secret))
            _submit(page, "input[name=code]")
    assert not urlsplit(page.url).path.startswith((SIGN_IN, CARD_SIGN_IN)), (
        f"{person.role} {person.name} was not let in:\n{page.inner_text('main')}"
    )


def _submit(page: Page, field: str) -> None:
    page.locator("form", has=page.locator(field)).locator("button[type=submit]").first.click()
    page.wait_for_load_state("load")


def bearer(address: str, person: Person) -> str:
    """Opens an API session for the person and returns its token."""
    body = {"phone": person.phone, "password": person.password}
    if person.totp_secret:
        body["code"] = fresh_code(address, person.totp_secret)
    answer = httpx.post(f"{address}/api/v1/sessions", json=body, timeout=30)
    assert answer.status_code == 201, f"{answer.status_code} {answer.text}"
    return answer.json()["token"]
