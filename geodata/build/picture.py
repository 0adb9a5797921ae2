"""Draws the committed sample as a picture: both editions, incidents, models. Usage: picture.py FILE.png"""

import csv
import json
import sys

import matplotlib as mpl
import shapely
from registry import BUILD, KM_LAT, KM_LON
from shapely.geometry import shape

mpl.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402  (the drawing backend comes first)

SAMPLE = BUILD.parent / "sample"


def draw_units(axes, edition, key, labels):
    features = json.loads((SAMPLE / edition / "communes.geojson").read_text("utf-8"))["features"]
    groups = sorted({f["properties"][key] for f in features})
    colours = mpl.colormaps["tab20"]
    for f in features:
        geometry = shape(f["geometry"])
        colour = colours(groups.index(f["properties"][key]) * 7 % 20)
        for part in shapely.get_parts(geometry):
            axes.fill(*part.exterior.xy, facecolor=(*colour[:3], 0.55), edgecolor="#444", linewidth=0.4)
        if labels:
            at = geometry.representative_point()
            axes.text(at.x, at.y, f["properties"]["name"].split(" ", 1)[1], fontsize=5.5, ha="center")


def draw_points(axes, name, colour):
    with (SAMPLE / f"{name}.csv").open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["lon"]]
    axes.plot([float(r["lon"]) for r in rows], [float(r["lat"]) for r in rows], ".", color=colour, markersize=1.6)


def main():
    figure, axes = plt.subplots(2, 2, figsize=(22, 19))
    draw_units(axes[0, 0], "2025-01", "parent", labels=False)
    draw_units(axes[0, 1], "2025-07", "code", labels=True)
    draw_units(axes[1, 0], "2025-01", "parent", labels=False)
    draw_points(axes[1, 0], "incidents", "#7a0010")
    draw_units(axes[1, 1], "2025-01", "parent", labels=False)
    draw_points(axes[1, 1], "models", "#003a7a")
    for a, title in zip(axes.flat, ("2025-01, by district", "2025-07", "incidents", "models"), strict=True):
        a.set(title=title, xlim=(107.1, 108.85), ylim=(14.9, 16.15), aspect=KM_LAT / KM_LON)
    figure.tight_layout()
    figure.savefig(sys.argv[1], dpi=70)


if __name__ == "__main__":
    main()
