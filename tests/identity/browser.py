"""A browser in tests: it keeps cookies, reads pages, sends their forms with the CSRF token."""

from collections.abc import Mapping
from html.parser import HTMLParser
from types import TracebackType
from typing import Any, Self

from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient
from litestar.types import ASGIApp, Receive, Scope, Send


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
    """Somebody's browser."""

    def __init__(self, app: Litestar, *, scheme: str, address: str) -> None:
        self.client = TestClient(
            _from(app, address),  # pyright: ignore[reportArgumentType]  # an ASGI app is enough
            base_url=f"{scheme}://park.example",
            raise_server_exceptions=False,
        )
        self.client.headers["accept"] = "text/html"
        self.client.headers["accept-language"] = "en"
        self.client.headers["user-agent"] = "Tester"
        self.client.follow_redirects = False

    def __enter__(self) -> Self:
        self.client.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.client.__exit__(kind, error, trace)

    def get(self, path: str, **headers: str) -> Response:
        """Ask for a page."""
        return self.client.get(path, headers=headers)

    def send(self, path: str, form: Mapping[str, Any] | None = None) -> Response:
        """Send a form with the token that its page would have carried."""
        if "csrf" not in self.client.cookies:
            self.client.get("/login")
        data = {"_csrf_token": self.client.cookies["csrf"], **(form or {})}
        return self.client.post(path, data=data)

    def log_in(self, email: str, password: str, **more: str) -> Response:
        """Send the login form."""
        return self.send("/login", {"email": email, "password": password, **more})


class Program:
    """A program that calls the API with a token."""

    def __init__(self, browser: Browser, token: str) -> None:
        self._client = browser.client
        self._headers = {"authorization": f"Bearer {token}", "accept": "application/json"}

    def call(self, method: str, path: str, body: object = None) -> Response:
        """Call without any cookie."""
        self._client.cookies.clear()
        return self._client.request(method, path, headers=self._headers, json=body)


def page(answer: Response) -> Page:
    """The page that an answer holds."""
    return Page(answer.text)


def _from(app: Litestar, address: str) -> ASGIApp:
    async def placed(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["client"] = (address, 50000)
        await app(scope, receive, send)

    return placed
