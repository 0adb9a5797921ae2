#!/usr/bin/env python3
"""Points located in communes and counted by commune, category and month, by one engine; runs in the peers' environment.

    bulk_peers.py sedonadb|duckdb|geopandas FOLDER POINTS

Prints the seconds from the files on disk to the counts in memory, the number of cells, and the sum of the counts. Each
engine first yields when its library is loaded, which is not timed, then what it counted.
"""

import sys
import time
from pathlib import Path

THREADS = 2


def sedonadb(communes, incidents):
    import sedonadb

    yield
    engine = sedonadb.connect()
    engine.read_parquet(str(communes)).to_view("communes")
    engine.read_parquet(str(incidents)).to_view("incidents")
    counted = engine.sql(
        """select c.code, i.category, date_trunc('month', i.ts) as month, count(*) as n
        from incidents i join communes c on st_intersects(c.geometry, st_setsrid(st_point(i.lon, i.lat), 4326))
        group by 1, 2, 3"""
    ).to_pandas()
    yield len(counted), int(counted["n"].sum())


def duckdb(communes, incidents):
    import duckdb
    import duckdb_extension_spatial

    yield
    engine = duckdb.connect(config={"threads": THREADS, "allow_unsigned_extensions": "true"})
    packaged = Path(duckdb_extension_spatial.__file__).parent
    extension = next(packaged.rglob("spatial.duckdb_extension*"))
    engine.execute(f"load '{extension}'")
    counted = engine.execute(
        f"""select c.code, i.category, date_trunc('month', i.ts) as month, count(*) as n
        from read_parquet('{incidents}') i join read_parquet('{communes}') c
        on st_intersects(c.geometry, st_point(i.lon, i.lat)) group by 1, 2, 3"""
    ).fetchall()
    yield len(counted), sum(row[3] for row in counted)


def geopandas(communes, incidents):
    import geopandas as gpd
    import pandas as pd

    yield
    table = pd.read_parquet(incidents)
    points = gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(table["lon"], table["lat"]), crs=4326)
    joined = points.sjoin(gpd.read_parquet(communes)[["code", "geometry"]], predicate="intersects")
    month = joined["ts"].dt.to_period("M")
    counted = joined.groupby(["code", "category", month]).size()
    yield len(counted), int(counted.sum())


def main():
    engine, folder, points = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    engines = {"sedonadb": sedonadb, "duckdb": duckdb, "geopandas": geopandas}
    steps = engines[engine](folder / "communes.parquet", folder / f"incidents_{points}.parquet")
    next(steps)
    started = time.monotonic()
    cells, counted = next(steps)
    print(f"seconds={time.monotonic() - started:.3f} cells={cells} counted={counted}")


if __name__ == "__main__":
    main()
