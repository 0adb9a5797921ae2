"""Turns the points of the communes into a coverage: Voronoi cells, clipped to the country, borders roughened.

Everything lies on a grid of 1e-5 degree and is noded once, so that neighbours share exactly the same vertices.
"""

import hashlib
import math
from random import Random

import numpy as np
import shapely
from shapely import LineString, MultiPoint, MultiPolygon, Point, Polygon

from registry import ISLAND, KM_LAT, KM_LON

GRID = 1e-5
SQUASH = KM_LON / KM_LAT  # longitudes times this: equal scale on both axes
STEP_KM = 0.45  # length of the pieces of a roughened border
MAX_BEND = math.radians(13)
SLIVER_KM2 = 0.4
# Drawn and cut with a margin, so that no edge of the frame comes near the province.
FRAME = shapely.box(106.4, 14.2, 109.6, 17.0)


def snapped(lon, lat):
    """The nearest point of the grid."""
    return round(lon, 5), round(lat, 5)


def voronoi_edges(units):
    """Borders between the cells of the units, as lines in degrees."""
    points = MultiPoint([(u.lon * SQUASH, u.lat) for u in units])
    frame = shapely.transform(FRAME, lambda a: a * [SQUASH, 1.0])
    edges = shapely.voronoi_polygons(points, extend_to=frame, only_edges=True)
    return shapely.transform(edges, lambda a: a / [SQUASH, 1.0])


def segments_of(lines):
    """All straight pieces of the lines, each once, as sorted pairs of grid points."""
    result = set()
    for line in shapely.get_parts(lines):
        points = [snapped(*p) for p in line.coords]
        result.update(tuple(sorted(pair)) for pair in zip(points, points[1:], strict=False) if pair[0] != pair[1])
    return sorted(result)


def bends(segments):
    """How far each segment may bend: less where another one starts at a sharp angle."""
    directions = {}
    for a, b in segments:
        for start, end in ((a, b), (b, a)):
            angle = math.atan2((end[1] - start[1]) * KM_LAT, (end[0] - start[0]) * KM_LON)
            directions.setdefault(start, []).append((angle, (a, b)))
    allowed = {segment: MAX_BEND for segment in segments}
    for around in directions.values():
        around.sort()
        for i, (angle, segment) in enumerate(around if len(around) > 1 else []):
            following, other = around[(i + 1) % len(around)]
            between = (following - angle) % (2 * math.pi)
            for s in (segment, other):
                allowed[s] = min(allowed[s], 0.35 * between)
    return allowed


def roughened(segment, bend):
    """The segment as a crooked line between the same ends; the same segment always gives the same line."""
    (ax, ay), (bx, by) = segment
    length_km = math.hypot((bx - ax) * KM_LON, (by - ay) * KM_LAT)
    levels = max(0, math.ceil(math.log2(length_km / STEP_KM))) if length_km > STEP_KM else 0
    seed = hashlib.sha256(f"{ax:.5f} {ay:.5f} {bx:.5f} {by:.5f}".encode()).digest()
    random = Random(int.from_bytes(seed[:8], "big"))
    points = [(0.0, 0.0), (1.0, 0.0)]  # along and across the segment, in its length
    for _ in range(levels):
        finer = [points[0]]
        for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
            offset = random.uniform(-1, 1) * 0.5 * math.tan(bend) * (x1 - x0)
            finer += [((x0 + x1) / 2, (y0 + y1) / 2 + offset), (x1, y1)]
        points = finer
    dx, dy = (bx - ax) * KM_LON, (by - ay) * KM_LAT
    inner = [snapped(ax + (x * dx - y * dy) / KM_LON, ay + (x * dy + y * dx) / KM_LAT) for x, y in points[1:-1]]
    return LineString([(ax, ay), *inner, (bx, by)])


def linework(units, country):
    """Noded lines: roughened borders between communes, and the country's outline as it is."""
    outline = shapely.set_precision(shapely.intersection(country, FRAME), GRID)
    inner = shapely.intersection(voronoi_edges(units), outline)
    # Noded together, so that a border ends exactly on a vertex of the outline.
    noded = shapely.union_all([inner, outline.boundary], grid_size=GRID)
    outer = {s for s in segments_of(outline_pieces(noded, outline))}
    segments = [s for s in segments_of(noded) if s not in outer]
    bend = bends(segments)
    borders = [roughened(s, bend[s]) for s in segments]
    straight = [LineString(s) for s in sorted(outer)]
    return shapely.union_all(borders + straight, grid_size=GRID), outline


