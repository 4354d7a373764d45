"""Services: an elder at the shared tablet books somebody she knows, a code opens the door, and the price has a limit."""

import io
import re

import axe
import httpx
import people
import screens
from PIL import Image, ImageDraw
from elder import faults, set_view
from people import Person
from playwright.sync_api import Page
from test_campaign_day import text

SAYS = {
    "zh": {
        "limit": "最多", "waiting": "等商户答复", "agreed": "约好了", "done": "做好了", "taken": "刚刚被别人约走了",
        "wrong": "到达码不对", "refused": "最多收", "poor": "没做好", "kept": "原来的时间", "reported": "报上去了",
        "cancelled": "取消了", "free": "现在取消不收钱",
    },
    "en": {
        "limit": "at most", "waiting": "Waiting for the merchant", "agreed": "Agreed", "done": "Done",
        "taken": "Somebody else has just booked", "wrong": "not the code", "refused": "At most", "poor": "Done badly",
        "kept": "until then the time stays", "reported": "Reported", "cancelled": "Cancelled",
        "free": "Cancelling now costs nothing",
    },
}  # fmt: skip

STORE = "方莉"


def owner(everyone: list[Person]) -> Person:
    return next(person for person in everyone if person.role == "merchant" and STORE in person.name)


def scripted(language: str) -> bool:
    """The Chinese half of each test runs with JavaScript and is audited; the English half does all of it without."""
    return language == "zh"


def audit(page: Page, language: str) -> None:
    if scripted(language):
        axe.check(page)


def measure(page: Page) -> None:
    """The page in the elder view, as a worker of a service may have chosen it, and back."""
    size = page.viewport_size
    set_view(page, "elder")
    assert not faults(page)
    set_view(page, "plain")
    page.set_viewport_size(size)


def press(page: Page, form: str) -> None:
    page.locator(f"main form[action$='{form}'] button.button").first.click()
    page.wait_for_load_state("load")


def follow(page: Page, link: str) -> None:
    page.locator(link).first.click()
    page.wait_for_load_state("load")


def face() -> bytes:
    """A photo of somebody, as a telephone takes it: large, and with the place in it."""
    picture = Image.new("RGB", (1200, 1200), (222, 205, 180))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((380, 240, 820, 760), fill=(214, 165, 128))
    draw.pieslice((360, 200, 840, 620), 180, 360, fill=(62, 50, 46))
    draw.ellipse((480, 440, 520, 490), fill=(40, 34, 32))
    draw.ellipse((680, 440, 720, 490), fill=(40, 34, 32))
    draw.arc((500, 500, 700, 660), 20, 160, fill=(140, 70, 60), width=14)
    draw.rectangle((300, 820, 900, 1200), fill=(70, 110, 120))
    exif = picture.getexif()
    exif[270] = "kitchen of unit 2"
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=exif)
    return file.getvalue()


def service_for_now(
    open_window, everyone: list[Person], language: str, title: str, price: str = "30", cap: str = "45"
) -> str:
    """The path of a service that can be had within the hour, made at the merchant's desk, by a worker with a photo."""
    page = open_window("/desk/services", person=owner(everyone), language=language, device="desk", javascript=scripted(language))
    follow(page, "main a[href$='/services']")
    services = page.url
    follow(page, "main a[href$='/services/new']")
    page.select_option("[name=kind]", "hairdressing")
    page.fill("[name=title_zh]", title)
    page.check("[name=place][value=home]")
    page.check("[name=basis][value=visit]")
    page.fill("[name=price]", price)
    page.fill("[name=cap]", "1")
    page.fill("[name=lead_hours]", "0")
    page.fill("[name=minutes]", "15")
    page.fill("[name=buffer_minutes]", "0")
    press(page, "/services/new")
    assert page.locator(".error-summary").count(), "a limit below the price is refused"
    screens.take(page, "services-0-refused")
    page.fill("[name=cap]", cap)
    press(page, "/services/new")
    assert page.url == services, text(page)
    follow(page, "main a[href$='/workers/new']")
    page.fill("[name=name_zh]", "孔师傅")
    page.locator("label", has_text=title).locator("input").check()
    for day in range(1, 8):
        page.fill(f"[name=hours_{day}]", "00:00-24:00")
    audit(page, language)
    screens.take(page, "services-0-worker")
    press(page, "/workers/new")
    assert page.url == services, text(page)
    audit(page, language)
    screens.take(page, "services-0-desk")
    follow(page, "main tr:last-child a[href^='/desk/workers/']")
    page.set_input_files("[name=picture]", {"name": "kong.jpg", "mimeType": "image/jpeg", "buffer": face()})
    press(page, "/picture")
    audit(page, language)
    screens.take(page, f"services-0-photo-{language}")
    shown = page.request.get(page.locator("main img.face").get_attribute("src"))
    assert shown.ok and b"kitchen" not in shown.body(), "the photo still says where it was taken"
    page.goto(services)
    link = page.locator("main a[href^='/desk/services/']", has_text=title).first.get_attribute("href")
    return link.removeprefix("/desk")


