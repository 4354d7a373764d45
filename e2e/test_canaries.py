"""Words about people are nowhere but on the pages for them: not in the log, not in the figures for Prometheus, not in the
files of the database, not in a copy of them.

A canary is a word that stands nowhere else. It goes in through the real forms, and is then looked for in whatever the
program leaves behind, in every shape that a text may have. Words that are no secret take the same ways and are found, so
that a search which finds nothing is known to look.
"""

import base64
import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import people
import pytest
from conftest import LOCALES
from people import Person
from playwright.sync_api import Browser, Page
from program import Program, copy_community
from test_case import check, fill, press
from test_group import SHANGHAI

CANARY = "qzx7731"
PLAIN = "qzx8842"
"""Stands in what is no secret: what a group is called, and what a browser says of a page."""
WORDS = f"金丝雀{CANARY}女儿欠了债"


def shapes(word: str) -> list[bytes]:
    """How a word may lie in a file: as it is, in two bytes a letter, in hexadecimal digits, in the middle of base64."""
    plain = word.encode()
    found = [plain, plain.upper(), word.encode("utf-16-le"), word.encode("utf-16-be"), plain.hex().encode(), plain.hex().upper().encode()]
    for before in range(3):
        # Without the signs that letters before and after it would have changed.
        found.append(base64.b64encode(b"\0" * before + plain)[(0, 2, 3)[before]:].rstrip(b"=")[:-1])
    return found


def holders(word: str, left: dict[str, bytes]) -> list[str]:
    """What of all that was left behind has the word in it."""
    return [name for name, content in left.items() if any(shape in content for shape in shapes(word))]


def files(folder: Path) -> dict[str, bytes]:
    """Everything that lies in a folder, journals and hidden files too."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("before", [b"", b"x", b"xy"])
def test_the_search_finds_a_word_in_every_shape(before: bytes) -> None:
    text = before + f"…{WORDS}…".encode()
    for content in (text, base64.b64encode(text), text.hex().encode(), WORDS.encode("utf-16-le")):
        assert holders(CANARY, {"file": content}) == ["file"], content
        assert holders(PLAIN, {"file": content}) == []


@pytest.fixture
def kept(pristine: Path, tmp_path: Path):
    """A program on a copy of its own, so that it can be stopped for a copy as the guide for operators tells it."""
    folder = tmp_path / "community"
    copy_community(pristine, folder)
    running = Program.start(folder)
    yield running
    if running.process.poll() is None:
        running.process.kill()
        running.process.wait()


@pytest.fixture
def look_in(browser: Browser, kept: Program):
    """Opens a window without a script for somebody who signs in."""
    contexts = []

    def look_in(person: Person) -> Page:
        contexts.append(
            browser.new_context(base_url=kept.address, locale=LOCALES["zh"], timezone_id="Asia/Shanghai", java_script_enabled=False)
        )
        page = contexts[-1].new_page()
        people.sign_in(page, person)
        return page

    yield look_in
    for context in contexts:
        context.close()


def tell_a_case(worker: Page) -> None:
    """Three notes, the last one told in confidence; one that is too long and comes back; and a search for them."""
    worker.goto("/cases")
    worker.locator("main a[href^='/cases/']", has_text="G-0001").first.click()
    case = worker.url.split("?")[0]
    for sensitivity in ("1", "2", "3"):
        worker.goto(f"{case}/note")
        check(worker, sensitivity=sensitivity)
        fill(worker, note=f"{WORDS}，第 {sensitivity} 条。")
        press(worker, "/note")
        assert "saved" in worker.url, worker.inner_text("main")
    assert worker.content().count(CANARY) >= 3, "its worker reads the notes"
    worker.goto(f"{case}/note")
    fill(worker, note=WORDS * 600)
    press(worker, "/note")
    assert CANARY in worker.input_value("main [name=note]") and worker.locator(".error").count() > 0
    worker.goto("/cases/search")
    fill(worker, words=CANARY)
    press(worker, "/cases/search")
    assert worker.locator("main a[href^='/cases/']").count() >= 1, "the search among cases finds it"


def tell_a_group(worker: Page) -> None:
    """What happened at a meeting and how one member was; and a group whose name everybody in it may read."""
    worker.goto("/groups")
    worker.locator("main a", has_text="X-0001").first.click()
    group = worker.url.split("?")[0]
    worker.goto(f"{group}/sessions")
    held_at = datetime.now(SHANGHAI) - timedelta(minutes=5)
    fill(worker, held_at=held_at.strftime("%Y-%m-%dT%H:%M"), minutes="5", process=WORDS)
    check(worker, commerce="none")
    for field in worker.locator("main [name^='presence-']").all():
        field.select_option("absent")
    worker.locator("main [name^='about-']").first.fill(WORDS)
    press(worker, "/sessions")
    assert "saved" in worker.url, worker.inner_text("main")
    worker.goto("/groups/new")
    fill(worker, name=f"一起学{PLAIN}", goals=WORDS, minimum="2", maximum="4", sessions="2")
    worker.select_option("main [name=type]", "education")
    check(worker, intake="closed")
    for name in ("leader", "supervisor"):
        worker.locator(f"main [name={name}]").select_option(index=1)
    press(worker, "/groups")
    assert re.search(r"/groups/\w{13}", worker.url), worker.inner_text("main")


def test_no_word_about_a_person_is_left_behind(kept: Program, look_in, everyone: list[Person], tmp_path: Path) -> None:
    worker = look_in(people.with_role(everyone, "social_worker"))
    tell_a_case(worker)
    tell_a_group(worker)
    neighbour = look_in(people.with_role(everyone, "resident", 0))
    neighbour.goto("/my-care")
    fill(neighbour, concern=WORDS)
    press(neighbour, "/my-care")
    assert "asked" in neighbour.url, neighbour.inner_text("main")
    report = {"csp-report": {"effective-directive": PLAIN}}
    assert httpx.post(f"{kept.address}/csp-report", json=report).status_code == 204

    metrics = httpx.get(f"{kept.address}/metrics").content
    running = files(kept.folder) | {"/metrics": metrics}
    kept.stop()
    # As the guide for operators has it: the program stands still, key file and personal keys are left out.
    copy = tmp_path / "copy"
    shutil.copytree(kept.folder, copy, ignore=shutil.ignore_patterns("*.key", "*.persons", "*.lock", "program.log"))
    left = running | {f"stopped/{name}": content for name, content in files(kept.folder).items()}
    left |= {f"copy/{name}": content for name, content in files(copy).items()}

    assert "demo.sqlite-wal" in left and left["demo.sqlite-wal"], "the journal of the running program was looked at"
    plain = holders(PLAIN, left)
    assert "program.log" in plain and "copy/demo.sqlite" in plain and "stopped/demo.sqlite" in plain, plain
    assert "demo.sqlite-wal" in plain or "demo.sqlite" in plain, plain
    assert holders("TYPE", left).count("/metrics") == 1
    assert holders(CANARY, left) == []
    assert not any(WORDS.encode()[:9] in content for content in left.values()), "the letters before the canary"
    kept.check()
