"""Who handles which job: the composition of every feature's tasks."""

from functools import partial

from shulian.app.grants import GRANTS
from shulian.booking.tasks import repair_statuses, show_status, sweep_holds
from shulian.booking.types import RepairStatuses, ShowStatus, SweepHolds
from shulian.congress.tasks import (
    look_after_solves,
    open_sample,
    repair_signs,
    show_signs,
    solve_timetable,
)
from shulian.congress.types import (
    LookAfterSolves,
    OpenSample,
    RepairSigns,
    ShowSigns,
    SolveTimetable,
)
from shulian.identity.api import command_actor
from shulian.kit.blobs import Blobs
from shulian.kit.jobs import Handlers
from shulian.park.tasks import build_tiles, drop_tiles
from shulian.park.types import BuildTiles, DropTiles
from shulian.ticketing.api import Providers
from shulian.ticketing.tasks import (
    ask_again,
    call_back,
    give_back,
    offer_back,
    undo_called_off,
)
from shulian.ticketing.types import AskAgain, CallBack, GiveBack, OfferBack, UndoCalledOff
from shulian.world.tasks import forget_messages
from shulian.world.types import ForgetMessages


def handlers(blobs: Blobs, providers: Providers) -> Handlers:
    """The handlers of this installation; files go to `blobs`, one pays by `providers`."""
    made = Handlers()
    made.on(BuildTiles, partial(build_tiles, blobs=blobs))
    made.on(DropTiles, partial(drop_tiles, blobs=blobs))
    made.on(ShowStatus, show_status)
    made.on(SweepHolds, sweep_holds, every="* * * * *")
    made.on(RepairStatuses, repair_statuses, every="*/5 * * * *")
    made.on(ForgetMessages, forget_messages)
    made.on(AskAgain, partial(ask_again, providers=providers), every="*/5 * * * *")
    made.on(GiveBack, partial(give_back, providers=providers))
    made.on(CallBack, partial(call_back, providers=providers))
    made.on(OfferBack, offer_back)
    made.on(UndoCalledOff, undo_called_off, every="*/5 * * * *")
    made.on(SolveTimetable, solve_timetable)
    made.on(LookAfterSolves, look_after_solves, every="* * * * *")
    made.on(OpenSample, partial(open_sample, actor=command_actor(GRANTS)))
    made.on(ShowSigns, show_signs)
    made.on(RepairSigns, repair_signs, every="*/5 * * * *")
    return made