def book_first(page: Page, service: str) -> str:
    """Books the first free time and returns the booking's path."""
    page.goto(service)
    follow(page, "#times a[href*='/book?']")
    page.fill("[name=note]", "敲门重一点")
    press(page, "/book")
    assert re.search(r"/bookings/\w{13}", page.url), text(page)
    return re.search(r"/bookings/\w{13}", page.url).group(0)


def test_an_elder_books_a_haircut(open_window, everyone: list[Person], language: str) -> None:
    says = SAYS[language]
    title = {"zh": "上门剪发", "en": "Trim at home"}[language]
    service = service_for_now(open_window, everyone, language, title)

    elder = open_window("/", person=people.with_card(everyone), device="tablet", language=language, javascript=scripted(language))
    elder.goto("/services")
    audit(elder, language)
    screens.take(elder, f"services-1-list-{language}")
    elder.goto(service)
    assert says["limit"] in text(elder)
    audit(elder, language)
    screens.take(elder, f"services-2-service-{language}")
    follow(elder, "#times a[href*='/book?']")
    audit(elder, language)
    screens.take(elder, f"services-3-confirm-{language}")
    press(elder, "/book")
    booking = re.search(r"/bookings/\w{13}", elder.url).group(0)
    assert says["waiting"] in text(elder)
    screens.take(elder, f"services-4-asked-{language}")

    shop = open_window(
        "/desk/services", person=owner(everyone), language=language, javascript=scripted(language)
    )
    audit(shop, language)
    screens.take(shop, f"services-5-desk-{language}")
    shop.goto("/desk" + booking)
    audit(shop, language)
    screens.take(shop, f"services-6-request-{language}")
    press(shop, "/accept")
    assert says["agreed"] in text(shop)

    elder.reload()
    code = elder.locator("#arrival-code .code").inner_text().replace(" ", "")
    assert re.fullmatch(r"\d{6}", code), code
    audit(elder, language)
    screens.take(elder, f"services-7-code-{language}")
    photo = elder.locator("#arrival-code img.face")
    assert photo.get_attribute("alt") == {"zh": "孔师傅的照片", "en": "Photo of 孔师傅"}[language]
    assert photo.evaluate("image => image.complete && image.naturalWidth > 0")
    calendar = elder.request.get(booking + "/visit.ics")
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert title in calendar.text() and "敲门重一点" not in calendar.text()

    # The worker's telephone: today's visits, the household's code, and no more than the limit.
    shop.goto("/visits")
    audit(shop, language)
    screens.take(shop, f"services-8-visits-{language}")
    follow(shop, "main a[href='/visits/calendar']")
    press(shop, "/renew")
    audit(shop, language)
    screens.take(shop, f"services-8-calendar-{language}")
    address = shop.locator("main .address a").get_attribute("href")
    feed = httpx.get(address)
    assert title in feed.text and "王秀珍" not in feed.text and feed.text.startswith("BEGIN:VCALENDAR"), feed.text
    press(shop, "/renew")
    assert httpx.get(address).status_code == 404, "the old address is good for nothing"
    visit = booking.replace("/bookings/", "/visits/")
    shop.goto(visit)
    shop.fill("[name=code]", "000000" if code != "000000" else "111111")
    press(shop, "/arrive")
    assert says["wrong"] in text(shop)
    screens.take(shop, f"services-9-wrong-code-{language}")
    shop.fill("[name=code]", code)
    press(shop, "/arrive")
    assert shop.locator("[name=minutes]").count() == 1, text(shop)
    measure(shop)
    shop.locator("summary").first.click()
    shop.fill("[name=material]", "围布")
    shop.fill("[name=amount]", "5")
    press(shop, "/materials")
    elder.reload()
    screens.take(elder, f"services-10-material-{language}")
    elder.locator("#materials button[value=agreed]").click()
    elder.wait_for_load_state("load")
    shop.goto(visit)
    shop.fill("[name=charged]", "40")
    press(shop, "/finish")
    assert says["refused"] in text(shop), "30 and the 5 that were agreed"
    shop.fill("[name=charged]", "")
    shop.fill("[name=cash]", "35")
    shop.fill("[name=after_note]", "六个星期后再剪刚好。")
    audit(shop, language)
    screens.take(shop, f"services-11-finish-{language}")
    press(shop, "/finish")
    assert says["done"] in text(shop) and "35.00" in text(shop)

    elder.goto(booking)
    assert "六个星期后再剪刚好。" in text(elder) and "35.00" in text(elder)
    assert "取货" not in text(elder) and "ickup" not in text(elder)
    audit(elder, language)
    screens.take(elder, f"services-12-done-{language}")
    follow(elder, "#after-sales a[href$='/claim']")
    assert says["poor"] in text(elder)
    screens.take(elder, f"services-13-claim-{language}")
    elder.locator("button[name=fault][value=done_badly]").click()
    elder.wait_for_load_state("load")
    assert "/claims/" in elder.url, text(elder)
    screens.take(elder, f"services-14-claimed-{language}")
    shop.goto("/desk/claims")
    assert title in text(shop)