def outline_pieces(noded, outline):
    """Those of the noded lines that run along the outline."""
    parts = shapely.get_parts(noded)
    middles = shapely.line_interpolate_point(parts, 0.5, normalized=True)
    return parts[shapely.distance(middles, outline.boundary) < GRID]


def faces_by_unit(units, country):
    """Unit code → faces of the linework that lie nearest to its point (in the country)."""
    lines, outline = linework(units, country)
    cells = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    inside = [c for c in cells if shapely.contains_xy(outline, *c.representative_point().coords[0])]
    sites = np.array([(u.lon * KM_LON, u.lat * KM_LAT) for u in units])
    faces = {}
    for cell in inside:
        # The centroid and not the point on the surface: a bend may carry the latter over the straight border.
        at = cell.centroid if cell.contains(cell.centroid) else cell.representative_point()
        nearest = np.argmin(np.hypot(sites[:, 0] - at.x * KM_LON, sites[:, 1] - at.y * KM_LAT))
        faces.setdefault(units[nearest].code, []).append(cell)
    return faces


def area_km2(geometry):
    return geometry.area * KM_LON * KM_LAT


def without_slivers(faces):
    """Gives detached scraps of a cell to the neighbour with the longest common border."""
    owners = [(code, face) for code, pieces in sorted(faces.items()) for face in pieces]
    largest = {code: max(pieces, key=lambda f: f.area) for code, pieces in faces.items()}
    tree = shapely.STRtree([face for _, face in owners])
    result = {}
    for code, face in owners:
        target = code
        if face is not largest[code] and area_km2(face) < SLIVER_KM2:
            shared = {}
            for i in tree.query(face, predicate="intersects"):
                other, neighbour = owners[i]
                length = 0 if neighbour is face else face.boundary.intersection(neighbour.boundary).length
                shared[other] = shared.get(other, 0) + length
            target = max(sorted(shared), key=shared.get) if max(shared.values()) > 0 else ""
        if target:
            result.setdefault(target, []).append(face)
    return result


def island_disc(unit, radius_km):
    """A circle of 32 corners for the one island outside the coast."""
    corners = [
        snapped(
            unit.lon + radius_km * math.cos(2 * math.pi * i / 32) / KM_LON,
            unit.lat + radius_km * math.sin(2 * math.pi * i / 32) / KM_LAT,
        )
        for i in range(32)
    ]
    return Polygon(corners)


def commune_cells(region, country, island_km2):
    """Code → cell for the communes of Quảng Nam."""
    wanted = {u.code for u in region if u.parent}
    on_land = [u for u in region if u.code != ISLAND]
    faces = without_slivers(faces_by_unit(on_land, country))
    cells = {code: shapely.coverage_union_all(pieces) for code, pieces in faces.items() if code in wanted}
    island = next(u for u in region if u.code == ISLAND)
    cells[ISLAND] = island_disc(island, math.sqrt(island_km2 / math.pi))
    return {code: canonical(cells[code]) for code in sorted(cells)}


def canonical_ring(ring, clockwise):
    points = [snapped(*p) for p in ring.coords][:-1]
    if shapely.is_ccw(ring) == clockwise:
        points.reverse()
    start = points.index(min(points))
    points = points[start:] + points[:start]
    return [*points, points[0]]


def canonical(geometry):
    """The geometry with one possible writing: outer rings counter-clockwise, each from its least vertex, parts in order."""
    polygons = [
        Polygon(canonical_ring(p.exterior, False), sorted(canonical_ring(h, True) for h in p.interiors))
        for p in shapely.get_parts(geometry)
    ]
    polygons.sort(key=lambda p: (-p.area, p.exterior.coords[0]))
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)


def union_cells(cells, members):
    """The exact union of some cells, vertices untouched."""
    return canonical(shapely.coverage_union_all([cells[code] for code in members]))


def locate(cells, lon, lat):
    """Code of the cell that holds the point, or None."""
    point = Point(lon, lat)
    return next((code for code, cell in cells.items() if cell.contains(point)), None)
