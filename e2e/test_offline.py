"""What a telephone does without network: an order that is sent once, later; a pickup code that is there; nothing left behind."""

import time
from datetime import datetime

import axe
import elder
import httpx
import people
import pytest
import screens
from people import Person
from playwright.sync_api import Page, expect
from program import Program
from telephone import Telephone, outbox, send_now, wait_for_worker
from test_campaign_day import ZONE, soon


def orders_of(program: Program, person: Person) -> list[dict]:
    token = people.bearer(program.address, person)
    answer = httpx.get(f"{program.address}/api/v1/orders", headers={"Authorization": f"Bearer {token}"}, timeout=30)
    answer.raise_for_status()
    return answer.json()["orders"]


def fill_the_basket(page: Page) -> None:
    """Puts the first two products of an open campaign into the basket and goes on to the page where they are checked."""
    page.goto("/campaigns")
    page.locator("article.card a.button:not(.quiet)").first.click()
    address = page.url
    for number in (0, 1):
        page.goto(address)
        page.locator("button[name=add]").nth(number).click()
        page.locator("p.notice.good").wait_for()
    page.locator("p.notice a[href='/basket']").click()
    page.locator("button[name=do][value=checkout]").last.click()
    page.locator("button[name=do][value=submit]").wait_for()


def test_an_order_made_without_network_is_sent_once_after_the_telephone_was_switched_off(
    telephone, program: Program, everyone: list[Person]
):
    person = people.with_role(everyone, "resident", 1)
    before = {order["id"] for order in orders_of(program, person)}
    phone = telephone(person)
    wait_for_worker(phone.page)
    phone.page.goto("/orders")
    fill_the_basket(phone.page)
    phone.network.cut()
    phone.page.locator("button[name=do][value=submit]").click()
    phone.page.locator(".outbox-note").wait_for()
    assert "有网络时会自动送出" in phone.page.locator(".outbox-note").inner_text()
    assert "有 1 件等着送出" in phone.page.locator(".outbox-bar").inner_text()
    assert phone.page.locator("button[name=do][value=submit]").is_disabled(), "it is not pressed twice"
    axe.check(phone.page)
    screens.take(phone.page, "offline-1-order-waits")
    assert {order["id"] for order in orders_of(program, person)} == before

    # The battery is empty; the telephone comes back where there is still no network.
    phone.restart()
    phone.page.goto("/orders", wait_until="commit")
    phone.page.locator(".outbox-bar:not([hidden])").wait_for()
    assert [entry["state"] for entry in outbox(phone.page)] == ["waiting"]
    assert "订单：" in phone.page.locator(".outbox-bar").inner_text()

    # Then there is one, and the page that is open sends it.
    phone.network.mend()
    phone.page.goto("/orders")
    phone.page.locator(".outbox-bar", has_text="已经送到了").wait_for()
    screens.take(phone.page, "offline-2-order-sent")
    after = [order for order in orders_of(program, person) if order["id"] not in before]
    assert len(after) == 1, "one order, and no more"
    phone.page.locator(".outbox-bar a", has_text="看看").click()
    phone.page.wait_for_url(f"**/orders/{after[0]['id']}*")
    phone.page.locator(".outbox-bar button", has_text="知道了").click()
    phone.page.locator(".outbox-bar").wait_for(state="hidden")
    phone.page.reload()
    time.sleep(1)
    assert len(orders_of(program, person)) == len(before) + 1


def test_an_answer_that_was_lost_on_the_way_is_asked_for_again_under_the_same_key(
    telephone, program: Program, everyone: list[Person]
):
    """The server takes the order, the answer never arrives: the repeat gets the stored answer, whoever asks for it."""
    person = people.with_role(everyone, "resident", 2)
    before = len(orders_of(program, person))
    phone = telephone(person)
    wait_for_worker(phone.page)
    fill_the_basket(phone.page)
    lost = []

    def lose(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch(max_redirects=0).status)
            return route.abort("connectionreset")
        return route.continue_()

    phone.context.route("**/checkout", lose)
    phone.page.locator("button[name=do][value=submit]").click()
    phone.page.locator(".outbox-note").wait_for()
    assert lost == [303], "the server had taken it"
    phone.context.unroute("**/checkout")
    send_now(phone.page)
    phone.page.locator(".outbox-bar", has_text="已经送到了").wait_for()
    assert len(orders_of(program, person)) == before + 1


def test_with_network_the_order_goes_the_usual_way_and_a_mistake_is_shown_in_the_form(
    telephone, everyone: list[Person]
):
    phone = telephone(people.with_role(everyone, "resident", 3))
    fill_the_basket(phone.page)
    quantity = phone.page.locator("input[name^=quantity-]").first
    quantity.fill("abc")
    phone.page.locator("button[name=do][value=submit]").click()
    phone.page.locator(".error-summary").wait_for()
    phone.page.locator("input[name^=quantity-]").first.fill("1")
    phone.page.locator("button[name=do][value=submit]").click()
    phone.page.wait_for_url("**/orders/*placed=1*")
    assert outbox(phone.page) == []


