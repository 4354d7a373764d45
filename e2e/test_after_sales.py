"""After-sales: a neighbour reports something by photo and two taps, and leader, merchant and committee answer in turn."""

import io
import re

import axe
import people
import screens
from people import Person
from PIL import Image
from playwright.sync_api import Page
from test_campaign_day import Day, follow, submit, text

SAYS = {
    "zh": {"refunded": "已退钱", "stale": "刚刚有人处理过", "asked": "商户在", "by itself": "到时间自动"},
    "en": {"refunded": "Money given back", "stale": "a moment ago", "asked": "The merchant answers", "by itself": "By itself"},
}  # fmt: skip


def photo() -> bytes:
    """What a phone's camera sends: a JPEG that says where it was taken."""
    picture = Image.new("RGB", (1200, 900), (196, 154, 90))
    exif = picture.getexif()
    exif[0x010E] = "the kitchen of flat 501"
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=exif)
    return file.getvalue()


class Claiming(Day):
    reader: Page | None = None

    def collected(self) -> str:
        """An order of two items that its household has carried home."""
        self.open_campaign()
        self.add_item({"stock_kind": "on_demand", "price": "6.50"})
        self.add_item({"stock_kind": "on_demand", "price": "4.20"})
        self.leader.goto(self.desk)
        submit(self.leader, "/publish")
        hao, guoqiang, _ = self.residents
        order = self.order(hao, {0: 3, 1: 2})
        self.order(guoqiang, {1: 1})
        self.close()
        self.leader.goto("/desk")
        follow(self.leader, f"{self.campaign}/arrival")
        submit(self.leader, "/arrival")
        number, code = self.code(hao, order)
        self.find(number)
        self.hand_over(self.leader, code)
        assert "done=1" in self.leader.url, text(self.leader)
        return order

    def report(self, page: Page, order: str, line: int, fault: str, with_photo: bool) -> str:
        page.goto(f"/orders/{order}")
        page.locator("#after-sales .choices a").nth(line).click()
        page.wait_for_load_state("load")
        if with_photo:
            page.set_input_files(
                "[name=picture]", {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photo()}
            )
        self.check_as_resident(page.url)
        screens.take(page, "claim-1-report")
        page.locator(f"button[name=fault][value={fault}]").click()
        page.wait_for_load_state("load")
        found = re.search(r"/claims/(\w{13})\?reported=1", page.url)
        assert found, f"{page.url}\n{text(page)}"
        return found.group(1)

    def check_as_resident(self, path: str) -> None:
        """axe needs JavaScript, which the residents' own windows do not have."""
        if self.reader is None:
            self.reader = self.open_window(
                path, person=people.with_role(self.everyone, "resident", 0), language=self.language
            )
        else:
            self.reader.goto(path)
        axe.check(self.reader)

    def see_photo(self, page: Page, claim: str) -> None:
        answer = page.request.get(f"/claims/{claim}/picture/large")
        assert answer.headers["content-type"] == "image/webp"
        assert "no-store" in answer.headers["cache-control"]
        assert b"kitchen" not in answer.body(), "the picture still says where it was taken"


def test_a_claim_with_a_photo(open_window, everyone: list[Person], language: str) -> None:
    says = SAYS[language]
    day = Claiming(open_window, everyone, language)
    order = day.collected()
    hao, guoqiang, _ = day.residents
    hao.goto(f"/orders/{order}")
    day.check_as_resident(hao.url)
    screens.take(hao, "claim-0-order")
    claim = day.report(hao, order, 0, "spoiled", with_photo=True)
    day.check_as_resident(hao.url)
    screens.take(hao, "claim-2-reported")
    day.see_photo(hao, claim)
    assert guoqiang.goto(f"/claims/{claim}").status == 404
    assert guoqiang.request.get(f"/claims/{claim}/picture/large").status == 404

    leader = day.leader
    leader.goto("/desk")
    leader.locator("main a[href='/desk/claims']").first.click()
    leader.wait_for_load_state("load")
    axe.check(leader)
    screens.take(leader, "claim-3-desk")
    follow(leader, f"/claims/{claim}")
    day.see_photo(leader, claim)
    axe.check(leader)
    screens.take(leader, "claim-4-answer")
    second = day.open_window(
        f"/claims/{claim}", person=people.with_role(everyone, "committee"), device="desk", language=language,
        fresh=language == "en",
    )  # fmt: skip
    leader.fill("[name=amount]", "6.50")
    leader.locator("form:has([name=amount]) button.button").click()
    leader.wait_for_load_state("load")
    assert says["refunded"] in text(leader), text(leader)
    second.locator("form:has([name=amount]) button.button").click()
    second.wait_for_load_state("load")
    assert says["stale"] in second.inner_text("body"), text(second)

    hao.goto(f"/orders/{order}")
    assert hao.locator("#money").inner_text().count("6.50") >= 1, text(hao)
    screens.take(hao, "claim-5-order-after")
    ask_the_next_level(day, order, says)


def ask_the_next_level(day: Claiming, order: str, says: dict[str, str]) -> None:
    hao, leader = day.residents[0], day.leader
    claim = day.report(hao, order, 0, "not_as_described", with_photo=False)
    leader.goto(f"/claims/{claim}")
    leader.fill("[name=reason]", "一")
    leader.locator("form:has([name=reason]) button.button").click()
    leader.wait_for_load_state("load")
    axe.check(leader)
    screens.take(leader, "claim-6-reason-missing")
    leader.fill("[name=reason]", "每一份都是当面点过的，请您再看看。")
    leader.locator("form:has([name=reason]) button.button").click()
    leader.wait_for_load_state("load")
    hao.goto(f"/claims/{claim}")
    day.check_as_resident(hao.url)
    screens.take(hao, "claim-7-declined")
    hao.fill("[name=reason]", "外面看不出来，里面是黑的。")
    hao.locator("form:has([name=reason]) button.button").click()
    hao.wait_for_load_state("load")
    assert says["asked"] in text(hao), text(hao)
    screens.take(hao, "claim-8-asked-the-merchant")


def test_nobody_answered(open_window, everyone: list[Person]) -> None:
    """The leader left a claim of the demo unanswered for a day; it went to the merchant by itself."""
    committee = open_window("/desk/claims", person=people.with_role(everyone, "committee"), device="desk")
    links = committee.locator("main article h3 a")
    paths = [links.nth(number).get_attribute("href") for number in range(links.count())]
    escalated = []
    for path in paths:
        committee.goto(path)
        if SAYS["zh"]["by itself"] in text(committee) and SAYS["zh"]["asked"] in text(committee):
            escalated.append(path)
    assert escalated, f"no claim went on by itself among {paths}"
    screens.take(committee, "claim-9-escalated")
    merchants = [person for person in everyone if person.role == "merchant" and person.phone]
    for merchant in merchants:
        page = open_window("/desk/claims", person=merchant, fresh=True)
        mine = page.locator(f"main a[href='{escalated[0]}']")
        if mine.count() == 0:
            continue
        mine.first.click()
        page.wait_for_load_state("load")
        axe.check(page)
        screens.take(page, "claim-10-merchant")
        page.locator("form:has([name=amount]) button.button").click()
        page.wait_for_load_state("load")
        assert SAYS["zh"]["refunded"] in text(page), text(page)
        return
    raise AssertionError("no merchant could answer it")
