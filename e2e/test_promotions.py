"""Honest promotions: a price that falls for everyone when many order, and so much off of a larger order."""

import axe
import people
import screens
from people import Person
from playwright.sync_api import Page
from test_campaign_day import Day, submit, text

SAYS = {
    "zh": {
        "steps": "满 ¥30 减 ¥4", "bearers": "由商户、团长和社区一起承担", "missing": "再有 3", "everyone": "大家都按 ¥5.60",
        "more": "再买 ¥4 减 ¥4", "off": "−¥4.00", "result": "截单时一共订了 5", "down": "从 ¥6.50 降下来了",
    },
    "en": {
        "steps": "¥4 off orders of ¥30 or more", "bearers": "bear it together", "missing": "3 more, and everyone pays ¥5.60",
        "everyone": "¥5.60 for everyone as it stands", "more": "¥4 more, and ¥4 is taken off", "off": "−¥4.00",
        "result": "5 were ordered by the cut-off", "down": "down from ¥6.50",
    },
}  # fmt: skip


class Promotion(Day):
    def __init__(self, open_window, everyone: list[Person], language: str):
        super().__init__(open_window, everyone, language)
        self.promises = SAYS[language]
        # axe needs JavaScript, which the residents' phones do not have.
        self.looker = open_window(None, language=language)

    def look(self, path: str, name: str) -> None:
        self.looker.goto(path)
        axe.check(self.looker)
        screens.take(self.looker, name)

    def enter_steps(self) -> None:
        leader = self.leader
        leader.goto(f"{self.desk}/edit")
        leader.locator("main form details summary").click()
        leader.fill("[name=discount_threshold_1]", "30")
        leader.fill("[name=discount_amount_1]", "15")
        submit(leader, "/edit")
        assert leader.locator("#field-discount_amount_1-error").is_visible(), "half of it is not a discount"
        axe.check(leader)
        screens.take(leader, "promotion-1-refused")
        leader.fill("[name=discount_amount_1]", "4")
        submit(leader, "/edit")
        assert self.promises["steps"] in text(leader) and self.promises["bearers"] in text(leader)

    def choose_goods(self) -> None:
        self.add_item({"stock_kind": "on_demand", "price": "6.50"})
        self.add_item({"stock_kind": "on_demand", "price": "13.00"})
        leader = self.leader
        leader.goto(f"{self.desk}/items")
        leader.locator("main article").first.locator("form a.button").first.click()
        leader.wait_for_load_state("load")
        leader.locator("main form details summary").click()
        for row, (quantity, price) in enumerate([("5", "5.60"), ("20", "5.90")], start=1):
            leader.fill(f"[name=tier_quantity_{row}]", quantity)
            leader.fill(f"[name=tier_price_{row}]", price)
        leader.locator("main form.form button.button").first.click()
        leader.wait_for_load_state("load")
        assert leader.locator("#field-tier_price_2-error").is_visible(), "a higher tier does not cost more"
        axe.check(leader)
        screens.take(leader, "promotion-2-tiers")
        leader.fill("[name=tier_price_2]", "5.20")
        leader.locator("main form.form button.button").first.click()
        leader.wait_for_load_state("load")
        assert leader.url.split("#")[0].endswith("/items"), text(leader)
        leader.goto(self.desk)
        axe.check(leader)
        screens.take(leader, "promotion-3-draft")
        submit(leader, "/publish")

    def shelf(self, page: Page) -> str:
        page.goto(f"/campaigns/{self.campaign}")
        return text(page)


def test_everyone_pays_the_price_that_all_have_reached(open_window, everyone: list[Person], language: str) -> None:
    day = Promotion(open_window, everyone, language)
    day.open_campaign()
    day.enter_steps()
    day.choose_goods()
    hao, guoqiang, jiayi = day.residents

    first = day.order(hao, {0: 2})
    assert day.promises["missing"] in day.shelf(guoqiang), text(guoqiang)
    screens.take(guoqiang, "promotion-4-shelf")
    day.look(f"/campaigns/{day.campaign}", "promotion-4-shelf-script")
    guoqiang.locator("li.product h2 a").first.click()
    guoqiang.wait_for_load_state("load")
    assert day.promises["missing"] in text(guoqiang)
    screens.take(guoqiang, "promotion-5-product")

    day.put_into_basket(guoqiang, {0: 2, 1: 1})
    guoqiang.locator(f"#campaign-{day.campaign} button.quiet[name=do][value=update]").click()
    guoqiang.wait_for_load_state("load")
    assert day.promises["more"] in text(guoqiang), text(guoqiang)
    screens.take(guoqiang, "promotion-6-basket")
    guoqiang.locator(f"#campaign-{day.campaign} input[name^='quantity-']").first.fill("3")
    guoqiang.locator(f"#campaign-{day.campaign} button[name=do][value=checkout]").click()
    guoqiang.wait_for_load_state("load")
    # 3 × ¥6.50 + ¥13.00 = ¥32.50, less ¥4.00.
    for words in (day.promises["off"], "28.50", day.promises["missing"]):
        assert words in text(guoqiang), text(guoqiang)
    screens.take(guoqiang, "promotion-7-check")
    guoqiang.locator("main button[name=do][value=submit]").click()
    guoqiang.wait_for_load_state("load")
    second = day.placed(guoqiang)
    assert day.promises["off"] in text(guoqiang) and "28.50" in text(guoqiang)
    assert day.promises["everyone"] in day.shelf(jiayi)
    screens.take(jiayi, "promotion-8-reached")

    day.close()
    assert day.promises["result"] in day.shelf(jiayi), text(jiayi)
    screens.take(jiayi, "promotion-9-closed")
    for page, order, total in ((hao, first, "11.20"), (guoqiang, second, "25.80")):
        page.goto(f"/orders/{order}")
        assert total in text(page) and "5.60" in text(page), text(page)
        assert day.promises["down"] in text(page)
    screens.take(guoqiang, "promotion-10-order")
    resident = open_window(
        f"/orders/{second}", person=people.with_role(everyone, "resident", 1), language=language
    )
    axe.check(resident)

    leader = day.leader
    leader.goto(f"{day.desk}/lists/supplier")
    assert "5.60" in text(leader) and day.promises["off"] in text(leader)
    axe.check(leader)
    screens.take(leader, "promotion-11-supplier")
