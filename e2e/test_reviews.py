"""Reviews: a neighbour says how the goods were, the farm and the leader answer, and everybody reads it."""

import re

import axe
import people
import screens
from people import Person
from playwright.sync_api import Page
from test_campaign_day import text

SAYS = {
    "zh": {
        "stars needed": "请选几颗星", "thanks": "谢谢", "twice": "已经评价过了", "rating": "2 星，不太好",
        "neighbour": "一位邻居", "merchant": "商户回复", "leader": "团长回复", "later": "追评",
    },
    "en": {
        "stars needed": "choose how many stars", "thanks": "Thank you", "twice": "reviewed this already",
        "rating": "2 stars, not so good", "neighbour": "a neighbour", "merchant": "The merchant answers",
        "leader": "The group leader answers", "later": "Later",
    },
}  # fmt: skip


def press(page: Page, form: str) -> None:
    page.locator(f"main form[action$='{form}'] button.button").first.click()
    page.wait_for_load_state("load")


def unwritten(page: Page) -> str | None:
    """The path of a review that the person's household may write; the window then stands at its order."""
    page.goto("/orders")
    for order in paths(page, "main article h2 a"):
        page.goto(order)
        for review in paths(page, "main a[href$='/review']"):
            page.goto(review)
            if page.locator("[name=stars]").count():
                page.goto(order)
                return review
    return None


def paths(page: Page, links: str) -> list[str]:
    return [link.get_attribute("href") for link in page.locator(links).all()]


def someone_with_goods(open_window, everyone: list[Person], language: str) -> tuple[Person, Page, str]:
    """A resident of the demo whose household has collected something that it has not reviewed."""
    for resident in (person for person in everyone if person.role == "resident" and person.phone):
        page = open_window(None, person=resident, language=language, javascript=False)
        if path := unwritten(page):
            return resident, page, path
    raise AssertionError("nobody has collected anything that could be reviewed")


def merchant_of(everyone: list[Person], name: str) -> Person:
    return next(person for person in everyone if person.role == "merchant" and name in person.description)


def answer(page: Page, review: str, words: str) -> None:
    """Answers the review that has this text."""
    card = page.locator("main article.card", has_text=review)
    card.locator("summary").click()
    card.locator("textarea").fill(words)
    card.locator("form button.button").click()
    page.wait_for_load_state("load")
    assert "done=1" in page.url, text(page)


def test_a_neighbour_reviews_and_is_answered(open_window, everyone: list[Person], language: str) -> None:
    says = SAYS[language]
    words = {"zh": "这一把有点老，梗咬不动。", "en": "A little old this time, the stems were tough."}[language]
    resident, page, path = someone_with_goods(open_window, everyone, language)
    screens.take(page, "review-1-order")
    page.locator(f"main a[href='{path}']").click()
    page.wait_for_load_state("load")

    # A second window with the same form, opened before anything was sent.
    other = open_window(path, person=resident, language=language)
    axe.check(other)
    press(page, "/review")
    assert says["stars needed"] in text(page)
    page.check("[name=stars][value='2']")
    page.fill("[name=text]", words)
    screens.take(page, "review-2-form")
    press(page, "/review")
    assert says["thanks"] in page.inner_text("body") and says["rating"] in text(page), text(page)
    screens.take(page, "review-3-written")

    other.check("[name=stars][value='5']")
    other.fill("[name=text]", "…")
    press(other, "/review")
    assert says["twice"] in other.inner_text("body") and words in text(other), text(other)
    assert other.locator("[name=stars]").count() == 0
    axe.check(other)
    screens.take(other, "review-4-twice")

    page.locator("main a[href^='/products/']").click()
    page.wait_for_load_state("load")
    product = re.search(r"/products/\w{13}", page.url).group(0)
    page.goto(product)
    merchant = page.locator("main a[href^='/merchants/']").first
    shop, shop_name = merchant.get_attribute("href"), merchant.inner_text().removeprefix("← ")

    leader = open_window("/desk/reviews", person=people.with_role(everyone, "leader"), language=language)
    assert words in leader.locator("main article.card").first.inner_text(), "the newest without an answer stands first"
    assert resident.name.split()[0] not in text(leader)
    axe.check(leader)
    screens.take(leader, "review-5-desk")
    answer(leader, words, "我也去地里看了。")
    farm = open_window(
        "/desk/reviews", person=merchant_of(everyone, shop_name), language=language, javascript=False
    )
    answer(farm, words, "对不起，下次早两天采。")
    screens.take(farm, "review-6-answered")

    page.goto(path)
    page.fill("[name=follow_up]", "后来这次好多了。")
    press(page, "/follow-up")
    screens.take(page, "review-7-followed-up")

    for tongue in ("zh", "en"):
        stranger = open_window(product, language=tongue)
        shown = stranger.locator("#reviews").inner_text()
        for part in (SAYS[tongue][name] for name in ("rating", "neighbour", "merchant", "leader", "later")):
            assert part in shown, f"{part} is missing:\n{shown}"
        for part in (words, "对不起，下次早两天采。", "我也去地里看了。", "后来这次好多了。"):
            assert part in shown, f"{part} is missing:\n{shown}"
        assert not any(name in shown for name in resident.name.split()[:1])
        places = {"product": product, "all": f"{product}/reviews", "merchant": shop, "goods": f"{shop}/reviews"}
        for name, place in places.items():
            stranger.goto(place)
            axe.check(stranger)
            screens.take(stranger, f"review-8-{language}-{name}")


def test_an_average_is_given_from_three_on(open_window, language: str) -> None:
    """The demo has goods with few reviews and goods with many; each page says how its figure came about."""
    page = open_window("/products?category=eggs", language=language, device="desk")
    page.locator("li.product a", has_text=re.compile("草鸡蛋|Free-range")).first.click()
    page.wait_for_load_state("load")
    shown = page.locator("#reviews").inner_text()
    average = re.search(r"平均 (\d\.\d) 星，共 (\d+) 条|(\d\.\d) stars on average of (\d+) reviews", shown)
    assert average, shown
    counts = [int(count) for count in re.findall(r"(?:[好般]：|good: |so: |bad: )(\d+)", shown)]
    assert len(counts) == 5, shown
    figures = [group for group in average.groups() if group]
    total = sum(count * stars for count, stars in zip(counts, range(5, 0, -1), strict=True))
    assert int(figures[1]) == sum(counts)
    assert figures[0] == f"{(20 * total + sum(counts)) // (2 * sum(counts)) / 10:.1f}"
    axe.check(page)
    screens.take(page, "review-average")
