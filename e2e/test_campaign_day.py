"""A campaign's day by clicks, from opening to the last bag: a leader, three residents and a card holder at a tablet.

Residents and the card holder have no JavaScript. The program has no clock to turn, so the leader moves the cut-off to the
next whole minute and the day waits for it.
"""

import io
import re
import zipfile
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import axe
import people
import pytest
import screens
import zxingcpp
from people import Person
from PIL import Image
from playwright.sync_api import Page

ZONE = ZoneInfo("Asia/Shanghai")
LISTS = ["supplier", "sorting", "packing", "buildings"]
SAYS = {
    "zh": {
        "left over": "已经售完", "wrong code": "取货码不对", "second scanner": "已在", "done": "已交货", "collected": "已取完",
    },
    "en": {
        "left over": "sold out", "wrong code": "not this order's code", "second scanner": "handed this order over at",
        "done": "Handed over", "collected": "ollected",
    },
}  # fmt: skip


def local(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M")


def soon() -> datetime:
    """A cut-off to the second, so that nobody waits for the end of a minute: as soon as a form can arrive before it."""
    return datetime.now(ZONE).replace(microsecond=0) + timedelta(seconds=6)


def text(page: Page) -> str:
    return page.inner_text("main")


def submit(page: Page, form: str, button: str = "button.button") -> None:
    page.locator(f"form[action$='{form}']").locator(button).first.click()
    page.wait_for_load_state("load")


def follow(page: Page, path: str) -> None:
    page.locator(f"main a[href$='{path}']").first.click()
    page.wait_for_load_state("load")


class Day:
    """The people at their screens, in one language, and the campaign that they share."""

    def __init__(self, open_window, everyone: list[Person], language: str):
        self.says = SAYS[language]
        self.leader = open_window(None, person=people.with_role(everyone, "leader"), language=language)
        residents = [people.with_role(everyone, "resident", position) for position in range(3)]
        self.residents = [
            open_window(None, person=person, language=language, javascript=False) for person in residents
        ]
        self.open_window = open_window
        self.everyone = everyone
        self.language = language
        self.campaign = ""

    @property
    def desk(self) -> str:
        return f"/desk/campaigns/{self.campaign}"

    # The leader opens.

    def open_campaign(self) -> None:
        leader = self.leader
        leader.goto("/desk")
        follow(leader, "/desk/campaigns/new")
        now = datetime.now(ZONE)
        leader.fill("[name=title_zh]", "今天的小团")
        leader.fill("[name=title_en]", "Today's small group-buy")
        leader.fill("[name=note_zh]", "傍晚来取，带个袋子。")
        leader.fill("[name=note_en]", "Come in the evening, bring a bag.")
        leader.fill("[name=opens_at]", local(now - timedelta(minutes=1)))
        leader.fill("[name=cut_off_at]", local(now + timedelta(minutes=30)))
        leader.fill("[name=pickup_from]", local(now + timedelta(minutes=30)))
        leader.fill("[name=pickup_until]", local(now + timedelta(minutes=90)))
        leader.select_option("[name=pickup_point]", index=0)
        leader.check("[name=minimum_kind][value=households]")
        leader.fill("[name=minimum_households]", "2")
        leader.check("[name=shortage_rule][value=pro_rata]")
        leader.select_option("[name=carrier]", index=1)
        leader.fill("[name=carrier_rate]", "2.5")
        axe.check(leader)
        screens.take(leader, "day-1-new-campaign")
        submit(leader, "/desk/campaigns")
        self.campaign = re.search(r"/desk/campaigns/(\w{13})", leader.url).group(1)

    def choose_goods(self) -> None:
        self.add_item({"stock_kind": "limited", "units": "3", "household_limit": "2", "price": "6.50"})
        self.add_item({"stock_kind": "on_demand", "price": "4.20"})
        self.add_item({"stock_kind": "limited", "units": "10", "price": "12.00"})
        self.leader.goto(self.desk)
        screens.take(self.leader, "day-2-draft")
        submit(self.leader, "/publish")
        assert self.leader.locator(f"main a[href='/campaigns/{self.campaign}']").count() == 1
        screens.take(self.leader, "day-3-published")

    def add_item(self, values: dict[str, str]) -> None:
        leader = self.leader
        leader.goto(f"{self.desk}/items")
        leader.locator(f"main a[href*='/desk/campaigns/{self.campaign}/items/add/']").first.click()
        leader.wait_for_load_state("load")
        leader.check(f"[name=stock_kind][value={values['stock_kind']}]")
        for name in ("price", "units", "household_limit"):
            leader.fill(f"[name={name}]", values.get(name, ""))
        leader.locator("main form.form button.button").first.click()
        leader.wait_for_load_state("load")
        assert leader.url.split("#")[0].endswith("/items"), text(leader)

    # The neighbours order.

    def put_into_basket(self, page: Page, chosen: dict[int, int]) -> None:
        """`chosen`: how many of the item at each place of the shelf."""
        for place in chosen:
            page.goto(f"/campaigns/{self.campaign}")
            page.locator("li.product").nth(place).locator("button[name=add]").click()
            page.wait_for_load_state("load")
        page.locator(".basket-bar a.button").click()
        page.wait_for_load_state("load")
        quantities = page.locator(f"#campaign-{self.campaign} input[name^='quantity-']")
        for field, place in enumerate(sorted(chosen)):
            quantities.nth(field).fill(str(chosen[place]))

    def check_out(self, page: Page) -> None:
        basket = page.locator(f"#campaign-{self.campaign}")
        basket.locator("button[name=do][value=checkout]").click()
        page.wait_for_load_state("load")
        page.locator("main button[name=do][value=submit]").click()
        page.wait_for_load_state("load")

    def order(self, page: Page, chosen: dict[int, int]) -> str:
        self.put_into_basket(page, chosen)
        self.check_out(page)
        return self.placed(page)

    def placed(self, page: Page) -> str:
        found = re.search(r"/orders/(\w{13})\?placed=1", page.url)
        assert found, f"{page.url}\n{text(page)}"
        return found.group(1)

    def take_orders(self) -> dict[str, str]:
        hao, guoqiang, jiayi = self.residents
        hao.goto(f"/campaigns/{self.campaign}")
        screens.take(hao, "day-4-shelf")
        self.put_into_basket(jiayi, {0: 1, 1: 2, 2: 4})
        orders = {"hao": self.order(hao, {0: 2, 1: 3})}
        screens.take(hao, "day-5-placed")
        orders["guoqiang"] = self.order(guoqiang, {0: 1, 2: 2})

        self.check_out(jiayi)
        assert self.says["left over"] in text(jiayi)
        screens.take(jiayi, "day-6-sold-out")
        assert "/orders/" not in jiayi.url
        jiayi.locator("main input[name^='quantity-']").first.fill("0")
        jiayi.locator("main button[name=do][value=submit]").click()
        jiayi.wait_for_load_state("load")
        orders["jiayi"] = self.placed(jiayi)

        orders["card"] = self.order_at_the_tablet()
        return orders

    def order_at_the_tablet(self) -> str:
        holder = people.with_card(self.everyone)
        tablet = self.open_window(
            None, person=holder, device="tablet", language=self.language, javascript=False, fresh=True
        )
        order = self.order(tablet, {1: 1, 2: 3})
        screens.take(tablet, "day-7-tablet")
        tablet.locator("main form[action='/sign-out'] button").click()
        tablet.wait_for_load_state("load")
        tablet.goto(f"/orders/{order}")
        assert order not in tablet.url or tablet.locator("main table").count() == 0, "the tablet stayed signed in"
        return order

    def change_their_minds(self, orders: dict[str, str]) -> None:
        hao, guoqiang, _ = self.residents
        hao.goto(f"/orders/{orders['hao']}")
        follow(hao, "/edit")
        hao.locator("main input[name^='quantity-']").nth(1).fill("2")
        hao.locator("main button[name=do][value=submit]").click()
        hao.wait_for_load_state("load")
        assert "21.40" in text(hao), text(hao)

        guoqiang.goto(f"/orders/{orders['guoqiang']}")
        follow(guoqiang, "/cancel")
        submit(guoqiang, "/cancel", "button.danger")
        guoqiang.goto(f"/orders/{orders['guoqiang']}")
        assert guoqiang.locator("main a[href$='/edit']").count() == 0

    # The cut-off, the lists, the lorry.

    def close(self) -> None:
        leader = self.leader
        leader.goto(self.desk)
        follow(leader, "/edit")
        cut_off = soon()
        leader.fill("[name=cut_off_at]", cut_off.isoformat()[:19])
        submit(leader, "/edit")
        assert leader.url.endswith(self.campaign), text(leader)
        leader.wait_for_timeout(max(0, (cut_off - datetime.now(ZONE)).total_seconds() * 1000))
        for _ in range(60):
            leader.goto("/desk")
            if leader.locator(f"main a[href='{self.desk}/arrival']").count():
                return
            leader.wait_for_timeout(500)
        raise AssertionError(f"the closing job did not close the campaign:\n{text(leader)}")

    def open_lists(self) -> None:
        leader = self.leader
        screens.take(leader, "day-8-desk-closed")
        for name in LISTS:
            leader.goto(f"{self.desk}/lists")
            follow(leader, f"/lists/{name}")
            assert leader.locator("main tr, main li, main section").count() >= 2, name
            axe.check(leader)
            screens.take(leader, f"day-9-{name}")
            with leader.expect_download() as download:
                leader.locator("main a[href$='/xlsx']").first.click()
            with open(download.value.path(), "rb") as file, zipfile.ZipFile(io.BytesIO(file.read())) as archive:
                assert "xl/workbook.xml" in archive.namelist()
            follow(leader, "/print")
            axe.check(leader)
            screens.take(leader, f"day-9-{name}-print")

    def take_delivery(self) -> None:
        leader = self.leader
        leader.goto("/desk")
        follow(leader, f"{self.campaign}/arrival")
        came = leader.locator("input[name^='arrived.']")
        assert [came.nth(place).input_value() for place in range(3)] == ["2", "5", "7"]
        came.nth(2).fill("4")
        axe.check(leader)
        screens.take(leader, "day-10-arrival")
        submit(leader, "/arrival")
        assert "done=1" in leader.url, text(leader)

    def see_the_sharing(self, orders: dict[str, str]) -> None:
        jiayi = self.residents[2]
        jiayi.goto(f"/campaigns/{self.campaign}/sharing")
        assert "4 → 2" in text(jiayi), text(jiayi)
        assert "3 → 2" in text(jiayi), text(jiayi)
        screens.take(jiayi, "day-11-sharing")
        jiayi.goto(f"/orders/{orders['jiayi']}")
        screens.take(jiayi, "day-12-pickup-code")

    # The pickup table.

    def code(self, page: Page, order: str) -> tuple[str, str]:
        """The order's number and its six digits, as the neighbour reads them out."""
        page.goto(f"/orders/{order}")
        part = page.locator("#pickup-code")
        return part.locator("strong").inner_text(), re.sub(r"\D", "", part.locator(".code").inner_text())

    def scan(self, page: Page, order: str) -> str:
        """What a camera reads from the QR code on the neighbour's screen."""
        page.goto(f"/orders/{order}")
        picture = Image.open(io.BytesIO(page.locator("#pickup-code svg").screenshot()))
        (code,) = zxingcpp.read_barcodes(picture)
        return code.text

    def find(self, number: str) -> None:
        self.leader.goto("/desk")
        follow(self.leader, f"{self.campaign}/pickup")
        self.leader.fill("[name=find]", number)
        submit(self.leader, "/pickup")

    def hand_over(self, page: Page, code: str) -> None:
        page.fill("[name=code]", code)
        page.locator("main form.form button.button").first.click()
        page.wait_for_load_state("load")

    def collect(self, orders: dict[str, str]) -> None:
        leader = self.leader
        hao, _, jiayi = self.residents
        number, code = self.code(hao, orders["hao"])
        second = self.open_window(
            f"/desk/orders/{orders['hao']}/pickup", person=people.with_role(self.everyone, "committee"),
            device="desk", language=self.language, fresh=self.language == "en",
        )  # fmt: skip
        self.find(number)
        assert orders["hao"] in leader.url
        wrong = f"{(int(code) + 1) % 1_000_000:06d}"
        self.hand_over(leader, wrong)
        assert self.says["wrong code"] in leader.inner_text("body")
        axe.check(leader)
        screens.take(leader, "day-13-wrong-code")
        self.hand_over(leader, code)
        assert "done=1" in leader.url, text(leader)
        assert self.says["done"] in leader.inner_text("body")
        screens.take(leader, "day-14-handed-over")

        self.hand_over(second, code)
        told = second.inner_text("body")
        assert self.says["second scanner"] in told
        assert "林晓芸" in told or "Lin Xiaoyun" in told
        assert re.search(r"\d\d:\d\d", told)
        screens.take(second, "day-15-second-scanner")

        leader.goto(self.scan(jiayi, orders["jiayi"]))
        axe.check(leader)
        screens.take(leader, "day-16-hand-over-scanned")
        leader.locator("main form.form button.button").first.click()
        leader.wait_for_load_state("load")
        assert "done=1" in leader.url, text(leader)
        self.collect_in_two_parts(orders["card"])

    def collect_in_two_parts(self, order: str) -> None:
        leader = self.leader
        tablet = self.open_window(
            None, person=people.with_card(self.everyone), device="tablet", language=self.language,
            javascript=False, fresh=True,
        )  # fmt: skip
        number, code = self.code(tablet, order)
        self.find(number)
        leader.locator("main a", has_text="−").last.click()
        leader.wait_for_load_state("load")
        self.hand_over(leader, code)
        assert "done=1" in leader.url, text(leader)
        screens.take(leader, "day-17-partly")
        self.find(number)
        assert leader.locator("main form.form").count() == 1, text(leader)
        _, code = self.code(tablet, order)
        self.hand_over(leader, code)
        assert "done=1" in leader.url, text(leader)

    def finish(self) -> None:
        leader = self.leader
        leader.goto("/desk")
        screens.take(leader, "day-18-ready-to-finish")
        submit(leader, f"{self.campaign}/finish")
        follow(leader, f"{self.campaign}/custody")
        assert leader.locator("main table").count() >= 1
        screens.take(leader, "day-19-custody")
        for resident in self.residents:
            resident.goto("/orders")
            screens.take(resident, "day-20-orders")
        self.see_the_part()

    def see_the_part(self) -> None:
        """Who brought the goods sees their part of it, and the neighbours see how much it is."""
        courier = self.open_window(
            "/money", person=people.with_role(self.everyone, "courier"), language=self.language
        )
        part = courier.locator(f"main a[href$='?campaign={self.campaign}']")
        assert part.count() == 1, text(courier)
        axe.check(courier)
        screens.take(courier, "day-21-courier")
        self.leader.goto(f"/desk/campaigns/{self.campaign}")
        assert "2.5%" in text(self.leader)
        axe.check(self.leader)
        screens.take(self.leader, "day-22-desk")


@pytest.mark.timeout(300)
def test_a_campaign_is_played_from_opening_to_the_last_bag(open_window, everyone: list[Person], language: str):
    day = Day(open_window, everyone, language)
    day.open_campaign()
    day.choose_goods()
    orders = day.take_orders()
    day.change_their_minds(orders)
    day.close()
    day.open_lists()
    day.take_delivery()
    day.see_the_sharing(orders)
    day.collect(orders)
    day.finish()