def test_another_time_and_a_race(open_window, everyone: list[Person], language: str) -> None:
    says = SAYS[language]
    elder, other = people.with_card(everyone), people.with_role(everyone, "resident")
    one = open_window("/services", person=elder, device="tablet", language=language, javascript=scripted(language))
    title = {"zh": "上门助浴", "en": "Assisted bathing"}[language]
    follow(one, f"main article a:has-text('{title}')")
    service = re.search(r"/services/\w{13}", one.url).group(0)
    last = one.locator("#times a[href*='/book?']").last.get_attribute("href")

    # Two look at the same time; one is faster, and the other sees what is free near it.
    two = open_window(last, person=other, language=language, javascript=scripted(language))
    one.goto(last)
    press(one, "/book")
    booking = re.search(r"/bookings/\w{13}", one.url).group(0)
    press(two, "/book")
    assert says["taken"] in text(two), text(two)
    assert two.locator("main > ul.choices a[href*='/book?']").count() > 0
    audit(two, language)
    screens.take(two, f"services-race-{language}")

    shop = open_window("/desk" + booking, person=owner(everyone), device="desk", language=language, javascript=scripted(language))
    press(shop, "/accept")
    screens.take(shop, f"services-move-desk-{language}")
    one.goto(booking)
    code = one.locator("#arrival-code .code").inner_text()
    before = one.locator(".definitions strong").first.inner_text()
    follow(one, "main a[href$='/move']")
    audit(one, language)
    screens.take(one, f"services-move-1-{language}")
    follow(one, "#times a[href*='worker=']")
    press(one, "/move")
    assert says["kept"] in text(one)
    screens.take(one, f"services-move-2-{language}")
    shop.reload()
    press(shop, "/move/agree")
    one.goto(booking)
    assert one.locator(".definitions strong").first.inner_text() != before
    assert one.locator("#arrival-code .code").inner_text() == code, "the code stays"
    one.goto("/bookings")
    audit(one, language)
    screens.take(one, f"services-bookings-{language}")
    one.goto(booking)
    follow(one, "main a[href$='/cancel']")
    assert says["free"] in text(one)
    screens.take(one, f"services-cancel-{language}")
    press(one, "/cancel")
    assert says["cancelled"] in text(one)


def test_programs_book_once(program, everyone: list[Person]) -> None:
    """By the API: one key is one booking, the loser hears 409, and nobody reads another household's booking."""

    def client(person: Person) -> httpx.Client:
        headers = {"Authorization": f"Bearer {people.bearer(program.address, person)}"}
        return httpx.Client(base_url=program.address, headers=headers, timeout=30)

    one, two = (client(people.with_role(everyone, "resident", position)) for position in (0, 1))
    service = next(
        service for service in one.get("/api/v1/services").json()["services"] if service["kind"] == "repair"
    )
    times = one.get(f"/api/v1/services/{service['id']}/times").json()["times"]
    wanted = {"service": service["id"], "worker": times[-1]["worker"], "starts_at": times[-1]["starts_at"]}
    answers = [
        one.post("/api/v1/bookings", json=wanted, headers={"Idempotency-Key": "api-booking-of-one"}) for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201], answers[0].text
    assert answers[0].json() == answers[1].json() and answers[1].headers["Idempotency-Replayed"] == "true"
    booking = answers[0].json()
    assert booking["state"] == "requested" and booking["cap"] == service["cap"]
    late = two.post("/api/v1/bookings", json=wanted, headers={"Idempotency-Key": "api-booking-of-two"})
    assert (late.status_code, late.json()["code"]) == (409, "booking.time_taken"), late.text
    assert one.get(f"/api/v1/bookings/{booking['id']}").json() == booking
    assert two.get(f"/api/v1/bookings/{booking['id']}").status_code == 404
    assert booking["id"] in [entry["id"] for entry in one.get("/api/v1/bookings").json()["bookings"]]
