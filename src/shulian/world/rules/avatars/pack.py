"""Writes a model as bytes: a description in JSON, then arrays of small whole numbers, deflated.

4 bytes   "SLAV"
4 bytes   length of the description, little-endian; a multiple of 4
…         description: UTF-8 JSON, padded with spaces
…         the arrays it lists, one after the other, each from a multiple of 4 on
"""

import json
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shulian.world.rules.avatars import people
from shulian.world.rules.avatars.model import Model
from shulian.world.rules.avatars.motion import CLIPS
from shulian.world.rules.avatars.skeleton import NAMES
from shulian.world.rules.avatars.source import Array

VERSION = 1
UNIT = 1.0 / 8192.0
"""Lengths are counted in these [m]."""
MAGIC = b"SLAV"


def packed(model: Model) -> bytes:
    """The file of `model`."""
    arrays = _arrays(model)
    description = _description(model, arrays)
    text = json.dumps(description, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    body = b"".join(_padded(array.tobytes()) for array in arrays.values())
    whole = MAGIC + len(text).to_bytes(4, "little") + text + body
    return zlib.compress(whole, 9)


def _padded(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % 4)


def _lengths(values: Array) -> NDArray[np.int16]:
    return np.round(values / UNIT).astype("<i2")


def _arrays(model: Model) -> dict[str, NDArray[Any]]:
    clips = np.concatenate(model.clips)
    return {
        # One coordinate after the other: neighbours are alike, which packs well.
        "vertices": _lengths(model.vertices.T),
        "kinds": model.kinds.astype("u1"),
        "places": np.round(model.places * 1000.0).astype("<i2"),
        "light": np.round(model.light * 255.0).astype("u1"),
        "bones": model.bones.T.astype("u1"),
        "weights": model.weights.T.astype("u1"),
        **{f"level{index}": level.astype("<u2") for index, level in enumerate(model.levels)},
        "shapes": _lengths(model.shapes.transpose(0, 2, 1)),
        "wear": _lengths(model.wear.transpose(0, 2, 1)),
        "normals": np.round(model.normals.transpose(0, 2, 1) * 127.0).astype("i1"),
        "turns": np.round(clips[:, :, :, :3] * 32000.0).astype("<i2"),
        "shifts": _lengths(clips[:, :, :, 3]),
    }


def _description(model: Model, arrays: dict[str, NDArray[Any]]) -> dict[str, Any]:
    first = 0
    clips: list[dict[str, Any]] = []
    for clip in CLIPS:
        mask = [int(not clip.bones or name in clip.bones) for name in NAMES]
        clips.append(
            {
                "name": clip.name,
                "first": first,
                "frames": clip.frames,
                "seconds": clip.seconds,
                "stride": clip.stride,
                "bones": mask,
            }
        )
        first += clip.frames
    return {
        "version": VERSION,
        "unit": UNIT,
        "vertices": len(model.vertices),
        "shapes": len(model.shapes),
        "columns": len(model.wear),
        "bones": list(NAMES),
        "clips": clips,
        "corners": {
            "sexes": len(people.SEXES),
            "ages": len(people.AGES),
            "weights": len(people.WEIGHTS),
        },
        "mixes": np.round(model.mixes, 4).tolist(),
        "statures": np.round(model.statures, 4).tolist(),
        "eye": np.round(model.eye, 4).tolist(),
        "arrays": [
            {"name": name, "type": array.dtype.str.lstrip("<|"), "length": int(array.size)}
            for name, array in arrays.items()
        ],
    }
