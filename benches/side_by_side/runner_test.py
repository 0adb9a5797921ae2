"""The runner itself: filters that never come twice, figures read from logs, verdicts."""

import math
import shutil
import subprocess
import tempfile
import threading
import unittest
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import binhyen
import bulk
import live_rows
import load
import postgres
import report
import tile_bytes
import workload

HERE = Path(__file__).parent


def case(**changes):
    given = {"days": "months", "categories": ("a", "b", "c")}
    return load.Case("/t/", "?from=", "&to=", "&categories=", **{**given, **changes})


class Listener:
    """A server that keeps what it was asked. Use it in a `with`."""

    name, filters_asked = "listener", 0

    def __enter__(self):
        paths = self.paths = []

        class Answer(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1

            def do_GET(self):
                paths.append(self.path)
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.send_header("Content-Encoding", "gzip")
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        # wrk ends by hanging up.
        self.server.handle_error = lambda *_: None
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def asked_by_wrk(one, tiles, first=0):
    """The addresses that wrk asks for within a second, in order."""
    with Listener() as listener, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case"
        load.write_case(one, tiles, path)
        command = ["wrk", "-t1", "-c1", "-d1s", "-s", HERE / "filters.lua", listener.base, "--", path, first]
        said = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True).stdout
    return listener.paths, said


