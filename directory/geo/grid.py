"""Grid references to latitude and longitude, and back.

Follows Ordnance Survey, "A guide to coordinate systems in Great Britain"
(annexes B and C: cartesian coordinates, the seven-parameter Helmert
transformation, the transverse Mercator projection). One Helmert transformation
for the whole country is good to about 5 m, and the tests hold it to 10 m: plenty for
"about 3 miles", and no part of this needs a grid-shift file.

Angles are in degrees and lengths in metres. Functions whose names end in
`_arrays` take and give numpy arrays; the others take and give single places.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from directory.geo.types import Point

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Ellipsoid:
    """Half-axes of an ellipsoid, in metres."""

    a: float
    b: float

    @property
    def eccentricity_squared(self) -> float:
        return 1 - (self.b / self.a) ** 2


@dataclass(frozen=True, slots=True)
class _Projection:
    """A transverse Mercator projection: its true origin, false origin and scale."""

    ellipsoid: _Ellipsoid
    scale: float
    origin_latitude: float
    origin_longitude: float
    origin_easting_m: float
    origin_northing_m: float


@dataclass(frozen=True, slots=True)
class _Helmert:
    """A shift between datums: metres, seconds of arc, parts per million."""

    tx: float
    ty: float
    tz: float
    rx: float
    ry: float
    rz: float
    scale_ppm: float

    def reversed(self) -> _Helmert:
        """The way back; the guide says reversing the signs is near enough (it is within millimetres)."""
        return _Helmert(-self.tx, -self.ty, -self.tz, -self.rx, -self.ry, -self.rz, -self.scale_ppm)


_WGS84 = _Ellipsoid(6_378_137.000, 6_356_752.3142)
_AIRY_1830 = _Ellipsoid(6_377_563.396, 6_356_256.909)
_AIRY_MODIFIED = _Ellipsoid(6_377_340.189, 6_356_034.447)

_NATIONAL_GRID = _Projection(_AIRY_1830, 0.9996012717, 49.0, -2.0, 400_000.0, -100_000.0)
_IRISH_GRID = _Projection(_AIRY_MODIFIED, 1.000035, 53.5, -8.0, 200_000.0, 250_000.0)

# Ordnance Survey's guide, section 6.6: WGS84 to OSGB36.
_WGS84_TO_OSGB36 = _Helmert(-446.448, 125.157, -542.060, -0.1502, -0.2470, -0.8421, 20.4894)
# EPSG coordinate operation 1641, TM65 to WGS 84 (2).
_IRELAND_TO_WGS84 = _Helmert(482.5, -130.6, 564.6, -1.042, -0.214, -0.631, 8.15)


def to_wgs84(point: Point) -> tuple[float, float]:
    """Latitude and longitude (degrees, WGS84) of a place on the National Grid."""
    latitudes, longitudes = to_wgs84_arrays(np.array([point.easting_m]), np.array([point.northing_m]))
    return float(latitudes[0]), float(longitudes[0])


def from_wgs84(latitude: float, longitude: float) -> Point:
    """The place on the National Grid, to the nearest metre, of a latitude and longitude (degrees)."""
    eastings, northings = from_wgs84_arrays(np.array([latitude]), np.array([longitude]))
    return Point(round(float(eastings[0])), round(float(northings[0])))


def irish_to_wgs84(easting_m: float, northing_m: float) -> tuple[float, float]:
    """Latitude and longitude (degrees, WGS84) of a reference in the Irish Grid.

    Postcodes of Northern Ireland come in that grid: read as National Grid
    references they would land some 240 km away.
    """
    latitudes, longitudes = irish_to_wgs84_arrays(np.array([easting_m]), np.array([northing_m]))
    return float(latitudes[0]), float(longitudes[0])


def irish_to_wgs84_arrays(
    eastings_m: NDArray[np.generic], northings_m: NDArray[np.generic]
) -> tuple[Floats, Floats]:
    """Latitudes and longitudes (degrees, WGS84) of references in the Irish Grid."""
    latitudes, longitudes = _unproject(
        eastings_m.astype(np.float64), northings_m.astype(np.float64), _IRISH_GRID
    )
    return _shift(latitudes, longitudes, _AIRY_MODIFIED, _IRELAND_TO_WGS84, _WGS84)


def to_wgs84_arrays(
    eastings_m: NDArray[np.generic], northings_m: NDArray[np.generic]
) -> tuple[Floats, Floats]:
    """Latitudes and longitudes (degrees, WGS84) of places on the National Grid."""
    latitudes, longitudes = _unproject(
        eastings_m.astype(np.float64), northings_m.astype(np.float64), _NATIONAL_GRID
    )
    return _shift(latitudes, longitudes, _AIRY_1830, _WGS84_TO_OSGB36.reversed(), _WGS84)


def from_wgs84_arrays(
    latitudes: NDArray[np.generic], longitudes: NDArray[np.generic]
) -> tuple[Floats, Floats]:
    """Eastings and northings (metres, National Grid) of latitudes and longitudes (degrees, WGS84)."""
    shifted = _shift(
        latitudes.astype(np.float64), longitudes.astype(np.float64), _WGS84, _WGS84_TO_OSGB36, _AIRY_1830
    )
    return project_arrays(*shifted)


def project_arrays(latitudes: Floats, longitudes: Floats) -> tuple[Floats, Floats]:
    """Eastings and northings of latitudes and longitudes that are already on the OSGB36 datum (annex C.1)."""
    grid = _NATIONAL_GRID
    e2 = grid.ellipsoid.eccentricity_squared
    phi = np.radians(latitudes)
    sin, cos, tan = np.sin(phi), np.cos(phi), np.tan(phi)
    nu = grid.ellipsoid.a * grid.scale / np.sqrt(1 - e2 * sin**2)
    rho = grid.ellipsoid.a * grid.scale * (1 - e2) / (1 - e2 * sin**2) ** 1.5
    eta2 = nu / rho - 1
    p = np.radians(longitudes - grid.origin_longitude)
    one = _meridian_arc(phi, grid) + grid.origin_northing_m
    two = nu / 2 * sin * cos
    three = nu / 24 * sin * cos**3 * (5 - tan**2 + 9 * eta2)
    three_a = nu / 720 * sin * cos**5 * (61 - 58 * tan**2 + tan**4)
    four = nu * cos
    five = nu / 6 * cos**3 * (nu / rho - tan**2)
    six = nu / 120 * cos**5 * (5 - 18 * tan**2 + tan**4 + 14 * eta2 - 58 * tan**2 * eta2)
    northings = one + two * p**2 + three * p**4 + three_a * p**6
    eastings = grid.origin_easting_m + four * p + five * p**3 + six * p**5
    return eastings, northings


def unproject_arrays(eastings_m: Floats, northings_m: Floats) -> tuple[Floats, Floats]:
    """Latitudes and longitudes on the OSGB36 datum itself, not WGS84 (annex C.2)."""
    return _unproject(eastings_m, northings_m, _NATIONAL_GRID)


def _meridian_arc(phi: Floats, grid: _Projection) -> Floats:
    """Length along the meridian from the true origin's latitude (the guide's M), in metres."""
    a, b = grid.ellipsoid.a, grid.ellipsoid.b
    n = (a - b) / (a + b)
    phi0 = math.radians(grid.origin_latitude)
    difference, total = phi - phi0, phi + phi0
    arc: Floats = (b * grid.scale) * (
        (1 + n + 1.25 * n**2 + 1.25 * n**3) * difference
        - (3 * n + 3 * n**2 + 21 / 8 * n**3) * np.sin(difference) * np.cos(total)
        + (15 / 8 * n**2 + 15 / 8 * n**3) * np.sin(2 * difference) * np.cos(2 * total)
        - 35 / 24 * n**3 * np.sin(3 * difference) * np.cos(3 * total)
    )
    return arc


def _unproject(eastings_m: Floats, northings_m: Floats, grid: _Projection) -> tuple[Floats, Floats]:
    """Latitudes and longitudes, on the grid's own datum, of eastings and northings."""
    a, scale = grid.ellipsoid.a, grid.scale
    e2 = grid.ellipsoid.eccentricity_squared
    phi = math.radians(grid.origin_latitude) + (northings_m - grid.origin_northing_m) / (a * scale)
    # Each round shrinks what is left about a thousandfold; six are more than enough for a millimetre.
    for _ in range(6):
        phi = phi + (northings_m - grid.origin_northing_m - _meridian_arc(phi, grid)) / (a * scale)
    sin, tan, sec = np.sin(phi), np.tan(phi), 1 / np.cos(phi)
    nu = a * scale / np.sqrt(1 - e2 * sin**2)
    rho = a * scale * (1 - e2) / (1 - e2 * sin**2) ** 1.5
    eta2 = nu / rho - 1
    seven = tan / (2 * rho * nu)
    eight = tan / (24 * rho * nu**3) * (5 + 3 * tan**2 + eta2 - 9 * tan**2 * eta2)
    nine = tan / (720 * rho * nu**5) * (61 + 90 * tan**2 + 45 * tan**4)
    ten = sec / nu
    eleven = sec / (6 * nu**3) * (nu / rho + 2 * tan**2)
    twelve = sec / (120 * nu**5) * (5 + 28 * tan**2 + 24 * tan**4)
    twelve_a = sec / (5040 * nu**7) * (61 + 662 * tan**2 + 1320 * tan**4 + 720 * tan**6)
    x = eastings_m - grid.origin_easting_m
    latitudes = phi - seven * x**2 + eight * x**4 - nine * x**6
    longitudes = ten * x - eleven * x**3 + twelve * x**5 - twelve_a * x**7
    return np.degrees(latitudes), np.degrees(longitudes) + grid.origin_longitude


