"""A polygon layer of a vector tile as whole-number rings and directed edges, read from the protobuf message itself."""

import numpy as np
import shapely
from mapbox_vector_tile.Mapbox import vector_tile_pb2

MOVE_TO, LINE_TO = 1, 2
# Edges are packed into one number for sorting: four coordinates of 13 bits, shifted so that the buffer is positive.
SHIFT, BITS = 512, 13


class Area:
    """One feature: its code and its rings, each without the closing vertex, y pointing down."""

    def __init__(self, code, rings):
        self.code = code
        self.rings = rings

    def edges(self):
        """Directed edges, one row each: x, y, x, y."""
        ends = [np.hstack([ring, np.roll(ring, -1, axis=0)]) for ring in self.rings]
        return np.vstack(ends) if ends else np.empty((0, 4), dtype=np.int64)

    def is_diamond(self):
        """Whether it is the least shape, which stands over its neighbours for an area too small to draw."""
        if len(self.rings) != 1 or len(self.rings[0]) != 4:
            return False
        ring = self.rings[0]
        return bool((np.abs(ring - np.roll(ring, -1, axis=0)) == 1).all() and doubled_area(ring) == 4)

    def polygon(self):
        """The area for shapely. A ring that winds as a shell opens a polygon, others are its holes."""
        parts = []
        for ring in self.rings:
            if doubled_area(ring) > 0:
                parts.append((ring, []))
            elif parts:
                parts[-1][1].append(ring)
        return shapely.MultiPolygon([shapely.Polygon(shell, holes) for shell, holes in parts])


def doubled_area(ring):
    x, y = ring[:, 0], ring[:, 1]
    return int(np.dot(x, np.roll(y, -1)) - np.dot(np.roll(x, -1), y))


def rings_of(commands):
    """The rings of a polygon feature's geometry."""
    numbers = np.array(commands, dtype=np.int64)
    deltas = (numbers >> 1) ^ -(numbers & 1)
    at, cursor, rings = 0, np.zeros(2, dtype=np.int64), []
    while at < len(numbers):
        count = int(numbers[at + 3]) >> 3
        if numbers[at] != (1 << 3 | MOVE_TO) or numbers[at + 3] & 7 != LINE_TO:
            raise ValueError(f"ring does not begin with MoveTo and LineTo at {at}")
        end = at + 4 + 2 * count
        steps = np.concatenate([deltas[at + 1 : at + 3], deltas[at + 4 : end]]).reshape(-1, 2)
        ring = cursor + np.cumsum(steps, axis=0)
        rings.append(ring)
        cursor, at = ring[-1], end + 1
    return rings


def value_of(value):
    """What a value message holds."""
    return next((content for _, content in value.ListFields()), None)


def layers_of(body):
    """{layer name: layer message} of a tile."""
    return {layer.name: layer for layer in vector_tile_pb2.tile.FromString(body).layers} if body else {}


def properties_of(layer, feature):
    tags = list(feature.tags)
    return {layer.keys[key]: value_of(layer.values[value]) for key, value in zip(tags[::2], tags[1::2])}


def areas_of(layer):
    """The features of a layer as areas."""
    if layer is None:
        return []
    return [Area(str(properties_of(layer, feature)["code"]), rings_of(feature.geometry)) for feature in layer.features]


def packed(edges):
    """One number for each edge's two ends, the lesser end first, and +1 or −1 for the way it is walked."""
    shifted = edges + SHIFT
    start = shifted[:, 0] << BITS | shifted[:, 1]
    end = shifted[:, 2] << BITS | shifted[:, 3]
    low, high = np.minimum(start, end), np.maximum(start, end)
    return low << (2 * BITS) | high, np.where(start < end, 1, -1)


def open_edges(areas, whole, low, high):
    """The edges that break the rule, as rows, and the number of units along the frame that do.

    Every directed edge of the areas must have its opposite in a neighbour or be an edge of the whole. Along the
    frame from `low` to `high`, where neighbours and the whole are cut at different vertices, every unit must be
    walked as often by the areas as by the whole; so along any line that runs with an axis, for encoders leave out
    a vertex in the middle of such a line. No tolerance: all numbers are whole.
    """
    rows = [(area.edges(), 1) for area in areas] + [(area.edges(), -1) for area in whole]
    edges = np.vstack([np.empty((0, 4), dtype=np.int64), *(row for row, _ in rows)])
    weights = np.concatenate([np.full(len(row), weight) for row, weight in rows] or [np.empty(0)])
    on_frame, along = np.zeros(len(edges), dtype=bool), 0
    for axis in (0, 1):
        for line in (low, high):
            on_line = (edges[:, axis] == line) & (edges[:, axis + 2] == line)
            along += uneven_units(edges[on_line][:, 1 - axis :: 2], weights[on_line])
            on_frame |= on_line
    edges, weights = uncancelled(edges[~on_frame], weights[~on_frame])
    for axis in (0, 1):
        with_axis = edges[:, axis] == edges[:, axis + 2]
        even = np.zeros(len(edges), dtype=bool)
        for line in np.unique(edges[with_axis][:, axis]):
            on_line = with_axis & (edges[:, axis] == line)
            if not uneven_units(edges[on_line][:, 1 - axis :: 2], weights[on_line]):
                even |= on_line
        edges, weights = edges[~even], weights[~even]
    return edges, along


def uncancelled(edges, weights):
    """The edges left when opposite walks have cancelled out, each once, with how often it is walked."""
    keys, ways = packed(edges)
    kinds, first, which = np.unique(keys, return_index=True, return_inverse=True)
    sums = np.bincount(which, weights=ways * weights, minlength=len(kinds))
    left = sums != 0
    rows, turned = edges[first[left]], ways[first[left]] < 0
    rows[turned] = rows[turned][:, [2, 3, 0, 1]]
    return rows, sums[left]


def uneven_units(spans, weights):
    """Units of one line on which the sum of all directed walks is not zero."""
    if not len(spans):
        return 0
    start = spans.min()
    steps = np.zeros(spans.max() - start + 2)
    np.add.at(steps, spans[:, 0] - start, weights)
    np.add.at(steps, spans[:, 1] - start, -weights)
    return int(np.count_nonzero(np.cumsum(steps)))


def crossings(area, axis, line):
    """Where an area's border crosses a line, ascending: every second stretch between them lies inside.

    Rows of the place and of how far the border moves when that place moves by one (the sine of the angle).
    """
    edges = area.edges()
    along, across = edges[:, axis::2], edges[:, 1 - axis :: 2]
    cuts = (along[:, 0] < line) != (along[:, 1] < line)
    along, across = along[cuts], across[cuts]
    run, rise = along[:, 1] - along[:, 0], across[:, 1] - across[:, 0]
    places = across[:, 0] + (line - along[:, 0]) / run * rise
    order = np.argsort(places, kind="stable")
    return np.column_stack([places, np.abs(run) / np.hypot(run, rise)])[order]


def largest_step(here, there, extent):
    """How far an area's border jumps between two tiles at their common edge, in units across the border."""
    both = np.vstack([here, there])
    both = both[np.argsort(both[:, 0], kind="stable")]
    places = np.clip(both[:, 0], 0, extent)
    steps = (places[1::2] - places[::2]) * np.maximum(both[1::2, 1], both[::2, 1])
    return float(np.max(steps, initial=0.0))
