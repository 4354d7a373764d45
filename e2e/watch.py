"""What must not happen on any page, whatever a test looks at."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

LISTEN = """
document.addEventListener('securitypolicyviolation', event =>
  reportPolicyViolation(`${event.violatedDirective} blocked ${event.blockedURI || 'inline'} ` +
    `${event.sourceFile || ''}:${event.lineNumber} ${event.sample}`));
"""


class Watch:
    """Collects breaches of the content security policy, script errors, 5xx answers, missing files, foreign hosts."""

    def __init__(self, address: str):
        self.address = address
        self.found: list[str] = []

    def over(self, context: BrowserContext) -> None:
        context.expose_binding(
            "reportPolicyViolation", lambda source, text: self.note(source["page"].url, f"content security policy: {text}")
        )
        context.add_init_script(LISTEN)
        context.on("console", self.console)
        context.on("weberror", lambda error: self.note(error.page.url if error.page else "", f"script error: {error.error}"))
        context.on("request", self.request)
        context.on("response", self.response)

    def note(self, place: str, text: str) -> None:
        self.found.append(f"{place}: {text}")

    def console(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.note(message.page.url if message.page else "", message.text)

    def request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https") and f"{parts.scheme}://{parts.netloc}" != self.address:
            self.note(request.url, "a page asked another host than its own")

    def response(self, response: Response) -> None:
        if response.status >= 500:
            self.note(response.url, f"answered {response.status}")
        elif response.status >= 400 and response.request.resource_type in ("stylesheet", "script", "image", "font"):
            self.note(response.url, f"a page asked for it, and it answered {response.status}")