def test_what_is_refused_later_says_why_and_can_be_corrected_or_dropped(telephone, program: Program, everyone: list[Person]):
    phone = telephone(people.with_role(everyone, "resident", 4))
    wait_for_worker(phone.page)
    fill_the_basket(phone.page)
    phone.network.cut()
    phone.page.locator("input[name^=quantity-]").first.fill("abc")
    phone.page.locator("button[name=do][value=submit]").click()
    phone.page.locator(".outbox-note").wait_for()
    phone.network.mend()
    bar = phone.page.locator(".outbox-bar")
    send_now(phone.page)
    bar.locator("a", has_text="改一改").wait_for()
    assert "数量请填 0 到 999" in bar.inner_text(), bar.inner_text()
    screens.take(phone.page, "offline-3-refused")
    bar.locator("a", has_text="改一改").click()
    first = phone.page.locator("input[name^=quantity-]").first
    expect(first).to_have_value("abc")
    first.fill("2")
    phone.page.locator("button[name=do][value=submit]").click()
    phone.page.wait_for_url("**/orders/*placed=1*")
    assert outbox(phone.page) == [], "the refused one is gone with its correction"
    phone.page.goto("/orders")
    assert phone.page.locator(".outbox-bar:not([hidden])").count() == 0, "the refused one is gone with its correction"


def test_what_waits_is_sent_for_its_owner_alone(telephone, program: Program, everyone: list[Person]):
    first, second = people.with_role(everyone, "resident", 0), people.with_role(everyone, "resident", 1)
    before = len(orders_of(program, second))
    phone = telephone(first)
    wait_for_worker(phone.page)
    fill_the_basket(phone.page)
    phone.network.cut()
    phone.page.locator("button[name=do][value=submit]").click()
    phone.page.locator(".outbox-note").wait_for()
    # The session is over; another neighbour signs in on the same telephone.
    phone.context.clear_cookies()
    phone.network.mend()
    people.sign_in(phone.page, second)
    phone.page.goto("/orders")
    phone.page.wait_for_timeout(1_500)
    assert len(orders_of(program, second)) == before
    assert "订单：" not in phone.page.locator("body").inner_text().split("我家的订单")[0]
    # Signing out would clear this telephone of the order that waits, so the second one is asked as well.
    phone.page.goto("/account")
    phone.page.wait_for_timeout(500)
    phone.page.locator("main form[action='/sign-out'] button").click()
    phone.page.locator(".outbox-bar", has_text="真的要退出").wait_for()
    assert "/account" in phone.page.url
    # And back: the first one's order goes out.
    own = len(orders_of(program, first))
    phone.context.clear_cookies()
    people.sign_in(phone.page, first)
    phone.page.goto("/orders")
    phone.page.locator(".outbox-bar", has_text="已经送到了").wait_for()
    assert len(orders_of(program, first)) == own + 1


@pytest.fixture(scope="module")
def collectable(browser, program: Program, everyone: list[Person]) -> Person:
    """A neighbour who has ordered, and whose goods the lorry has brought: a cut-off has to pass."""
    person = people.with_role(everyone, "resident", 0)
    contexts = [browser.new_context(base_url=program.address, locale="zh-CN", timezone_id="Asia/Shanghai") for _ in range(2)]
    neighbour, leader = (context.new_page() for context in contexts)
    people.sign_in(neighbour, person)
    fill_the_basket(neighbour)
    campaign = neighbour.url.split("/campaigns/")[1].split("/")[0]
    neighbour.locator("button[name=do][value=submit]").click()
    neighbour.wait_for_url("**/orders/*placed=1*")
    people.sign_in(leader, people.with_role(everyone, "leader"))
    leader.goto(f"/desk/campaigns/{campaign}/edit")
    cut_off = soon()
    leader.fill("[name=cut_off_at]", cut_off.isoformat()[:19])
    leader.locator("form[action$='/edit'] button.button").last.click()
    arrival = f"/desk/campaigns/{campaign}/arrival"
    leader.wait_for_timeout(max(0, (cut_off - datetime.now(ZONE)).total_seconds() * 1000))
    for _ in range(90):
        leader.goto("/desk")
        if leader.locator(f"main a[href='{arrival}']").count():
            break
        leader.wait_for_timeout(1_000)
    leader.goto(arrival)
    leader.locator("form[action$='/arrival'] button.button").last.click()
    leader.wait_for_url("**done=1*")
    for context in contexts:
        context.close()
    return person


def with_pickup_code(collectable: Person, telephone) -> tuple[Telephone, str]:
    """A telephone on which somebody has looked at the code of goods that are here."""
    phone = telephone(collectable)
    wait_for_worker(phone.page)
    phone.page.goto("/pickup-code")
    return phone, phone.page.locator(".code").first.inner_text()


