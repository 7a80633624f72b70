"""How much each rule matters to a congress, and its themes, at the desk."""

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from shulian.congress import api
from shulian.congress.routes.desks import Desk, attempt, go, open_desk, uuid_of
from shulian.congress.routes.forms import Typed, both, one, rows, whole
from shulian.congress.routes.parts import RequestActor, say
from shulian.congress.routes.viewing import PALETTE
from shulian.congress.types import Level, Rule, Theme, ThemeId
from shulian.kit.errors import Failure, Invalid
from shulian.kit.http.edge import AnyRequest, RequestBus, RequestDb, RequestNow
from shulian.kit.ids import new_id

_SPARE = 2
"""Empty rows for new themes."""


@get("/congresses/{slug:str}/desk/rules", include_in_schema=False, sync_to_thread=True)
def rules_page(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """What each rule means, and how much it matters."""
    return _rules(open_desk(request, db, actor, slug, now))


@post("/congresses/{slug:str}/desk/rules", include_in_schema=False, sync_to_thread=True)
def put_rules(
    request: AnyRequest,
    slug: FromPath[str],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Have rules matter so much."""
    desk = open_desk(request, db, actor, slug, now)
    desk.demand_planner()

    def run() -> None:
        for rule, before in desk.draft.levels.items():
            typed = one(data, rule) or before
            if typed not in set(Level):
                raise Invalid(fields={rule: "field_invalid"})
            if typed != before:
                level = Level(typed)
                api.put_level(db, bus, actor, desk.congress.id, rule, level, now=now)

    if failure := attempt(db, run):
        return _rules(desk, failure)
    return go(f"{desk.act}/rules", "saved")


@get("/congresses/{slug:str}/desk/themes", include_in_schema=False, sync_to_thread=True)
def themes_page(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """The themes, in the order in which visitors see them."""
    return _themes(open_desk(request, db, actor, slug, now))


@post("/congresses/{slug:str}/desk/themes", include_in_schema=False, sync_to_thread=True)
def put_themes(
    request: AnyRequest,
    slug: FromPath[str],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Have these themes; a row without a name is none."""
    desk = open_desk(request, db, actor, slug, now)
    desk.demand_planner()

    def run() -> None:
        found: list[Theme] = []
        for row in rows(data, "theme"):
            name = both(data, f"theme.{row}.name")
            if name.zh.strip() or name.en.strip():
                known = uuid_of(one(data, f"theme.{row}.id"))
                colour = whole(data, f"theme.{row}.colour") % PALETTE
                found.append(Theme(ThemeId(known or new_id(now)), name, colour))
        api.put_themes(db, bus, actor, desk.congress.id, found, now=now)

    if failure := attempt(db, run):
        return _themes(desk, failure, data)
    return go(f"{desk.act}/themes", "saved")


def _rules(desk: Desk, failure: Failure | None = None) -> Response[str]:
    broken = [one.rule for one in desk.draft.conflicts]
    return desk.page(
        "desk_rules",
        failure=failure,
        rules=[(rule, desk.draft.levels[rule], broken.count(rule)) for rule in Rule],
        levels=[(level.value, say(desk.request, f"congress.level.{level}")) for level in Level],
    )


def _themes(
    desk: Desk, failure: Failure | None = None, typed: Typed | None = None
) -> Response[str]:
    used = [one.theme for one in desk.programme.forums]
    themes = [
        (str(one.id), one.name.zh, one.name.en, one.colour, used.count(one.id))
        for one in desk.programme.themes
    ]
    if typed is not None:
        themes = [
            (
                one(typed, f"theme.{row}.id"),
                one(typed, f"theme.{row}.name_zh"),
                one(typed, f"theme.{row}.name_en"),
                int(one(typed, f"theme.{row}.colour") or 0)
                if one(typed, f"theme.{row}.colour").isdecimal()
                else 0,
                0,
            )
            for row in rows(typed, "theme")
        ]
    colour = len(themes)
    spare = [("", "", "", (colour + each) % PALETTE, 0) for each in range(_SPARE)]
    return desk.page(
        "desk_themes", failure=failure, themes=[*themes, *spare], colours=range(PALETTE)
    )


ROUTES = (rules_page, put_rules, themes_page, put_themes)
