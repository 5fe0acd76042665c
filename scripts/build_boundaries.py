"""Draws data/boundaries.geojson: an outline of each of the 318 authorities, from their postcodes alone.

    .venv/bin/python scripts/build_boundaries.py

Each 500 m cell of the National Grid goes to the authority with most of its postcodes;
empty cells within 1.2 km of a postcode, and holes wholly enclosed, go to the nearest;
cells are dissolved and the shared edges simplified together, so that neighbours never
overlap or part. Scotland's postcodes are painted too, then left out: they hold the border.

For drawing only. Which authority a postcode belongs to is looked up, never worked out from
these shapes. Prints how many postcodes fall in the right shape, the figure in data/README.md.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy import ndimage
from shapely.geometry.base import BaseGeometry
from tqdm import tqdm

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from directory.geo.files import DATA, STORE_NAME  # noqa: E402 (the line above makes it importable)
from directory.geo.grid import to_wgs84_arrays  # noqa: E402
from directory.geo.pack import ensure_store  # noqa: E402
from directory.geo.packed import NO_GRID_REFERENCE, open_packed  # noqa: E402

CELL_M = 500
FILL_M = 1200
TOLERANCE_M = 900
DECIMALS = 4
SIZE_LIMIT_BYTES = 400_000
COLUMNS, ROWS = 1400, 1400  # 700 km each way: all of England and Wales
NOBODY, NOT_OURS = -1, -2
OUT = DATA / "boundaries.geojson"


class Postcodes:
    """Grid references (metres) and authority numbers of England, Wales and Scotland's postcodes."""

    def __init__(self, store_dir: Path) -> None:
        packed = open_packed(ensure_store(store_dir) / STORE_NAME)
        names: list[str] = packed.header["authorities"]
        rows = packed.sections["rows"]
        keep = np.array([name[:1] in ("E", "W", "S") for name in names])[rows["authority"]]
        keep &= (rows["easting"] != NO_GRID_REFERENCE) & (rows["northing"] < ROWS * CELL_M)
        self.codes = [name for name in names if name[:1] in ("E", "W")]
        number = {name: index for index, name in enumerate(self.codes)}
        renumber = np.array([number.get(name, NOT_OURS) for name in names])
        self.eastings_m = rows["easting"][keep].astype(np.int64)
        self.northings_m = rows["northing"][keep].astype(np.int64)
        self.authority = renumber[rows["authority"][keep]]


def majority_cells(postcodes: Postcodes) -> NDArray[np.int64]:
    """A raster (rows north, columns east) of the authority with most postcodes in each cell."""
    cell = (postcodes.northings_m // CELL_M) * COLUMNS + postcodes.eastings_m // CELL_M
    label = postcodes.authority - NOT_OURS  # from 0 up
    pairs, counts = np.unique(cell * 1024 + label, return_counts=True)
    # Ascending counts: the last written, which stays, is the most common.
    order = np.argsort(counts, kind="stable")
    raster = np.full(ROWS * COLUMNS, NOBODY, dtype=np.int64)
    raster[pairs[order] // 1024] = pairs[order] % 1024 + NOT_OURS
    return raster.reshape(ROWS, COLUMNS)


def filled(raster: NDArray[np.int64]) -> NDArray[np.int64]:
    """The raster with cells near a postcode, and enclosed holes, given to the nearest authority."""
    distance, nearest = ndimage.distance_transform_edt(raster == NOBODY, return_indices=True)
    land = ndimage.binary_fill_holes(distance * CELL_M <= FILL_M)
    return np.where(land, raster[nearest[0], nearest[1]], NOBODY)


def dissolved(raster: NDArray[np.int64], count: int) -> list[BaseGeometry]:
    """One shape per authority, in metres, whose edges keep every cell corner so that neighbours match."""
    shapes: list[BaseGeometry] = []
    for number in tqdm(range(count), desc="Dissolving cells", unit="authority"):
        rows, columns = np.nonzero(raster == number)
        boxes = shapely.box(columns * CELL_M, rows * CELL_M, (columns + 1) * CELL_M, (rows + 1) * CELL_M)
        shapes.append(shapely.coverage_union_all(boxes))
    return shapes


def in_degrees(shape: BaseGeometry) -> BaseGeometry:
    """The shape in WGS84 (longitude, latitude), rounded, with whatever rounding broke made good."""

    def turn(corners: NDArray[Any]) -> NDArray[Any]:
        latitudes, longitudes = to_wgs84_arrays(corners[:, 0], corners[:, 1])
        return np.round(np.column_stack([longitudes, latitudes]), DECIMALS)

    turned = shapely.transform(shape, turn)
    return turned if shapely.is_valid(turned) else shapely.make_valid(turned)


def rings(shape: BaseGeometry) -> list[list[list[list[float]]]]:
    """Polygons as GeoJSON coordinates, outer ring anticlockwise, lines and points dropped."""
    polygons = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area > 0]
    return [
        [
            [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in ring.coords]
            for ring in (part.exterior, *part.interiors)
        ]
        for part in (shapely.orient_polygons(polygon) for polygon in polygons)
    ]


def names() -> dict[str, str]:
    with (DATA / "areas.csv").open(encoding="utf-8", newline="") as file:
        return {row["lad_code"]: row["lad_display_name"] for row in csv.DictReader(file)}


def right_share(shapes: list[BaseGeometry], postcodes: Postcodes) -> float:
    """Share of England and Wales's postcodes (0 to 1) that lie in their own authority's shape."""
    ours = postcodes.authority >= 0
    latitudes, longitudes = to_wgs84_arrays(postcodes.eastings_m[ours], postcodes.northings_m[ours])
    right = 0
    for number, shape in enumerate(tqdm(shapes, desc="Measuring", unit="authority")):
        mine = postcodes.authority[ours] == number
        shapely.prepare(shape)
        right += int(shapely.intersects_xy(shape, longitudes[mine], latitudes[mine]).sum())
    return right / int(ours.sum())


def feature(code: str, name: str, shape: BaseGeometry) -> dict[str, Any]:
    coordinates = rings(shape)
    single = len(coordinates) == 1
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name},
        "geometry": {
            "type": "Polygon" if single else "MultiPolygon",
            "coordinates": coordinates[0] if single else coordinates,
        },
    }


def main() -> None:
    postcodes = Postcodes(DATA.parent / "instance" / "postcodes")
    raster = filled(majority_cells(postcodes))
    metres = dissolved(raster, len(postcodes.codes))
    simple = shapely.coverage_simplify(metres, TOLERANCE_M)
    shapes = [in_degrees(shape) for shape in tqdm(simple, desc="To degrees", unit="authority")]
    display = names()
    features = [
        feature(code, display[code], shape) for code, shape in zip(postcodes.codes, shapes, strict=True)
    ]
    text = json.dumps(
        {"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":")
    )
    if len(text.encode()) > SIZE_LIMIT_BYTES or not all(f["geometry"]["coordinates"] for f in features):
        sys.exit(f"{len(text.encode())} bytes, or an authority without a shape: nothing written")
    part = OUT.with_suffix(".part")
    part.write_text(text + "\n", encoding="utf-8")
    part.replace(OUT)
    print(f"{OUT.name}: {len(features)} authorities, {OUT.stat().st_size:,} bytes")
    print(f"postcodes in the right shape: {right_share(shapes, postcodes):.2%}")


if __name__ == "__main__":
    main()
