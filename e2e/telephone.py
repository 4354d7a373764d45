"""A telephone: a browser that is switched off and on again, on a network of its own that can be cut."""

from pathlib import Path

import chromium
from network import Network
from playwright.sync_api import BrowserContext, Page, Playwright
from watch import Watch


class Telephone:
    """A browser whose storage lies in a folder, so that it can be switched off and on again."""

    def __init__(self, playwright: Playwright, network: Network, folder: Path, watch: Watch, options: dict):
        self.playwright, self.network, self.folder, self.watch, self.options = playwright, network, folder, watch, options
        self.context: BrowserContext = self._start()

    def _start(self) -> BrowserContext:
        context = self.playwright.chromium.launch_persistent_context(
            self.folder,
            executable_path=chromium.executable(),
            args=chromium.arguments(),
            base_url=self.network.address,
            **self.options,
        )
        context.set_default_timeout(20_000)
        self.watch.over(context)
        return context

    @property
    def page(self) -> Page:
        return self.context.pages[0]

    def restart(self) -> None:
        """The battery is empty; later it is not."""
        self.context.close()
        self.context = self._start()


def wait_for_worker(page: Page) -> None:
    """Until the service worker of the site looks after this page."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")


def until(page: Page, script: str, argument=None) -> None:
    """Until the promise of this script is kept with something true; `wait_for_function` takes the promise itself for true."""
    for _ in range(200):
        if page.evaluate(script, argument):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"it never came to this: {script} ({argument})")


def wait_for_copy(page: Page, path: str, *, kept: bool = True) -> None:
    """Until the telephone keeps a copy of the page at this path, or none any more."""
    until(page, "([path, kept]) => caches.match(path).then((found) => Boolean(found) === kept)", [path, kept])


def outbox(page: Page) -> list[dict]:
    """What is kept in the outbox of this telephone, whatever page is open and whether it has loaded its scripts or not."""
    return page.evaluate("""async () => {
        if (!(await indexedDB.databases()).some(({ name }) => name === "outbox")) return [];
        const database = await new Promise((resolve, reject) => {
          const asked = indexedDB.open("outbox");
          asked.onsuccess = () => resolve(asked.result);
          asked.onerror = () => reject(asked.error);
        });
        try {
          return await new Promise((resolve) => {
            const asked = database.transaction("entries").objectStore("entries").getAll();
            asked.onsuccess = () => resolve(asked.result);
          });
        } finally {
          database.close();
        }
      }""")


def send_now(page: Page) -> None:
    """As the browser does when the network is back. The service worker may have been quicker: it sends by itself as well,
    so that a test waits for what has become of it and not for a button to press."""
    page.evaluate("window.dispatchEvent(new Event('online'))")
