"""Goods by weight: ordered at an estimate, weighed on the leader's phone, charged by what the scale said."""

import re

import axe
import screens
from people import Person
from test_campaign_day import Day, follow, submit, text

PRICE = re.compile(r"¥(\d+\.\d\d)")


def amounts(words: str) -> list[float]:
    return [float(amount) for amount in PRICE.findall(words)]


class Weighing(Day):
    def choose_goods(self) -> None:
        leader = self.leader
        leader.goto(f"{self.desk}/items?q=%E9%B2%AB%E9%B1%BC")
        leader.locator(f"main a[href*='/desk/campaigns/{self.campaign}/items/add/']").first.click()
        leader.wait_for_load_state("load")
        leader.check("[name=stock_kind][value=on_demand]")
        leader.fill("[name=price]", "36.00")
        leader.locator("main form.form button.button").first.click()
        leader.wait_for_load_state("load")
        assert leader.url.split("#")[0].endswith("/items"), text(leader)
        leader.goto(self.desk)
        submit(leader, "/publish")

    def weigh(self, typed: list[str]) -> None:
        leader = self.leader
        leader.goto(f"{self.desk}/weighing")
        leader.locator("main article h2 a").first.click()
        leader.wait_for_load_state("load")
        fields = leader.locator("main form.form input[type=text]")
        assert fields.count() == len(typed)
        for place, weight in enumerate(typed):
            fields.nth(place).fill(weight)
        leader.locator("main form.form button.button").first.click()
        leader.wait_for_load_state("load")


def test_a_fish_is_charged_by_what_it_weighs(open_window, everyone: list[Person], language: str) -> None:
    day = Weighing(open_window, everyone, language)
    day.open_campaign()
    day.choose_goods()
    hao, guoqiang, _ = day.residents
    hao.goto(f"/campaigns/{day.campaign}")
    screens.take(hao, "weighing-1-shelf")
    orders = [day.order(hao, {0: 1}), day.order(guoqiang, {0: 2})]
    hao.goto(f"/orders/{orders[0]}")
    screens.take(hao, "weighing-2-estimate")
    estimate = max(amounts(text(hao)))
    day.close()
    leader = day.leader
    leader.goto("/desk")
    follow(leader, f"{day.campaign}/arrival")
    submit(leader, "/arrival")

    hao.goto(f"/orders/{orders[0]}")
    assert hao.locator("#pickup-code").count() == 0, "a fish is not fetched before it is weighed"
    day.weigh(["9 kg", ""])
    assert leader.locator(".field-error, .error").count() > 0, "nobody's fish weighs nine kilograms"
    axe.check(leader)
    screens.take(leader, "weighing-3-refused")
    day.weigh(["0.35", "1.30"])
    screens.take(leader, "weighing-4-weighed")

    hao.goto(f"/orders/{orders[0]}")
    assert "12.60" in text(hao), text(hao)
    assert estimate > 12.60, "the estimate was for a heavier one"
    screens.take(hao, "weighing-5-weighed-order")
    guoqiang.goto(f"/orders/{orders[1]}")
    agreement = guoqiang.locator("main form[action$='/agreement'] button")
    if agreement.count():
        screens.take(guoqiang, "weighing-6-asked")
        agreement.first.click()
        guoqiang.wait_for_load_state("load")
    assert "46.80" in text(guoqiang), text(guoqiang)

    number, code = day.code(hao, orders[0])
    day.find(number)
    assert leader.locator("[name=cash]").input_value() == "12.60", text(leader)
    day.hand_over(leader, code)
    assert "done=1" in leader.url, text(leader)
