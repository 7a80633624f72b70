"""The operator's pages: editing a space, saying what it is now, taking an edit back."""

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.errors import Failure, Invalid
from shulian.kit.http.edge import (
    AnyRequest,
    RequestBus,
    RequestDb,
    RequestNow,
    edge_of,
    language_of,
)
from shulian.kit.http.pages import show
from shulian.park import api
from shulian.park.errors import EditWrong, LiveWrong, SpaceNewer
from shulian.park.routes.forms import (
    EditForm,
    LiveForm,
    RevertForm,
    form_of,
    number_of,
    told,
    token_of,
    until_of,
    words_of,
)
from shulian.park.routes.pages import RequestActor, answer_space, kinds_in
from shulian.park.types import EDIT, STATUS, Details, SpaceId, SpaceStatus
