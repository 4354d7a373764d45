"""Goods by the case: neighbours say how many more they would take, and the close buys whole cases."""

import axe
import screens
from people import Person
from playwright.sync_api import Page
from test_campaign_day import Day, follow, submit, text

SAYS = {
    "zh": {
        "missing": "还差 4 份成一箱", "filled": "已凑满 1 箱", "most": "最多 ¥60.00", "pending": "凑箱可多要 2",
        "grown": "订了 2，凑箱后是 4", "short": "订了 2，凑箱后是 4，没到齐", "whole": "1 箱 × 12 = 12 份",
        "bought": "买了 1 箱", "waiting": "可多要 2", "figures": ["还差", "已凑满"],
    },
    "en": {
        "missing": "4 more to fill a case", "filled": "1 case filled", "most": "at most ¥60.00",
        "pending": "up to 2 more to fill a case", "grown": "2 ordered, 4 once cases were filled",
        "short": "2 ordered, 4 once cases were filled; fewer supplied", "whole": "1 case × 12 = 12",
        "bought": "1 case bought", "waiting": "up to 2 more", "figures": ["to fill a case", "filled"],
    },
}  # fmt: skip
# The demo's jars of peaches come in cases of twelve.
PEACHES = "%E7%B3%96%E6%B0%B4%E9%BB%84%E6%A1%83"


class Cases(Day):
    def __init__(self, open_window, everyone: list[Person], language: str):
        super().__init__(open_window, everyone, language)
        self.says = SAYS[language]

    def watched(self, path: str, place: int) -> Page:
        """The same neighbour's page with JavaScript, which axe and live figures need."""
        person = [person for person in self.everyone if person.role == "resident" and person.phone][place]
        return self.open_window(path, person=person, language=self.language)

    def choose_goods(self) -> None:
        leader = self.leader
        leader.goto(f"{self.desk}/items?q={PEACHES}")
        leader.locator(f"main a[href*='/desk/campaigns/{self.campaign}/items/add/']").first.click()
        leader.wait_for_load_state("load")
        leader.check("[name=stock_kind][value=limited]")
        leader.fill("[name=units]", "20")
        leader.fill("[name=price]", "15.00")
        leader.check("[name=by_the_case]")
        leader.locator("main form.form button.button").first.click()
        leader.wait_for_load_state("load")
        assert leader.locator("#field-units-error, .error").count() > 0, "twenty jars are no whole cases"
        axe.check(leader)
        screens.take(leader, "cases-1-item")
        leader.fill("[name=units]", "24")
        leader.locator("main form.form button.button").first.click()
        leader.wait_for_load_state("load")
        assert leader.url.split("#")[0].endswith("/items"), text(leader)
        leader.goto(self.desk)
        submit(leader, "/publish")

    def order_with_tolerance(self, page: Page, wanted: int, more: str) -> str:
        self.put_into_basket(page, {0: wanted})
        page.locator(f"#campaign-{self.campaign} input[name^='tolerance-']").fill(more)
        page.locator(f"#campaign-{self.campaign} button[name=do][value=update]").last.click()
        page.wait_for_load_state("load")
        assert page.locator(f"#campaign-{self.campaign} input[name^='tolerance-']").input_value() == more
        screens.take(page, f"cases-3-basket-{wanted}")
        page.locator(f"#campaign-{self.campaign} button[name=do][value=checkout]").click()
        page.wait_for_load_state("load")
        screens.take(page, f"cases-4-checkout-{wanted}")
        if more:
            assert self.says["most"] in text(page), text(page)
        page.locator("main button[name=do][value=submit]").click()
        page.wait_for_load_state("load")
        return self.placed(page)


def test_neighbours_fill_a_case_together(open_window, everyone: list[Person], language: str) -> None:
    day = Cases(open_window, everyone, language)
    says = day.says
    day.open_campaign()
    day.choose_goods()
    hao, guoqiang, _ = day.residents
    day.order_with_tolerance(hao, 8, "")
    hao.goto(f"/campaigns/{day.campaign}")
    assert says["missing"] in text(hao), text(hao)
    screens.take(hao, "cases-2-shelf")

    watching = day.watched(f"/campaigns/{day.campaign}", 0)
    axe.check(watching)
    figure = watching.locator("[data-live^='cases-']")
    assert figure.inner_text() == says["missing"]

    order = day.order_with_tolerance(guoqiang, 2, "2")
    assert says["pending"] in text(guoqiang), text(guoqiang)
    screens.take(guoqiang, "cases-5-placed")
    watching.wait_for_function(
        "said => document.querySelector(\"[data-live^='cases-']\").textContent === said", arg=says["filled"]
    )
    watching.locator("li.product h2 a").first.click()
    watching.wait_for_load_state("load")
    assert says["filled"] in text(watching), text(watching)
    axe.check(watching)
    screens.take(watching, "cases-6-product")
    for path in (f"/orders/{order}", f"/orders/{order}/edit"):
        page = day.watched(path, 1)
        axe.check(page)
        screens.take(page, f"cases-7-{path.rsplit('/', 1)[-1][:4]}")
    assert page.locator("input[name^='tolerance-']").input_value() == "2"

    leader = day.leader
    leader.goto(day.desk)
    assert says["filled"] in text(leader) and says["waiting"] in text(leader), text(leader)
    axe.check(leader)
    screens.take(leader, "cases-8-desk")
    day.close()
    follow_up(day, order)


def follow_up(day: Cases, order: str) -> None:
    """What the close bought, and what becomes of it when one jar is broken."""
    says, leader, guoqiang = day.says, day.leader, day.residents[1]
    guoqiang.goto(f"/orders/{order}")
    assert says["grown"] in text(guoqiang) and "60.00" in text(guoqiang), text(guoqiang)
    screens.take(guoqiang, "cases-9-grown")
    guoqiang.goto(f"/campaigns/{day.campaign}")
    assert says["bought"] in text(guoqiang), text(guoqiang)
    leader.goto(f"{day.desk}/lists/supplier")
    assert says["whole"] in text(leader), text(leader)
    screens.take(leader, "cases-10-supplier")

    leader.goto("/desk")
    follow(leader, f"{day.campaign}/arrival")
    came = leader.locator("input[name^='arrived.']")
    assert came.input_value() == "12"
    came.fill("11")
    axe.check(leader)
    screens.take(leader, "cases-11-arrival")
    submit(leader, "/arrival")
    assert "done=1" in leader.url, text(leader)
    guoqiang.goto(f"/orders/{order}")
    assert says["short"] in text(guoqiang) and "45.00" in text(guoqiang), text(guoqiang)
    screens.take(guoqiang, "cases-12-short")
    sharing = day.watched(f"/campaigns/{day.campaign}/sharing", 1)
    assert "2 → 2" in text(sharing) and "→ 3" in text(sharing), text(sharing)
    axe.check(sharing)
    screens.take(sharing, "cases-13-sharing")


def test_the_demo_shows_how_far_its_cases_have_come(open_window, language: str) -> None:
    page = open_window("/", language=language)
    links = page.locator("section[aria-labelledby=open] article h3 a")
    addresses = [links.nth(place).get_attribute("href") for place in range(links.count())]
    said = []
    for address in addresses:
        page.goto(address)
        figures = page.locator("[data-live^='cases-']")
        if figures.count():
            axe.check(page)
            screens.take(page, f"cases-14-demo-{len(said)}")
        said += figures.all_inner_texts()
    assert len(said) >= 2, "two campaigns of the demo buy goods by the case"
    assert any(words in figure for figure in said for words in SAYS[language]["figures"]), said
