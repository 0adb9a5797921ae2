"""The whole-number checker itself, on squares laid right and wrong."""

import unittest

import numpy as np
import tile_edges as te


def area(code, *ring):
    return te.Area(code, [np.array(ring, dtype=np.int64)])


def box(code, left, top, right, bottom):
    return area(code, (left, top), (right, top), (right, bottom), (left, bottom))


WHOLE = box("49", 0, 0, 100, 100)
WEST, EAST = box("1", 0, 0, 50, 100), box("2", 50, 0, 100, 100)
WHOLE_WITH_STOPS = area("49", (0, 0), (50, 0), (100, 0), (100, 100), (50, 100), (0, 100))


class OpenEdges(unittest.TestCase):
    def found(self, areas, whole=WHOLE_WITH_STOPS, frame=(-64, 4160)):
        rows, along = te.open_edges(areas, [whole], *frame)
        return len(rows), along

    def test_exact_neighbours_leave_no_edge_open(self):
        self.assertEqual(self.found([WEST, EAST]), (0, 0))

    def test_gap_and_overlap_of_one_unit_leave_edges_open(self):
        self.assertGreater(self.found([WEST, box("2", 51, 0, 100, 100)])[0], 0)
        self.assertGreater(self.found([WEST, box("2", 49, 0, 100, 100)])[0], 0)

    def test_vertex_of_one_side_only_leaves_edges_open(self):
        bent = area("2", (50, 0), (100, 0), (100, 100), (50, 100), (51, 50))
        self.assertEqual(self.found([WEST, bent]), (3, 0))

    def test_along_the_frame_vertices_need_not_match_but_lengths_must(self):
        self.assertEqual(self.found([WEST, EAST], WHOLE, (0, 100)), (0, 0))
        self.assertEqual(self.found([WEST], WHOLE, (0, 100)), (1, 200))

    def test_vertex_left_out_of_a_line_that_runs_with_an_axis_is_no_gap(self):
        north, south = box("2", 50, 0, 100, 40), box("3", 50, 40, 100, 100)
        whole = area("49", (0, 0), (50, 0), (100, 0), (100, 40), (100, 100), (50, 100), (0, 100))
        self.assertEqual(self.found([WEST, north, south], whole), (0, 0))
        self.assertGreater(self.found([WEST, south], whole)[0], 0)

    def test_area_laid_twice_is_found(self):
        self.assertGreater(self.found([WEST, EAST, EAST])[0], 0)

    def test_nothing_in_an_empty_tile(self):
        rows, along = te.open_edges([], [], -64, 4160)
        self.assertEqual((len(rows), along), (0, 0))


class Rings(unittest.TestCase):
    def test_rings_of_the_specification_come_out(self):
        # MVT 2.1, 4.3.5.6: two polygons, the second with a hole.
        commands = [9, 0, 0, 26, 20, 0, 0, 20, 19, 0, 15, 9, 22, 2, 26, 18, 0, 0, 18, 17, 0, 15]
        commands += [9, 4, 13, 26, 0, 8, 8, 0, 0, 7, 15]
        rings = te.rings_of(commands)
        self.assertEqual(rings[0].tolist(), [[0, 0], [10, 0], [10, 10], [0, 10]])
        self.assertEqual(rings[2].tolist(), [[13, 13], [13, 17], [17, 17], [17, 13]])
        self.assertEqual([te.doubled_area(ring) for ring in rings], [200, 162, -32])
        self.assertEqual(te.Area("1", rings).polygon().area, 100 + 81 - 16)

    def test_least_diamond_is_known(self):
        self.assertTrue(area("1", (6, 5), (5, 6), (4, 5), (5, 4)).is_diamond())
        self.assertFalse(box("1", 0, 0, 1, 1).is_diamond())


class Seams(unittest.TestCase):
    def test_border_crosses_a_line_where_it_does(self):
        self.assertEqual(te.crossings(box("1", 0, 20, 100, 60), 0, 50).tolist(), [[20, 1], [60, 1]])
        self.assertEqual(te.crossings(WEST, 0, 80).tolist(), [])
        steep = area("1", (0, 0), (4, 3), (0, 3))
        self.assertEqual(te.crossings(steep, 0, 2).tolist(), [[1.5, 0.8], [3, 1]])

    def test_step_is_the_largest_stretch_that_one_side_lacks(self):
        here, none = np.array([[20.0, 1], [60, 1]]), np.empty((0, 2))
        self.assertEqual(te.largest_step(here, np.array([[20.5, 1], [60, 1]]), 100), 0.5)
        self.assertEqual(te.largest_step(here, none, 100), 40)
        self.assertEqual(te.largest_step(none, none, 100), 0)


if __name__ == "__main__":
    unittest.main()
