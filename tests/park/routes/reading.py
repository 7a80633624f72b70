"""A page as a test reads it: its words, links and fields."""

from html.parser import HTMLParser

from httpx import Response
from sqlalchemy import Engine, event
from tests.park.routes.conftest import Site


class Page(HTMLParser):
    """The elements and the words of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.title = ""
        self._heading = 0
        self._titled = False
        self.feed(html)
        self.words = " ".join(self.words.split())
        self.title = " ".join(self.title.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._titled = self._titled or (tag == "h1")

    def handle_endtag(self, tag: str) -> None:
        if tag == "h1":
            self._titled = False

    def handle_data(self, data: str) -> None:
        self.words += data
        if self._titled:
            self.title += data

    def links(self) -> set[str]:
        """Where one can go from the page."""
        return {one["href"] for tag, one in self.elements if tag == "a" and "href" in one}

    def field(self, name: str) -> dict[str, str]:
        """The attributes of the field named `name`."""
        tags = {"input", "select", "textarea"}
        return next(one for tag, one in self.elements if tag in tags and one.get("name") == name)

    def faults(self) -> list[str]:
        """The ids of what is said to be wrong, to which a field points."""
        told = {
            word for _, one in self.elements for word in one.get("aria-describedby", "").split()
        }
        return sorted(
            one["id"]
            for _, one in self.elements
            if one.get("id", "").startswith("error-") and one["id"] in told
        )


def ask(site: Site, path: str, *, language: str = "en", operator: bool = False) -> Response:
    """Ask for a page as a browser does."""
    headers = {"accept": "text/html", "accept-language": language}
    return site.client.get(
        path, headers={**headers, **(site.operator if operator else {})}, follow_redirects=False
    )


def page(site: Site, path: str, *, language: str = "en", operator: bool = False) -> Page:
    """A page that is there."""
    answer = ask(site, path, language=language, operator=operator)
    assert answer.status_code == 200, answer.text
    return Page(answer.text)


def send(site: Site, path: str, language: str = "en", **form: str) -> Response:
    """Send a form as an operator."""
    headers = {**site.operator, "accept": "text/html", "accept-language": language}
    return site.client.post(path, data=form, headers=headers, follow_redirects=False)


def queries(site: Site, path: str) -> int:
    """How many statements a page takes, once what it draws has been drawn."""
    page(site, path)
    said: list[str] = []

    def hear(_: object, __: object, statement: str, *___: object) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        page(site, path)
    finally:
        event.remove(Engine, "before_cursor_execute", hear)
    return len(said)
