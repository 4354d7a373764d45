"""Fixtures of the browser suite: the real program on a fresh copy of the demo, and windows that people open on it."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

import chromium
import people
from network import Network
from people import Person
from program import EXECUTABLE, Program, copy_community
from telephone import Telephone
from watch import Watch

DEVICES = {
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
    "tablet": {"viewport": {"width": 820, "height": 1180}, "is_mobile": True, "has_touch": True},
    "desk": {"viewport": {"width": 1280, "height": 900}},
}
LOCALES = {"zh": "zh-CN", "en": "en-GB"}


@pytest.fixture(params=["phone", "desk"])
def device(request: pytest.FixtureRequest) -> str:
    """For tests that hold on a phone and at a desk."""
    return request.param


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """For tests that hold in Chinese and in English."""
    return request.param


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo community as it is when it was just built; never served to a test, only copied. Who runs files side by side
    builds it once for all of them."""
    assert EXECUTABLE.exists(), f"{EXECUTABLE} is missing: run `make test`, or `tools/build --product nuanlin` first"
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder = shared / "pristine"
    with open(shared / "pristine.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            begun = tmp_path_factory.mktemp("pristine")
            Program.start(begun, seconds=600).stop()
            begun.rename(folder)
    return folder


@pytest.fixture(scope="module")
def payment_services() -> Path | None:
    """The settings of payment services; a module that pays through them has a fixture of this name with its own."""
    return None


@pytest.fixture(scope="module")
def message_services() -> Path | None:
    """The settings of message services; a module that sends through them has a fixture of this name with its own."""
    return None


@pytest.fixture(scope="module")
def program(
    pristine: Path,
    payment_services: Path | None,
    message_services: Path | None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Program]:
    """The program serving this module's own copy of the demo. When the module is through, `nuanlin check` must be clean."""
    folder = tmp_path_factory.mktemp("community") / "copy"
    copy_community(pristine, folder)
    running = Program.start(folder, payment_services=payment_services, message_services=message_services)
    try:
        yield running
        running.stop()
        running.check()
    finally:
        if running.process.poll() is None:
            running.process.kill()
            running.process.wait()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def everyone() -> list[Person]:
    """Everyone whose sign-in the demo prints."""
    return people.everyone()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    launched = playwright.chromium.launch(executable_path=chromium.executable(), args=chromium.arguments())
    yield launched
    launched.close()


@pytest.fixture(scope="module")
def signed_in_states() -> dict:
    """The cookies of those who signed in during this module, so that each person signs in once and not per window."""
    return {}


@pytest.fixture
def open_window(
    browser: Browser, program: Program, signed_in_states: dict
) -> Iterator[Callable[..., Page]]:
    """Opens a window of its own: `open_window("/path", device=, language=, javascript=, person=, fresh=)`.

    A person given is signed in first; `fresh` makes that a sign-in of its own rather than the one this module already
    has. When the test is over, nothing may have breached the content security policy, failed in a script, answered
    5xx, been missing, or been asked of another host.
    """
    watch = Watch(program.address)
    contexts = []

    def make(device: str, language: str, javascript: bool, state: dict | None = None):
        context = browser.new_context(
            **DEVICES[device],
            locale=LOCALES[language],
            timezone_id="Asia/Shanghai",
            base_url=program.address,
            java_script_enabled=javascript,
            storage_state=state,
            # A worker answers where a test expects the program to; test_offline.py is about it.
            service_workers="block",
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        watch.over(context)
        return context

    def open_window(
        path: str | None = "/",
        *,
        device: str = "phone",
        language: str = "zh",
        javascript: bool = True,
        person: Person | None = None,
        fresh: bool = False,
    ) -> Page:
        if person is None:
            page = make(device, language, javascript).new_page()
        elif person in signed_in_states and not fresh:
            page = make(device, language, javascript, signed_in_states[person]).new_page()
        else:
            context = make(device, language, javascript)
            page = context.new_page()
            people.sign_in(page, person)
            if not fresh:
                signed_in_states[person] = context.storage_state()
        if path is not None:
            page.goto(path)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert not watch.found, "\n".join(watch.found)


@pytest.fixture
def telephone(playwright: Playwright, program: Program, tmp_path_factory) -> Iterator[Callable[..., Telephone]]:
    """Switches a telephone on: `telephone(person, language=, device=)`, with a service worker, and on a network that can be cut.

    Each keeps what it keeps; all of them are on one network, whose end is the end of the test.
    """
    network = Network(to=program.port)
    watch = Watch(network.address)
    made: list[Telephone] = []

    def switch_on(person: Person | None = None, language: str = "zh", device: str = "phone") -> Telephone:
        options = {**DEVICES[device], "locale": LOCALES[language], "timezone_id": "Asia/Shanghai"}
        made.append(Telephone(playwright, network, tmp_path_factory.mktemp("telephone"), watch, options))
        if person:
            people.sign_in(made[-1].page, person)
        return made[-1]

    yield switch_on
    for one in made:
        one.context.close()
    network.cut()
    assert not watch.found, "\n".join(watch.found)
