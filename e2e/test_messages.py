"""Telling people: inbox, text messages at a fake service that checks signatures, quiet hours, calls, slips, and the choice."""

import json
import re
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import axe
import httpx
import people
import pytest
import screens
from fake_process import Fake
from people import Person
from playwright.sync_api import Page
from program import Program
from test_campaign_day import text

SAYS = {
    "zh": {"placed": "收到了，一共", "saved": "记下了", "read": "我都看过了", "nothing": "没有新消息", "call": "打给"},
    "en": {"placed": "is in, ", "saved": "Noted", "read": "I have read them", "nothing": "Nothing new", "call": "Call "},
}


@pytest.fixture(scope="module")
def fake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fake]:
    running = Fake(tmp_path_factory.mktemp("messages"), "fake_message_gateway.py")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def message_services(fake: Fake) -> Path:
    """The demo of this module has both message services set up."""
    return fake.settings


def until(what: str, check: Callable[[], object], seconds: float = 60):
    """Waits for what the program does by itself; returns what the check found."""
    deadline = time.monotonic() + seconds
    while not (found := check()):
        assert time.monotonic() < deadline, f"waited {seconds:g} s for {what}"
        time.sleep(0.3)
    return found


class Buyer:
    """A resident at the API, who orders one thing again and again."""

    def __init__(self, program: Program, person: Person) -> None:
        self.person = person
        self.client = httpx.Client(
            base_url=program.address,
            headers={"Authorization": f"Bearer {people.bearer(program.address, person)}"},
            timeout=30,
        )

    def order(self) -> dict:
        for campaign in self.client.get("/api/v1/campaigns", params={"phase": "open"}).json()["campaigns"]:
            items = self.client.get(f"/api/v1/campaigns/{campaign['id']}").json()["items"]
            for item in (item for item in items if not item.get("household_limit") and item.get("left") is None):
                answer = self.client.post(
                    "/api/v1/orders",
                    json={"campaign": campaign["id"], "lines": [{"item": item["id"], "quantity": 1}], "note": ""},
                    headers={"Idempotency-Key": str(uuid.uuid4())},
                )
                assert answer.status_code == 201, answer.text
                return self.client.get(f"/api/v1/orders/{answer.json()['id']}").json()
        raise AssertionError("the demo has no open campaign with goods made to order")


def residents(everyone: list[Person]) -> list[Person]:
    return [person for person in everyone if person.role == "resident" and person.phone]


def press(page: Page, form: str) -> None:
    page.locator(f"main form[action$='{form}'] button").first.click()
    page.wait_for_load_state("load")


def choose(page: Page, first: str, *, quiet: tuple[int, int] = (0, 0), second: str = "none") -> None:
    """Says on the preferences page how to be told; without quiet hours unless they are given."""
    page.goto("/account/messages/preferences")
    page.check(f"[name=first][value='{first}']")
    page.select_option("[name=second]", second)
    page.select_option("[name=quiet_from]", str(quiet[0] * 60))
    page.select_option("[name=quiet_until]", str(quiet[1] * 60))
    press(page, "/preferences")
    assert "done=1" in page.url, text(page)


def carried(fake: Fake, person: Person) -> list[dict]:
    return [one for one in fake("state")["carried"] if one.get("phone") == person.phone]


@pytest.fixture(scope="module", autouse=True)
def own_week_told(program: Program, fake: Fake) -> None:
    """By day, texts about the demo's own week go out as soon as its program starts; they are let out before a test counts."""
    def has_told() -> bool:
        return "\nnuanlin_events_behind 0" in httpx.get(f"{program.address}/metrics").text

    until("the events of the demo", has_told, seconds=300)
    before = -1
    while before != len(fake("state")["carried"]):
        before = len(fake("state")["carried"])
        time.sleep(4)


