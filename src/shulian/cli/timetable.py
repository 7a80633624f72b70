"""`shulian timetable`: timetables from files, solved and checked."""

import signal
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic
from types import FrameType

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from shulian.cli import files
from shulian.cli.reports import print_json
from shulian.cli.timetables.formats import Checked, Orders, Solved, format_of
from shulian.cli.words import say
from shulian.congress.rules.compiling import UNDER_WAY

_FILE = click.argument("path", type=click.Path(path_type=Path), metavar="FILE")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
_WORKERS = 2
_MOST_WORKERS = 64
_LONGEST = 86_400.0
_SHOWN = 40
"""So many broken rules are told one by one."""


@click.group("timetable")
def command() -> None:
    """Solve and check timetables of congresses."""


@command.command("solve")
@_FILE
@click.option(
    "--seconds",
    type=click.FloatRange(min=0.1, max=_LONGEST),
    default=30.0,
    show_default=True,
    help="How long it may take.",
)
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, help="Of what is random.")
@click.option(
    "--workers",
    type=click.IntRange(1, _MOST_WORKERS),
    default=_WORKERS,
    show_default=True,
    help="Threads; with one the same seed gives the same.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Write the solution into this file.")
@_JSON
def solve(
    path: Path, seconds: float, seed: int, workers: int, out: Path | None, *, as_json: bool
) -> None:
    """Find the best timetable for FILE, and say how far from the best possible it may be.

    Ctrl-C ends the search with the best so far. Where no timetable is possible, it says which
    rules cannot hold together, and which are the cheapest to give up; the exit code is 1 then.
    """
    content = _content(path)
    found = format_of(path, content)
    with _cancelled() as cancelled, _progress(seconds, cancelled) as (tell, stop):
        orders = Orders(seconds, seed, workers, monotonic, tell, stop)
        solved = found.load().solve(content, orders)
    if out is not None and solved.content is not None:
        files.write(out.absolute().parent, [(out.name, solved.content)])
    if as_json:
        print_json({"format": found.name, "seed": seed, **_row(solved)})
    else:
        _print(solved, out)
    sys.exit(0 if solved.content is not None else 1)


@command.command("check")
@_FILE
@click.argument("solution", type=click.Path(path_type=Path), metavar="SOLUTION")
@_JSON
def check(path: Path, solution: Path, *, as_json: bool) -> None:
    """Say which hard rules SOLUTION breaks, and what it costs, as FILE counts it.

    Nothing of the solver is used: both files are read anew and counted. The exit code is 1 if a
    hard rule is broken.
    """
    content = _content(path)
    found = format_of(path, content)
    checked = found.load().check(content, _content(solution))
    if as_json:
        print_json(
            {
                "format": found.name,
                "broken": len(checked.broken),
                "cost": checked.cost,
                "costs": checked.costs,
                **checked.rows,
            }
        )
    else:
        _print_checked(checked)
    sys.exit(int(bool(checked.broken)))


def _content(path: Path) -> bytes:
    return b"".join(files.read([path]).values())


def _gap(solved: Solved) -> float | None:
    """The share of its cost that might be saved at most."""
    if solved.cost is None or solved.bound is None:
        return None
    return (solved.cost - solved.bound) / solved.cost if solved.cost else 0.0


def _row(solved: Solved) -> dict[str, object]:
    return {
        "status": str(solved.status),
        "cost": solved.cost,
        "bound": solved.bound,
        "gap": _gap(solved),
        "seconds": round(solved.seconds, 3),
        **solved.rows,
    }


def _print(solved: Solved, out: Path | None) -> None:
    """The timetable, what it costs and why; or why there is none."""
    if solved.table and out is None:
        table = Table(*solved.table[0])
        for row in solved.table[1:]:
            table.add_row(*row)
        Console().print(table)
    click.echo(say(f"cli.timetable.status.{solved.status}", seconds=f"{solved.seconds:.1f}"))
    gap = _gap(solved)
    if gap is not None:
        told = {"cost": f"{solved.cost:g}", "bound": f"{solved.bound:g}", "gap": f"{gap:.1%}"}
        click.echo(say("cli.timetable.cost", **told))
    for line in solved.lines:
        click.echo(line)
    if out is not None and solved.content is not None:
        click.echo(say("cli.timetable.written", path=out))


def _print_checked(checked: Checked) -> None:
    for line in checked.broken[:_SHOWN]:
        click.echo(f"  {line}")
    if len(checked.broken) > _SHOWN:
        click.echo(f"  {say('cli.park.more', count=len(checked.broken) - _SHOWN)}")
    click.echo(say("cli.timetable.checked", broken=len(checked.broken), cost=f"{checked.cost:g}"))
    for name, cost in checked.costs.items():
        click.echo(f"  {say(f'cli.timetable.cost.{name}')}: {cost:g}")


@contextmanager
def _cancelled() -> Generator[Event]:
    """Set by Ctrl-C; a second one ends the program."""
    event = Event()

    def cancel(_number: int, _frame: FrameType | None) -> None:
        event.set()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, cancel)
    try:
        yield event
    finally:
        signal.signal(signal.SIGINT, before)


Tell = Callable[[float | None, float | None], None]


@contextmanager
def _progress(seconds: float, cancelled: Event) -> Generator[tuple[Tell, Callable[[], bool]]]:
    """A line on a terminal with best so far and bound, nothing elsewhere; and when to stop."""
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        told = [say("cli.timetable.searching")]
        task = bar.add_task(told[0], total=seconds)
        begun = monotonic()

        def tell(cost: float | None, bound: float | None) -> None:
            best = "–" if cost is None else f"{cost:g}"
            least = "–" if bound is None else f"{bound:g}"
            told[0] = say("cli.timetable.best", cost=best, bound=least)

        def stop() -> bool:
            words = say("cli.timetable.compiling") if UNDER_WAY.is_set() else told[0]
            bar.update(task, completed=monotonic() - begun, description=words)
            return cancelled.is_set()

        yield tell, stop
