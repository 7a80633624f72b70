"""Time py3dtiles on a folder of WKB solids: `convert.py WARM_UP SOLIDS TARGET` prints JSON.

What is timed is `py3dtiles export -d SOLIDS`, without the start of Python, its imports and the
extrusion of footprints, which py3dtiles leaves to others.
"""

# pyright: reportMissingImports=false, reportUnknownVariableType=false
# pyright: reportAttributeAccessIssue=false
# its imports are of another environment

import contextlib
import io
import json
import sys
from pathlib import Path
from time import process_time

import numpy as np
import py3dtiles
from py3dtiles.export import from_directory


def seconds(solids: Path, target: Path) -> float:
    """How long the export of a folder keeps one core busy [s]."""
    target.mkdir(parents=True)
    begin = process_time()
    with contextlib.redirect_stdout(io.StringIO()):
        from_directory(str(solids), None, target)
    return process_time() - begin


def main() -> None:
    """Export a few solids to warm up, then all."""
    warm_up, solids, target = map(Path, sys.argv[1:])
    seconds(warm_up, target / "warm")
    took = seconds(solids, target / "all")
    versions = {"py3dtiles": py3dtiles.__version__, "numpy": np.__version__}
    print(json.dumps({"seconds": took, "versions": versions}))


if __name__ == "__main__":
    main()
