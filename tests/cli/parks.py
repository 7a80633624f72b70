"""Files of small parks, as people would write them."""

import json
from pathlib import Path

PARK = """\
id: riverside
name: {zh: 滨江园, en: Riverside Park}
origin: [121.600, 31.203]
sites:
  - id: riverside-east
    name: {zh: 东区, en: East}
    phases:
      - id: riverside-one
        name: {zh: 一期, en: Phase One}
        delivered: 2023-06-30
        buildings:
          - id: b07
            name: {zh: 7号楼, en: Building 7}
            at: [60, 40]
            box: [30, 16]
            storeys:
              - {storeys: 1-2, height: 5}
          - {id: b08, name: {zh: 8号楼, en: Building 8}, at: [120, 40], box: [40, 20], height: 24}
    spaces:
      - {id: plaza, kind: plaza, name: {zh: 广场, en: Plaza}, box: [40, 30]}
"""
"""Eight spaces: a park, a site, a phase, two buildings, two storeys, a plaza."""

SPACES = 8


def definition(folder: Path, text: str = PARK) -> Path:
    """A folder with the definition of a park."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "park.yaml").write_text(text, encoding="utf-8")
    return folder


def footprint(west: float, south: float, **tags: str) -> dict[str, object]:
    """A GeoJSON feature: a building of about 20 by 20 metres."""
    ring = [
        [west, south],
        [west + 0.0002, south],
        [west + 0.0002, south + 0.0002],
        [west, south + 0.0002],
        [west, south],
    ]
    return {
        "type": "Feature",
        "properties": {"building": "yes", **tags},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def geojson(*features: dict[str, object]) -> str:
    """A GeoJSON file of `features`."""
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


TWO_TOWERS = geojson(
    footprint(121.5, 31.24, id="t1", name="上海一号塔", height="100"),
    footprint(121.501, 31.24, id="t2", name="上海二号塔", height="50"),
)
