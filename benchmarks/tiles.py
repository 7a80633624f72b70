"""Footprints of GeoJSON into a tileset on one core, beside py3dtiles on the same footprints.

Ours reads the file from disk, parses it, builds and writes every tile. py3dtiles cannot read
GeoJSON or extrude, so it is given finished solids and only its export of them is timed. Both are
pinned to one core and timed by how long they kept it busy, so that other work on the machine
does not count. Every tile of ours then goes through the Khronos validator and through our checker.
"""

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from math import cos, sin
from pathlib import Path
from time import perf_counter, process_time

import click
import numpy as np
import shapely
from numpy.typing import NDArray

from shulian.kit.geometry import Frame
from shulian.park.rules.construction import scene_files
from shulian.park.rules.geojson.read import read
from shulian.park.rules.tiles.check import check
from shulian.park.types import SpaceId, SpaceKind

ROOT = Path(__file__).parents[1]
PEER = Path(__file__).parent / "peers" / "py3dtiles"
BESIDE = 2_000
"""Footprints that both sides convert."""
SPACING = 45.0
"""Between the middles of neighbours [m]; the largest are 28 m wide."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Footprints:
    """Synthetic buildings: thirds of rectangles, L-shapes and twelve-sided ones, turned anyhow."""

    rings: list[Floats]
    """(corners, 2) [m] east, north of each, counter-clockwise, not closed."""
    heights: Floats
    """[m]."""


@dataclass(frozen=True)
class Timing:
    """How long a conversion kept the core busy, and how long one waited for it [s]."""

    parse: float
    build: float
    wall: float
    buildings: int

    @property
    def seconds(self) -> float:
        """Of the core's, for all of it."""
        return self.parse + self.build


def footprints(count: int, seed: int) -> Footprints:
    """`count` buildings on a grid, always the same for a seed."""
    rng = np.random.default_rng(seed)
    angles = np.arange(12) * np.pi / 6
    shapes: tuple[Floats, ...] = (
        np.array([(-1.0, -1), (1, -1), (1, 1), (-1, 1)]),
        np.array([(-1.0, -1), (1, -1), (1, 0), (0, 0), (0, 1), (-1, 1)]),
        np.column_stack([np.cos(angles), np.sin(angles)]),
    )
    columns = int(np.ceil(np.sqrt(count)))
    places = np.column_stack(np.divmod(np.arange(count), columns)) * SPACING
    places -= columns * SPACING / 2
    kinds: list[int] = rng.integers(0, 3, count).tolist()
    turns: list[float] = rng.uniform(0, np.pi, count).tolist()
    halves = rng.uniform(6, 14, (count, 2))
    rings: list[Floats] = []
    for number, (kind, turn) in enumerate(zip(kinds, turns, strict=True)):
        turned = np.array([[cos(turn), sin(turn)], [-sin(turn), cos(turn)]])
        rings.append((shapes[kind] * halves[number]) @ turned + places[number])
    return Footprints(rings, np.round(rng.uniform(3, 140, count), 1))


def geojson(made: Footprints) -> bytes:
    """The footprints as a feature collection in longitude and latitude, as exports of OSM are."""
    counts = [len(ring) for ring in made.rings]
    degrees = Frame(121.59, 31.2).to_lonlat(np.concatenate(made.rings)).round(7)
    features: list[dict[str, object]] = []
    parts = np.split(degrees, np.cumsum(counts)[:-1])
    for number, (part, height) in enumerate(zip(parts, made.heights.tolist(), strict=True)):
        ring = part.tolist()
        tags: dict[str, object] = {"building": "yes", "height": height}
        if number % 5 == 0:
            tags |= {"name": f"{number}号楼", "name:en": f"Building {number}"}
        features.append(
            {
                "type": "Feature",
                "id": f"way/{number}",
                "properties": tags,
                "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
            }
        )
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False).encode()


def solids(made: Footprints, folder: Path, count: int) -> None:
    """The first footprints as WKB, y up: closed solids, as PostGIS extrudes them for py3dtiles."""
    folder.mkdir()
    for number, ring in enumerate(made.rings[:count]):
        height = float(made.heights[number])
        low = np.column_stack([ring[:, 0], np.zeros(len(ring)), -ring[:, 1]])
        high = low + np.array([0.0, height, 0.0])
        walls = np.stack([low, np.roll(low, -1, 0), np.roll(high, -1, 0), high], axis=1)
        solid = shapely.MultiPolygon([shapely.Polygon(face) for face in [low[::-1], *walls, high]])
        wkb = shapely.to_wkb(solid, output_dimension=3, flavor="iso")
        (folder / f"{number:06}.wkb").write_bytes(wkb)