def _shift(
    latitudes: Floats, longitudes: Floats, source: _Ellipsoid, helmert: _Helmert, target: _Ellipsoid
) -> tuple[Floats, Floats]:
    """The same places on another datum, at height nought (annex B, and the guide's equation 3)."""
    phi, lam = np.radians(latitudes), np.radians(longitudes)
    e2 = source.eccentricity_squared
    nu = source.a / np.sqrt(1 - e2 * np.sin(phi) ** 2)
    x = nu * np.cos(phi) * np.cos(lam)
    y = nu * np.cos(phi) * np.sin(lam)
    z = (1 - e2) * nu * np.sin(phi)

    s = 1 + helmert.scale_ppm * 1e-6
    rx, ry, rz = (math.radians(angle / 3600) for angle in (helmert.rx, helmert.ry, helmert.rz))
    x2 = helmert.tx + s * x - rz * y + ry * z
    y2 = helmert.ty + rz * x + s * y - rx * z
    z2 = helmert.tz - ry * x + rx * y + s * z

    e2 = target.eccentricity_squared
    p = np.hypot(x2, y2)
    phi = np.arctan2(z2, p * (1 - e2))
    for _ in range(6):
        nu = target.a / np.sqrt(1 - e2 * np.sin(phi) ** 2)
        phi = np.arctan2(z2 + e2 * nu * np.sin(phi), p)
    return np.degrees(phi), np.degrees(np.arctan2(y2, x2))