class Filters(unittest.TestCase):
    def test_step_meets_every_place_once(self):
        for count in (1, 2, 12, 97, 1830 * 7):
            step = load.coprime_step(count)
            self.assertEqual(math.gcd(step, count), 1)
            self.assertEqual(len({number * step % count for number in range(count)}), count)

    def test_periods_are_distinct_and_not_empty(self):
        for days, at_most in ((workload.month_starts(), 10_000), (workload.every_day(), 5_000)):
            pairs = workload.periods(days, at_most)
            self.assertEqual(len(pairs), len(set(pairs)))
            self.assertTrue(all(0 <= first < last < len(days) for first, last in pairs))

    def test_months_end_with_the_last_day(self):
        self.assertEqual(workload.month_starts()[0], date(2020, 1, 1))
        self.assertEqual(workload.month_starts()[-1], date(2025, 1, 1))
        self.assertEqual(len(workload.month_starts()), 61)

    @unittest.skipUnless(shutil.which("wrk"), "wrk is not installed")
    def test_wrk_never_asks_for_a_filter_twice(self):
        paths, said = asked_by_wrk(case(categories=tuple("abcdefghijkl")), ["1/0/0", "1/1/0"])
        filters = [urlsplit(path).query for path in paths]
        self.assertGreater(len(filters), 50)
        self.assertEqual(len(filters), len(set(filters)))
        self.assertIn("refused=0 broken=0", said)

    @unittest.skipUnless(shutil.which("wrk"), "wrk is not installed")
    def test_wrk_asks_for_as_many_tiles_of_a_filter_as_told(self):
        paths, _ = asked_by_wrk(case(per_filter=4), [f"3/{x}/0" for x in range(8)], first=40)
        tiles_of = {}
        for path in paths[: len(paths) // 4 * 4][4:40]:
            tiles_of.setdefault(urlsplit(path).query, []).append(urlsplit(path).path)
        whole = list(tiles_of.values())[1:-1]
        self.assertTrue(whole and all(len(tiles) == len(set(tiles)) == 4 for tiles in whole))

    @unittest.skipUnless(shutil.which("wrk"), "wrk is not installed")
    def test_later_case_has_no_filter_of_the_one_before(self):
        effort = SimpleNamespace(runs=1, seconds=1, warm_up_s=1)
        asked = []
        with Listener() as listener, tempfile.TemporaryDirectory() as folder:
            for per_filter in (1, 4):
                one = case(days="days", per_filter=per_filter)
                load.measured(listener, one, ["1/0/0"], effort, HERE / "filters.lua", Path(folder), lambda: 0.0)
                asked.append({urlsplit(path).query for path in listener.paths})
                listener.paths.clear()
        # What is asked before the timing has a period of its own, the same in both.
        self.assertEqual(len(asked[0] & asked[1]), 1)
        self.assertTrue(all(len(filters) > 20 for filters in asked))

    @unittest.skipUnless(shutil.which("wrk"), "wrk is not installed")
    def test_filters_of_wrk_are_periods_and_categories(self):
        paths, _ = asked_by_wrk(case(), ["0/0/0"])
        for path in paths[:40]:
            asked = parse_qs(urlsplit(path).query)
            self.assertLess(date.fromisoformat(asked["from"][0]), date.fromisoformat(asked["to"][0]))
            self.assertLessEqual(set(asked["categories"][0].split(",")), {"a", "b", "c"})


class Figures(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.log = Path(folder.name) / "log"

    def test_stages_of_a_load_are_read_with_their_seconds(self):
        self.log.write_text("incidents_1000000 GiST index                     5.93 s\n  heap 90 MB\n")
        self.assertEqual(postgres.stage_seconds(self.log), {"GiST index": 5.93})

    def test_cubes_are_summed_in_either_form_of_the_log(self):
        self.log.write_text('INFO ready cube.form=dense cube.bytes=100\n{"cube.bytes":23}\n')
        self.assertEqual(binhyen.cube_bytes(self.log), 123)

    def test_lines_of_the_bulk_bench_are_kept_by_stage(self):
        said = "x\nbulk.locate order=stored seconds=0.4\nbulk.locate order=random seconds=0.6\nbulk.count counted=7\n"
        found = bulk.stages(said)
        self.assertEqual([line["order"] for line in found["locate"]], ["stored", "random"])
        self.assertEqual(found["count"], [{"counted": "7"}])

    def test_writes_of_the_peer_are_the_median_of_its_seconds(self):
        writer = live_rows.Writer.__new__(live_rows.Writer)
        writer.said = "progress: 1.0 s, 480.0 tps, lat 1.2 ms\nprogress: 2.0 s, 501.5 tps, lat 1 ms\nprogress: 3 s, 10 tps\n"
        self.assertEqual(writer.per_s(), 480.0)
        writer.said = "nothing"
        self.assertEqual(writer.per_s(), 0.0)

    def test_refused_writes_fail_a_row(self):
        live_rows.check({"refused": 0})
        with self.assertRaisesRegex(RuntimeError, "3 writes"):
            live_rows.check({"refused": 3})

    def test_log_without_a_cube_gives_none(self):
        self.log.write_text("ready\n")
        self.assertIsNone(binhyen.cube_bytes(self.log))

    def test_tiles_within_a_tiny_box_are_one(self):
        self.assertEqual(tile_bytes.tiles_within([108.0, 15.5, 108.001, 15.501], 9), ["9/409/233"])

    def test_medians_are_taken_figure_by_figure(self):
        runs = [
            {"requests": count, "bytes": 10 * count, "microseconds": 1_000_000, "p50_us": 1000, "p99_us": slow}
            for count, slow in ((100, 9000), (300, 3000), (200, 5000))
        ]
        found = load.summary(runs, 1.0)
        self.assertEqual((found.per_s, found.p99_ms, found.bytes), (200, 5.0, 10))

    def test_row_that_fails_is_kept_and_fails_the_whole(self):
        with tempfile.TemporaryDirectory() as folder:
            kept = report.Report(Path(folder), ["1"])
            with kept.row("a", "b") as row:
                row.ours = "1/s"
                raise RuntimeError("refused")
            self.assertEqual((kept.rows[0].ours, kept.rows[0].verdict, kept.failed), ("1/s", "FAILED: refused", True))
            self.assertIn("FAILED: refused", (Path(folder) / "report.md").read_text())


if __name__ == "__main__":
    unittest.main()