def test_an_order_lies_in_the_inbox_and_goes_out_as_a_text(
    open_window, program: Program, fake: Fake, everyone: list[Person], language: str
) -> None:
    says = SAYS[language]
    person = residents(everyone)[0 if language == "zh" else 1]
    page = open_window(None, person=person, language=language, javascript=False)
    page.goto("/account/messages/preferences")
    scripted = open_window("/account/messages/preferences", person=person, language=language)
    axe.check(scripted)
    screens.take(page, f"messages-1-preferences-{language}")
    page.check("[name=first][value='sms']")
    page.select_option("select[name=language]", language)
    page.select_option("[name=second]", "call")
    page.select_option("[name=quiet_from]", "0")
    page.select_option("[name=quiet_until]", "0")
    press(page, "/preferences")
    assert says["saved"] in page.inner_text("body"), text(page)
    assert page.locator("[name=first][value='sms']").is_checked()
    screens.take(page, f"messages-2-chosen-{language}")

    before = len(carried(fake, person))
    order = Buyer(program, person).order()
    message = until("the text message", lambda: carried(fake, person)[before:])[0]
    assert fake("state")["refused"] == [], "a signature was wrong"
    assert message["template"] == ("SMS_CHINESE" if language == "zh" else "SMS_ENGLISH")
    assert sorted(message["values"]) == ["community", "matter", "phone"]
    assert message["values"]["phone"] == "021-0000-0100"

    page.goto("/account")
    assert says["nothing"] not in text(page)
    screens.take(page, f"messages-3-account-{language}")
    page.locator("main a[href='/account/messages']").click()
    page.wait_for_load_state("load")
    newest = page.locator("main article.card").first.inner_text()
    assert says["placed"] in newest, newest
    scripted.goto("/account/messages")
    axe.check(scripted)
    screens.take(page, f"messages-4-inbox-{language}")
    # What the inbox says in full is not in the text message: no number of the order, no amount, no goods, no name.
    sent = json.dumps(message["values"], ensure_ascii=False) + message["template"]
    private = [line[name] for line in order["lines"] for name in ("name", "name_zh", "name_en") if name in line]
    amounts = re.findall(r"¥[\d.]+", newest)
    assert amounts, newest
    for secret in [*amounts, person.name.split()[0], order["id"], *map(str, private)]:
        assert secret not in sent, f"{secret} left the machine: {sent}"
    page.locator("main article.card a.button").first.click()
    page.wait_for_load_state("load")
    assert f"/orders/{order['id']}" in page.url
    page.goto("/account/messages")
    press(page, "/read")
    assert says["read"] not in text(page)
    page.goto("/account")
    assert says["nothing"] in text(page)


def test_a_lost_answer_sends_once(
    open_window, program: Program, fake: Fake, everyone: list[Person]
) -> None:
    person = residents(everyone)[2]
    choose(open_window(None, person=person, javascript=False), "sms")
    before = len(carried(fake, person))
    asked = fake("state")["asked"]
    fake("fault", kind="cut")
    Buyer(program, person).order()
    until("the question about what was sent", lambda: fake("state")["asked"] > asked, seconds=90)
    time.sleep(3)
    assert len(carried(fake, person)) == before + 1
    # And a service that is out of order for a moment is asked again, not skipped.
    fake("fault", kind="error")
    Buyer(program, person).order()
    until("the second text", lambda: len(carried(fake, person)) == before + 2, seconds=150)


def test_quiet_hours_hold(open_window, program: Program, fake: Fake, everyone: list[Person]) -> None:
    person = residents(everyone)[3]
    hour = int(time.strftime("%H", time.gmtime(time.time() + 8 * 3600)))
    window = open_window(None, person=person, javascript=False)
    choose(window, "sms", quiet=((hour - 1) % 24, (hour + 3) % 24))
    before = len(carried(fake, person))
    Buyer(program, person).order()
    window.goto("/account/messages")
    until("the inbox", lambda: window.reload() and SAYS["zh"]["placed"] in text(window))
    time.sleep(8)
    assert len(carried(fake, person)) == before, "something rang in the quiet hours"


def test_who_wants_a_call_is_called(
    open_window, program: Program, everyone: list[Person], language: str
) -> None:
    says = SAYS[language]
    person = residents(everyone)[0 if language == "zh" else 1]
    choose(open_window(None, person=person, javascript=False), "call")
    Buyer(program, person).order()
    worker = open_window(
        "/desk/calls", person=people.with_role(everyone, "social_worker"), language=language, device="desk"
    )  # fmt: skip
    name = person.name.split()[0]
    card = worker.locator("main article.card", has_text=name)
    until("the call", lambda: worker.reload() and card.count())
    axe.check(worker)
    screens.take(worker, f"messages-5-calls-{language}")
    assert person.phone not in worker.content(), "a number stands there before anybody has the call in hand"
    card.locator("button").first.click()
    worker.wait_for_load_state("load")
    assert says["call"] in text(worker) and re.sub(r"\D", "", person.phone) in re.sub(r"\D", "", text(worker))
    axe.check(worker)
    screens.take(worker, f"messages-6-call-{language}")
    call = worker.url
    other = open_window("/desk/calls", person=people.with_role(everyone, "supervisor"), device="desk")
    assert other.locator("main article.card", has_text=name).count() == 0, "two would ring the same neighbour"
    assert other.request.get(call).status == 404
    worker.locator("button[value='reached']").click()
    worker.wait_for_load_state("load")
    assert worker.request.get(call).status == 404
    assert worker.locator("main article.card", has_text=name).count() == 0


