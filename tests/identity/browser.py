"""A browser in tests: it keeps cookies, reads pages, sends their forms with the CSRF token."""

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from httpx import Cookies, Response
from litestar import Litestar
from litestar.testing import TestClient
from litestar.types import ASGIApp, Receive, Scope, Send

Process = TestClient[Litestar]
Headers = Mapping[str, str]

PLACE = "x-test-address"
"""The header by which a test says where a request comes from."""


class Page(HTMLParser):
    """What a test asks of a page: its words, and the attributes of its elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.feed(html)
        self.words = " ".join(self.words.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words += data

    def field(self, name: str) -> dict[str, str]:
        """The attributes of the field named `name`."""
        return next(
            attributes
            for tag, attributes in self.elements
            if tag in {"input", "select"} and attributes.get("name") == name
        )

    def focused(self) -> list[str]:
        """The names of the elements that take the focus."""
        return [one.get("name", "") for _, one in self.elements if "autofocus" in one]

    def fault(self, field: str) -> str:
        """The id of what is said to be wrong with a field, when the field points to it."""
        told = self.field(field).get("aria-describedby", "").split()
        ids = {one.get("id") for _, one in self.elements}
        return next((name for name in told if name.startswith("error-") and name in ids), "")


class Browser:
    """Somebody's browser, with cookies of its own."""

    def __init__(self, process: Process, *, scheme: str, address: str) -> None:
        self.cookies = Cookies()
        self.language = "en"
        self._process = process
        self._root = f"{scheme}://park.example"
        self._address = address

    def request(
        self, method: str, path: str, *, headers: Headers | None = None, **body: Any
    ) -> Response:
        """Ask for anything, as this browser asks."""
        plain = {
            "accept": "text/html",
            "accept-language": self.language,
            "user-agent": "Tester",
            PLACE: self._address,
        }
        self._process.cookies = self.cookies
        answer = self._process.request(
            method,
            self._root + path,
            headers={**plain, **(headers or {})},
            follow_redirects=False,
            **body,
        )
        self.cookies = self._process.cookies
        return answer

    def get(self, path: str) -> Response:
        """Ask for a page."""
        return self.request("GET", path)

    def send(self, path: str, form: Mapping[str, Any] | None = None) -> Response:
        """Send a form with the token that its page would have carried."""
        return self.request("POST", path, data={"_csrf_token": self._token(), **(form or {})})

    def call(self, method: str, path: str, body: object = None) -> Response:
        """Call the API as a script of our own page would."""
        headers = {"x-csrftoken": self._token(), "accept": "application/json"}
        return self.request(method, path, headers=headers, json=body)

    def log_in(self, email: str, password: str, **more: str) -> Response:
        """Send the login form."""
        return self.send("/login", {"email": email, "password": password, **more})

    def _token(self) -> str:
        if "csrf" not in self.cookies:
            self.get("/login")
        return self.cookies["csrf"]


class Program:
    """A program that calls the API with a token."""

    def __init__(self, browser: Browser, token: str) -> None:
        self._browser = browser
        self._headers = {"authorization": f"Bearer {token}", "accept": "application/json"}

    def call(self, method: str, path: str, body: object = None) -> Response:
        """Call with the token and whatever cookies there are."""
        return self._browser.request(method, path, headers=self._headers, json=body)


def page(answer: Response) -> Page:
    """The page that an answer holds."""
    return Page(answer.text)


def placed(app: ASGIApp) -> ASGIApp:
    """`app`, taking a request to come from the network address that a header says."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["client"] = (dict(scope["headers"])[PLACE.encode()].decode(), 50000)
        await app(scope, receive, send)

    return wrapped
