"""The glTF of every tile as the Khronos validator sees it."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]


def test_the_khronos_validator_finds_no_error_and_no_warning(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    node = shutil.which("node")
    if node is None or not (ROOT / "client/node_modules/gltf-validator").is_dir():
        pytest.skip("needs node and client/node_modules/gltf-validator: run `npm ci` in client/")
    tiles = [path for path in files if path.endswith(".glb")]
    for number, path in enumerate(tiles):
        (tmp_path / f"{number}.glb").write_bytes(files[path])
    found = subprocess.run(
        [node, ROOT / "tools/validate_glb.mjs", *sorted(tmp_path.iterdir())],
        capture_output=True,
        check=True,
    )

    assert json.loads(found.stdout) == {"errors": 0, "warnings": 0, "messages": []}