def test_slips_are_printed_for_those_who_want_paper(
    open_window, program: Program, everyone: list[Person]
) -> None:
    person = residents(everyone)[4]
    choose(open_window(None, person=person, javascript=False), "slip")
    Buyer(program, person).order()
    name = person.name.split()[0]
    worker = open_window(
        "/desk/messages/slips/print", person=people.with_role(everyone, "social_worker"), device="desk"
    )
    slip = worker.locator("article.slip", has_text=name)
    until("the slip", lambda: worker.reload() and slip.count())
    assert "¥" in slip.inner_text()
    axe.check(worker)
    screens.take(worker, "messages-7-slips")
    worker.emulate_media(media="print")
    assert not worker.locator("main form[action$='/printed']").is_visible(), "the question would be on the paper"
    worker.emulate_media(media="screen")
    press(worker, "/printed")
    axe.check(worker)
    screens.take(worker, "messages-8-slips-desk")
    worker.goto("/desk/messages/slips/print")
    assert slip.count() == 0


def test_operators_see_numbers_and_no_words(open_window, everyone: list[Person], language: str) -> None:
    page = open_window(
        "/desk/messages/deliveries", person=people.with_role(everyone, "operator"), language=language, device="desk"
    )  # fmt: skip
    axe.check(page)
    screens.take(page, f"messages-9-deliveries-{language}")
    assert SAYS[language]["placed"] not in page.content()
    small = open_window(
        "/desk/messages/deliveries", person=people.with_role(everyone, "operator"), language=language, javascript=False
    )
    small.set_viewport_size({"width": 320, "height": 700})
    assert small.evaluate("document.documentElement.scrollWidth") <= 320


def test_staff_choose_for_an_elder(open_window, everyone: list[Person]) -> None:
    worker = open_window(
        "/desk/people?q=%E7%8E%8B%E7%A7%80", person=people.with_role(everyone, "social_worker"), device="desk"
    )
    links = worker.locator("main a[href^='/desk/people/']")
    assert links.count(), text(worker)
    worker.goto(links.first.get_attribute("href"))
    worker.locator("main a[href$='/messages']").click()
    worker.wait_for_load_state("load")
    worker.check("[name=first][value='slip']")
    worker.select_option("[name=second]", "call")
    press(worker, "/messages")
    assert SAYS["zh"]["saved"] in worker.inner_text("body")
    axe.check(worker)
    screens.take(worker, "messages-10-for-an-elder")


def test_a_leader_has_words_for_the_group(open_window, everyone: list[Person], language: str) -> None:
    leader = open_window(
        "/desk", person=people.with_role(everyone, "leader"), language=language
    )
    links = [link.get_attribute("href") for link in leader.locator("main a[href^='/desk/campaigns/']").all()]
    path = next(found.group(0) for link in links if (found := re.match(r"/desk/campaigns/[0-9a-z]{13}", link)))
    leader.goto(f"{path}/chat-text")
    axe.check(leader)
    words = leader.locator("textarea").first.input_value()
    assert words.splitlines() and "¥" not in words, words
    screens.take(leader, f"messages-11-group-{language}")


def test_wechat_is_connected_by_the_person_alone(open_window, fake: Fake, everyone: list[Person]) -> None:
    page = open_window("/account/wechat", person=residents(everyone)[2])
    axe.check(page)
    screens.take(page, "messages-12-wechat")
    link = page.locator("main a.button").get_attribute("href")
    assert "scope=snsapi_base" in link and link.endswith("#wechat_redirect"), link
    state = re.search(r"state=(\w+)", link).group(1)
    page.goto(f"/account/wechat?code=code-1&state={state}")
    screens.take(page, "messages-13-wechat-returned")
    press(page, "/account/wechat")
    page.goto("/account/messages/preferences")
    assert page.locator("[name=first][value='wechat']").count() == 1
    stranger = open_window(None, person=residents(everyone)[3], javascript=False)
    stranger.goto(f"/account/wechat?code=code-2&state={state}")
    assert stranger.locator("input[name=state]").count() == 0, "somebody else's way back is not believed"
