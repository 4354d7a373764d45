"""The logic of questionnaires in the browser: the same examples as on the server, which wrote down what each comes to."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "Sources/Platform/Web/Static/survey-logic.js"
EXAMPLES = ROOT / "Tests/SurveysTests/Expressions/compiled-vectors.json"
"""Written by Tests/SurveysTests/Expressions/CompiledVectorTests.swift."""
SITE = "http://survey.test/"
POLICY = "default-src 'none'; script-src 'self'"
"""As strict as the program's own."""
SAID = """
value => typeof value === 'number' ? { number: Object.is(value, -0) ? '-0' : String(value) } : value
"""


@pytest.fixture(scope="module")
def examples() -> dict:
    return json.loads(EXAMPLES.read_text())


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page with nothing but the script, in a time zone far from the examples' clock, under a strict policy."""
    context = browser.new_context(timezone_id="America/St_Johns", locale="tr-TR")
    page = context.new_page()
    failed = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.on("console", lambda message: failed.append(message.text))

    def answer(route: Route) -> None:
        if route.request.url.endswith(".js"):
            route.fulfill(path=SCRIPT, content_type="text/javascript; charset=utf-8")
        else:
            page_text = "<!doctype html><title>Survey</title><script src='/survey-logic.js'></script>"
            route.fulfill(body=page_text, content_type="text/html", headers={"Content-Security-Policy": POLICY})

    context.route(f"{SITE}**", answer)
    page.goto(SITE)
    yield page
    context.close()
    assert not failed, "\n".join(failed)


def same(found: object, expected: object) -> bool:
    if isinstance(found, dict) and isinstance(expected, dict):
        one, two = found["number"], expected["number"]
        return one == two if "NaN" in (one, two) or "-0" in (one, two) else float(one) == float(two)
    return type(found) is type(expected) and found == expected


def test_every_expression_comes_to_what_the_server_makes_of_it(page: Page, examples: dict):
    groups = examples["expressions"]
    found = page.evaluate(
        f"""([groups, clock]) => {{
          const said = {SAID};
          return groups.map(({{ cases, ...context }}) =>
            cases.map(({{ tree }}) => said(SurveyLogic.evaluate(tree, {{ ...context, clock }}))));
        }}""",
        [groups, examples["clock"]],
    )
    cases = [
        (case["source"], case["expected"], value)
        for group, values in zip(groups, found, strict=True)
        for case, value in zip(group["cases"], values, strict=True)
    ]
    assert len(cases) > 1000
    wrong = [case for case in cases if not same(case[2], case[1])]
    assert not wrong, "\n".join(f"{source}: {value} instead of {expected}" for source, expected, value in wrong)


def test_every_form_comes_to_what_the_server_makes_of_it(page: Page, examples: dict):
    forms = examples["forms"]
    found = page.evaluate(
        """([forms, clock]) => forms.map(({ form, cases }) => cases.map(({ answers }) => {
          const { items, cleaned } = SurveyLogic.evaluateForm(form, new Map(answers), clock);
          return [items.map((item) => Object.values(item)), cleaned];
        }))""",
        [forms, examples["clock"]],
    )
    count = 0
    for form, states in zip(forms, found, strict=True):
        names = [item["name"] for item in form["form"]["items"]]
        for case, (items, cleaned) in zip(form["cases"], states, strict=True):
            count += 1
            expected = [[name, *state] for name, state in zip(names, case["items"], strict=True)]
            assert items == expected, f"{json.dumps(form['form'], ensure_ascii=False)} {case['answers']}"
            assert cleaned == [[item[0], item[4]] for item in expected if item[4] != ""]
    assert count > 200


def test_no_pattern_holds_the_phone_up(page: Page, examples: dict):
    """The steps of (a*)*b: who tries and goes back would be busy for longer than the world stands."""
    steps = [{"to": [1, 5]}, {"to": [2, 4]}, [97, 97], {"to": [1]}, {"to": [0]}, [98, 98]]
    text = "a" * 9_999
    took = page.evaluate(
        """([steps, text, clock]) => {
          const began = performance.now();
          const found = [text, text + "b"].map((whole) => SurveyLogic.evaluate(["regex", whole, steps], { clock }));
          return [...found, performance.now() - began];
        }""",
        [steps, text, examples["clock"]],
    )
    assert took[:2] == [False, True]
    assert took[2] < 5_000