def test_the_pickup_code_is_there_without_network_until_signing_out(telephone, collectable: Person):
    phone, code = with_pickup_code(collectable, telephone)
    phone.page.locator(".kept").wait_for()
    phone.page.goto("/orders")
    phone.page.wait_for_timeout(1_500)
    orders = phone.page.locator("article.card a[data-keep]").evaluate_all("links => links.map((link) => link.pathname)")
    phone.network.cut()
    phone.page.goto("/pickup-code")
    assert phone.page.locator(".code").first.inner_text() == code
    assert phone.page.evaluate("getComputedStyle(document.querySelector('.code')).fontWeight") == "700", "with its style"
    screens.take(phone.page, "offline-4-pickup-code")
    axe.check(phone.page)
    phone.page.goto(orders[0])
    assert "订单" in phone.page.locator("h1").inner_text(), "a list holds the open orders ready"
    # Any other page says that there is no network, whom to call, and what is there all the same.
    phone.page.goto("/campaigns")
    assert "现在没有网络" in phone.page.locator("h1").inner_text()
    phone.page.locator("[data-kept-pages] a", has_text="取货码").first.wait_for()
    assert phone.page.locator("a[href^='tel:']").count() > 0
    axe.check(phone.page)
    assert elder.measures(phone.page) == []
    screens.take(phone.page, "offline-5-no-network")
    phone.page.locator("[data-kept-pages] a", has_text="取货码").first.click()
    assert phone.page.locator(".code").first.inner_text() == code

    phone.network.mend()
    phone.page.goto("/account")
    phone.page.locator("main form[action='/sign-out'] button").click()
    phone.page.wait_for_load_state("load")
    left = "caches.keys().then((names) => names.filter((name) => name.startsWith('kept')))"
    assert phone.page.evaluate(left) == []
    assert phone.page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    phone.page.wait_for_timeout(500)
    phone.network.cut()
    try:
        phone.page.goto("/pickup-code")
    except Exception:
        pass
    assert code not in phone.page.content()


ANSWER = """async (status) => {
  const name = (await caches.keys()).find((name) => name.startsWith("kept "));
  await keep("/pickup-code", new Response("", { status, headers: { "Offline-Copy": `only ${name.slice(5)}` } }));
  return (await caches.match("/pickup-code")) !== undefined;
}"""


def test_a_server_that_is_out_of_order_takes_no_copies_along(telephone, collectable: Person):
    phone, _ = with_pickup_code(collectable, telephone)
    phone.page.locator(".kept").wait_for()
    worker = phone.context.service_workers[0]
    for status, is_kept in ((500, True), (503, True), (404, False)):
        assert worker.evaluate(ANSWER, status) == is_kept, f"after an answer {status}"


def test_a_session_that_ended_elsewhere_takes_the_copies_along(telephone, collectable: Person):
    phone, code = with_pickup_code(collectable, telephone)
    phone.page.locator(".kept").wait_for()
    phone.context.clear_cookies()
    phone.page.goto("/")
    phone.page.wait_for_timeout(500)
    phone.network.cut()
    phone.page.goto("/pickup-code")
    assert "现在没有网络" in phone.page.locator("h1").inner_text() and code not in phone.page.content()


def test_who_wants_no_copies_has_none(telephone, collectable: Person):
    phone, code = with_pickup_code(collectable, telephone)
    phone.page.locator(".kept button", has_text="不用存").click()
    phone.page.wait_for_timeout(500)
    phone.page.goto("/orders")
    phone.page.goto("/pickup-code")
    phone.network.cut()
    phone.page.goto("/pickup-code")
    assert code not in phone.page.content()


@pytest.mark.parametrize("role", ["card holder", "stranger"])
def test_a_shared_tablet_and_a_stranger_keep_no_page(telephone, everyone: list[Person], role: str):
    phone = telephone()
    phone.page.goto("/")
    wait_for_worker(phone.page)
    if role == "card holder":
        people.sign_in(phone.page, people.with_card(everyone))
        phone.page.goto("/orders")
        phone.page.goto("/pickup-code")
    phone.page.wait_for_timeout(500)
    assert phone.page.evaluate("caches.keys().then((names) => names.filter((name) => !name.startsWith('shell')))") == []
    held = phone.page.evaluate("caches.keys().then(async (names) => (await (await caches.open(names[0])).keys()).map(({url}) => new URL(url).pathname))")
    assert all(path.startswith("/static/") or path == "/offline" for path in held), held


def test_the_site_can_be_put_on_the_first_screen(open_window, program: Program, language: str):
    page = open_window("/", language=language)
    manifest = httpx.get(f"{program.address}{page.locator('link[rel=manifest]').get_attribute('href')}").json()
    assert manifest["lang"].startswith(language) and manifest["start_url"] == manifest["scope"] == "/"
    assert manifest["display"] == "standalone"
    for icon in manifest["icons"]:
        answer = httpx.get(program.address + icon["src"])
        assert answer.status_code == 200 and answer.headers["content-type"] == icon["type"]
        if icon["type"] == "image/png":
            width = int.from_bytes(answer.content[16:20], "big")
            assert icon["sizes"] == f"{width}x{width}"
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for shortcut in manifest["shortcuts"]:
        assert httpx.get(program.address + shortcut["url"]).status_code in (200, 303)
    worker = httpx.get(f"{program.address}/sw.js")
    assert worker.headers["cache-control"] == "no-cache" and worker.headers["service-worker-allowed"] == "/"
    assert worker.headers["content-type"].startswith("text/javascript")
