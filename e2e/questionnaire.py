"""A questionnaire about lunch in the hands of its people: how it is written, collected, answered, keyed in and told of."""

from hands import fill, follow, look, path, press, tick, unfold
from playwright.sync_api import Page

TITLE = "午饭怎么吃"
QUESTIONS = [
    ("单选", "home", "您跟谁一起住？", "Who do you live with?", "alone | 一个人 | Alone\nfamily | 跟家人 | With family"),
    (
        "多选", "lunch", "午饭有什么难处？", "What is hard about lunch?",
        "cook | 做不动 | Cooking is too much\nfar | 助餐点太远 | The canteen is too far\nprice | 太贵 | It costs too much",
    ),
    ("单选", "score", "现在的助餐服务怎么样？", "How good is it now?", "1 | 不好 | Poor\n2 | 一般 | Fair\n3 | 好 | Good"),
    ("单选", "bring", "饭送上门，您要吗？", "Would you have lunch brought?", "yes | 要 | Yes\nno | 不要 | No"),
    ("填空", "words", "还有什么想说的？", "What else would you say?", ""),
]  # fmt: skip


def add_question(page: Page, kind: str, name: str, chinese: str, english: str, choices: str) -> None:
    follow(page, kind)
    unfold(page, "更多")
    fill(page, label_0=chinese, label_1=english, name=name, **({"choices": choices} if choices else {}))
    if name == "home":
        page.check("[name=required]")
    if name == "score":
        fill(page, appearance="likert")
    if name == "bring":
        unfold(page, "只问一部分人")
        fill(page, when_question="lunch", when_value="far")
    look(page, "loop-4-question" if name == "bring" else "")
    press(page, "保存")


def write(page: Page, purpose: str) -> str:
    """Writes the questionnaire, anonymous and in two languages, and opens it; the path of its page."""
    follow(page, "写一份问卷")
    look(page)
    fill(page, title=TITLE, purpose=purpose)
    tick(page, "privacy=anonymous", "unit=person", "language=中文 (zh)", "language=English (en)")
    press(page, "保存")
    survey = path(page, "/surveys/ID")
    page.goto(survey)
    follow(page, "写题目")
    for question in QUESTIONS:
        add_question(page, *question)
    look(page, "loop-5-builder")
    follow(page, "看看样子")
    look(page)
    page.goto(survey)
    press(page, "开始收")
    return survey


def add_collector(page: Page, survey: str, kind: str, name: str) -> str:
    """Opens one way of collecting; the path of its page."""
    page.goto(survey)
    follow(page, "加一种收法")
    look(page)
    tick(page, f"kind={kind}")
    fill(page, name=name)
    press(page, "开始")
    look(page)
    return path(page, "/surveys/ID/collectors/ID")


def answer_on_site(page: Page) -> None:
    """Opens the questionnaire as whoever finds it on the site does."""
    page.goto("/s")
    page.locator("main .card", has_text=TITLE).get_by_role("link").last.click()
    page.wait_for_load_state("load")


def key(page: Page, batch: str, serial: str, *choices: str) -> None:
    """One sheet as it lies on the table."""
    page.goto(batch)
    fill(page, serial=serial)
    press(page, "录这一张")
    tick(page, *choices)
    fill(page, **{"m.bring": "没填", "m.words": "没填"})
    press(page, "录好了")


def publish_table(page: Page, survey: str) -> str:
    """Publishes for everybody what is hard about lunch; the number under which reports find the table."""
    page.goto(f"{survey}/analysis/tables")
    look(page)
    follow(page, "做一张表")
    look(page)
    fill(page, question="午饭有什么难处？")
    tick(page, "audience=everyone")
    press(page, "先看看会写出什么")
    look(page, "loop-21-preview")
    press(page, "公布这张表")
    assert "已公布" in page.inner_text("body")
    look(page)
    return page.locator("main dd code").first.inner_text()


def answers() -> list[dict[str, str | list[str]]]:
    """Forty more, so that a table can be published: twelve of them find nothing hard and leave that question empty."""
    every = [{"a.home": "alone" if number % 2 else "family", "a.score": str(number // 2 % 3 + 1)} for number in range(40)]
    for number, answer in enumerate(every[:28]):
        hard = {"cook": number % 2, "far": number % 3 < 2, "price": number % 4 < 2}
        answer["a.lunch"] = [name for name, holds in hard.items() if holds]
        if hard["far"]:
            answer["a.bring"] = "no" if number % 4 == 3 else "yes"
    return every
