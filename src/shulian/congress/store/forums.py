"""Forums and who stands behind them."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.dialects.postgresql import insert

from shulian.congress import tables
from shulian.congress.errors import ForumUnknown, GuidTaken
from shulian.congress.store import rows
from shulian.congress.types import CongressId, Credit, Forum, ForumId, Part, ThemeId
from shulian.identity.types import OrganizationId
from shulian.kit.db import Db
from shulian.kit.text import Text

_f = tables.forum.c
_c = tables.credit.c


def put(db: Db, congress: CongressId, forum: Forum) -> None:
    """Keep a forum, new or changed; a new one stands behind the others. Raises GuidTaken."""
    last = sa.select(sa.func.coalesce(sa.func.max(_f.place) + 1, 0)).where(_f.congress == congress)
    values: dict[str, Any] = {
        "code": forum.code,
        **rows.said("title", forum.title),
        **rows.said("about", forum.about),
        "theme": forum.theme,
        "organization": forum.organization,
        "version": forum.version,
    }
    new = {"id": forum.id, "congress": congress, "place": last.scalar_subquery()}
    statement = insert(tables.forum).values({**new, **values})
    ours = _f.congress == congress
    kept = statement.on_conflict_do_update(index_elements=["id"], set_=values, where=ours)
    if not db.execute(kept).rowcount:
        raise GuidTaken(guid=str(forum.id))
    db.execute(sa.delete(tables.credit).where(_c.forum == forum.id))
    if forum.credits:
        db.execute(
            sa.insert(tables.credit),
            [
                {
                    "forum": forum.id,
                    "place": place,
                    "part": one.part.value,
                    "zh": one.name.zh,
                    "en": one.name.en,
                    "organization": one.organization,
                }
                for place, one in enumerate(forum.credits)
            ],
        )


def list_(db: Db, congress: CongressId) -> tuple[Forum, ...]:
    """The forums of a congress, in its order."""
    query = (
        sa.select(tables.credit)
        .join(tables.forum, _f.id == _c.forum)
        .where(_f.congress == congress)
        .order_by(_c.forum, _c.place)
    )
    behind: defaultdict[ForumId, list[Credit]] = defaultdict(list)
    for row in db.execute(query):
        whose = OrganizationId(row.organization) if row.organization else None
        behind[ForumId(row.forum)].append(Credit(Part(row.part), Text(row.zh, row.en), whose))
    found = sa.select(tables.forum).where(_f.congress == congress).order_by(_f.place, _f.id)
    return tuple(_forum(row, behind[ForumId(row.id)]) for row in db.execute(found))


def congress_of(db: Db, wanted: ForumId) -> CongressId:
    """The congress that a forum is part of."""
    found = db.scalar(sa.select(_f.congress).where(_f.id == wanted))
    if found is None:
        raise ForumUnknown
    return CongressId(found)


def any_of(db: Db, congress: CongressId, organizations: Collection[OrganizationId] | None) -> bool:
    """Whether one of these organizations edits a forum of a congress; none: any at all."""
    theirs = (
        _f.organization.is_not(None)
        if organizations is None
        else _f.organization.in_(organizations)
    )
    return db.scalar(sa.select(sa.exists().where(_f.congress == congress, theirs))) is True


def code_is_taken(db: Db, congress: CongressId, forum: Forum) -> bool:
    """Whether another forum of the congress has the code of `forum`."""
    others = (_f.congress == congress) & (_f.code == forum.code) & (_f.id != forum.id)
    return bool(forum.code) and db.scalar(sa.select(sa.exists().where(others))) is True


def drop(db: Db, wanted: ForumId) -> None:
    """Have a forum no more; its sessions are gone before."""
    db.execute(sa.delete(tables.forum).where(_f.id == wanted))


def _forum(row: Row[Any], behind: list[Credit]) -> Forum:
    return Forum(
        id=ForumId(row.id),
        title=Text(row.title_zh, row.title_en),
        about=Text(row.about_zh, row.about_en),
        theme=ThemeId(row.theme) if row.theme else None,
        code=row.code,
        organization=OrganizationId(row.organization) if row.organization else None,
        credits=tuple(behind),
        version=row.version,
    )
