"""The coverage checker itself, on squares laid wrong on purpose."""

import os
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("BINHYEN_URL", "http://127.0.0.1:1")

import coverage_check as cc  # noqa: E402
import numpy as np  # noqa: E402
import shapely  # noqa: E402

PROVINCE = shapely.box(0, 0, 100, 100)
WEST, EAST = shapely.box(0, 0, 50, 100), shapely.box(50, 0, 100, 100)


def found_in(areas, province=PROVINCE):
    found = cc.Findings()
    cc.check_tile(areas, province, 100, "tile", found)
    return dict(found.count)


def seams(here, there):
    found = cc.Findings()
    cc.check_seams({(0, 0): {"1": here}, (1, 0): {"1": there}}, 100, 9, "level", found)
    return found.count["seam"]


class CoverageCheck(unittest.TestCase):
    def test_exact_neighbours_have_no_fault(self):
        self.assertEqual(found_in({"1": WEST, "2": EAST}), {})

    def test_overlap_is_counted_once_for_the_pair(self):
        self.assertEqual(found_in({"1": WEST, "2": shapely.box(49, 0, 100, 100)}), {"overlap": 1})

    def test_gap_between_neighbours_is_counted(self):
        self.assertEqual(found_in({"1": WEST, "2": shapely.box(51, 0, 100, 100)}), {"gap": 1})

    def test_sliver_of_a_fraction_of_a_unit_is_counted(self):
        bent = shapely.Polygon([(50, 0), (50, 50), (50.01, 51), (50, 100), (100, 100), (100, 0)])
        self.assertEqual(found_in({"1": WEST, "2": bent}), {"gap": 1})

    def test_area_beyond_the_province_is_counted(self):
        self.assertEqual(found_in({"1": WEST, "2": EAST}, shapely.box(0, 0, 90, 100)), {"outside": 1})

    def test_lake_of_the_province_is_no_gap(self):
        lake = shapely.box(10, 10, 20, 20)
        self.assertEqual(found_in({"1": WEST - lake, "2": EAST}, PROVINCE - lake), {})

    def test_area_that_goes_on_in_the_next_tile_has_no_seam(self):
        self.assertEqual(seams(shapely.box(50, 20, 100, 60), shapely.box(0, 20, 30, 60)), 0)

    def test_rounding_of_one_unit_at_the_edge_is_allowed(self):
        self.assertEqual(seams(shapely.box(50, 20, 100, 60), shapely.box(0, 21, 30, 60)), 0)

    def test_area_that_jumps_or_ends_at_the_edge_is_a_seam(self):
        self.assertEqual(seams(shapely.box(50, 20, 100, 60), shapely.box(0, 25, 30, 65)), 1)
        self.assertEqual(seams(shapely.box(50, 20, 100, 60), shapely.box(5, 20, 30, 60)), 1)

    def test_crossed_ring_is_counted_and_mended(self):
        found = cc.Findings()
        bowtie = shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
        mended = cc.valid({"1": bowtie}, "tile", found)
        self.assertEqual(found.count["invalid"], 1)
        self.assertTrue(mended["1"].is_valid)

    def test_empty_tile_has_no_areas(self):
        self.assertEqual(cc.decoded_areas(b"", "communes"), ({}, None))

    def test_stretch_of_a_diagonal_border_is_measured_along_the_edge(self):
        triangle = shapely.Polygon([(50, 0), (150, 100), (50, 100)])
        met = cc.stretches({"1": triangle}, shapely.LineString(np.array([(100, 0), (100, 100)])))
        self.assertAlmostEqual(met["1"].length, 50)


if __name__ == "__main__":
    unittest.main()