def convert(source: Path, target: Path) -> Timing:
    """A GeoJSON file into a folder of tiles."""
    start, begin = perf_counter(), process_time()
    plan = read([(source.name, source.read_bytes())], park=SpaceId("bench")).plan
    parsed = process_time()
    files, _ = scene_files(plan, lambda _done, _total: None)
    for path, content in files:
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    end = process_time()
    buildings = sum(space.kind is SpaceKind.BUILDING for space in plan.spaces)
    return Timing(parsed - begin, end - parsed, perf_counter() - start, buildings)


def median(source: Path, target: Path, times: int) -> Timing:
    """The middle of several conversions."""
    timings: list[Timing] = []
    for _ in range(times):
        shutil.rmtree(target, ignore_errors=True)
        timings.append(convert(source, target))
    return Timing(
        statistics.median(timing.parse for timing in timings),
        statistics.median(timing.build for timing in timings),
        statistics.median(timing.wall for timing in timings),
        timings[0].buildings,
    )


def py3dtiles(made: Footprints, work: Path) -> tuple[float, dict[str, str]]:
    """Seconds py3dtiles takes for the first `BESIDE` footprints, and its versions."""
    solids(made, work / "warm", 20)
    solids(made, work / "solids", BESIDE)
    found = subprocess.run(
        [
            *(_uv(), "run", "--quiet", "--frozen", "--project", PEER),
            *("python", PEER / "convert.py", work / "warm", work / "solids", work / "peer"),
        ],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    result = json.loads(found.stdout)
    return result["seconds"], result["versions"]


def problems(folder: Path) -> int:
    """What our checker finds in a tileset."""
    files = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    return len(check(files))


def issues(folder: Path) -> int | None:
    """Errors and warnings of the Khronos validator in all tiles; none: it is not installed."""
    if not shutil.which("node") or not (ROOT / "client/node_modules/gltf-validator").is_dir():
        return None
    found = subprocess.run(
        ["node", ROOT / "tools" / "validate_glb.mjs", *sorted(folder.rglob("*.glb"))],
        check=True,
        stdout=subprocess.PIPE,
    )
    counted = json.loads(found.stdout)
    return counted["errors"] + counted["warnings"]


def show(title: str, timing: Timing, peer: float | None = None) -> None:
    """One row a part of the work."""
    print(f"\n{title}")
    rows = [("parse GeoJSON", timing.parse), ("build and write tiles", timing.build)]
    rows += [("ours, all", timing.seconds)] + ([("py3dtiles", peer)] if peer else [])
    for name, took in rows:
        print(f"  {name:<24}{took:>9.3f} s{timing.buildings / took:>12,.0f} buildings/s")


@click.command()
@click.option("--quick", envvar="QUICK", is_flag=True, help="20,000 footprints, once.")
@click.option("--pinned", is_flag=True, hidden=True)
def main(*, quick: bool, pinned: bool) -> None:
    """Measure, check, and print one line of JSON."""
    if not pinned:
        _pin()
    count, times = (20_000, 1) if quick else (100_000, 3)
    made = footprints(count, seed=1)
    beside = footprints(BESIDE, seed=2)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "beside.geojson").write_bytes(geojson(beside))
        (work / "all.geojson").write_bytes(geojson(made))
        peer, peer_versions = py3dtiles(beside, work)
        small = median(work / "beside.geojson", work / "small", 9)
        large = median(work / "all.geojson", work / "large", times)
        found = issues(work / "large"), problems(work / "large")
    show(f"{small.buildings:,} footprints", small, peer)
    show(f"{large.buildings:,} footprints", large)
    print(f"\nKhronos validator: {_said(found[0])}; our checker: {found[1]} problems\n")
    figures = {
        "benchmark": "tiles",
        "buildings_per_s": round(large.buildings / large.seconds),
        "ratio_py3dtiles": round(peer / small.seconds, 1),
        "validator_errors": (found[0] or 0) + found[1],
        "validated": found[0] is not None,
        "buildings": large.buildings,
        "tiles_alone_per_s": round(large.buildings / large.build),
        "wall_s": round(large.wall, 2),
        "py3dtiles_per_s": round(BESIDE / peer, 1),
        "versions": {"python": platform.python_version(), "numpy": np.__version__},
        "peer_versions": peer_versions,
        "machine": {"cpu": _cpu(), "cores_used": 1},
    }
    print(json.dumps(figures))


def _pin() -> None:
    """Start again on one core, with one thread in numpy's libraries."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    threads = [f"{name}_NUM_THREADS=1" for name in ("OMP", "OPENBLAS", "MKL")]
    command = ["env", *threads, sys.executable, *sys.argv, "--pinned"]
    os.execvp(command[0], command)  # noqa: S606  nothing of it comes from outside


def _said(counted: int | None) -> str:
    if counted is None:
        return "skipped, it needs node and `npm ci` in client/"
    return f"{counted} errors or warnings"


def _uv() -> str:
    """The project's own uv, or the one on the path."""
    own = ROOT / ".uv" / "bin" / "uv"
    return str(own) if own.exists() else "uv"


def _cpu() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


if __name__ == "__main__":
    main()
