"""A web process of ours for the benchmark: the real one, without the limit of calls an address.

python server.py DATABASE_URL FOLDER CLIENT SECRET PORT
"""

import sys
from pathlib import Path

import uvicorn

from shulian.app.main import create_app
from shulian.cli.web import KEPT
from shulian.kit import log
from shulian.kit.descriptors import raise_limit
from shulian.settings import read_settings

_NO_LIMIT = 10**9
"""Of calls from one address: here all clients are behind one."""


def main() -> None:
    """Serve until killed."""
    url, folder, client, secret, port = sys.argv[1:]
    log.configure(process="web", for_people=True)
    settings = read_settings({"DATABASE_URL": url, "SHULIAN_CLIENT": client})
    app = create_app(
        settings, data=Path(folder), secret=secret, calls=_NO_LIMIT, channels=raise_limit() // 2
    )
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=int(port),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=KEPT,
    )


if __name__ == "__main__":
    main()
