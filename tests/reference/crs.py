"""Coordinates of points over the province, computed by cs2cs of PROJ: tests/fixtures/reference/crs.csv.

Every point is taken from degrees of WGS 84 to VN-2000 / TM-3 107-45 (EPSG:5899) and to one other system of the table in
turn, and the rounded coordinates of the first back to degrees. A tenth of the points lies around Hoang Sa. VN-2000 is
given by the seven parameters of EPSG:6960 in the position vector convention. Needs cs2cs (Debian: proj-bin) and nothing
else; the first line of the file names the version.
"""

import pathlib
import random
import subprocess

SHIFT = "+towgs84=-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278"
WGS84 = "+proj=longlat +datum=WGS84 +no_defs +type=crs"
TM3 = {5896: 102, 5897: 105, 5898: 108, 5899: 107.75, 9205: 103, 9206: 104, 9207: 104.5, 9208: 104.75, 9209: 105.5,
       9210: 105.75, 9211: 106, 9212: 106.25, 9213: 106.5, 9214: 107, 9215: 107.25, 9216: 107.5, 9217: 108.25, 9218: 108.5}


def transverse(meridian, scale, datum):
    return (f"+proj=tmerc +lat_0=0 +lon_0={meridian} +k={scale} +x_0=500000 +y_0=0 {datum} +units=m +no_defs +type=crs")


VN2000 = f"+ellps=WGS84 {SHIFT}"
SYSTEMS = {code: transverse(meridian, 0.9999, VN2000) for code, meridian in TM3.items()}
SYSTEMS |= {3405: transverse(105, 0.9996, VN2000), 3406: transverse(111, 0.9996, VN2000),
            4756: f"+proj=longlat {VN2000} +no_defs +type=crs",
            32648: transverse(105, 0.9996, "+datum=WGS84"), 32649: transverse(111, 0.9996, "+datum=WGS84"),
            3857: "+proj=webmerc +datum=WGS84 +units=m +no_defs +type=crs"}


def cs2cs(source, target, points, decimals):
    text = "\n".join(f"{x} {y}" for x, y in points)
    done = subprocess.run(["cs2cs", "-f", f"%.{decimals}f", source, "+to", target], input=text, capture_output=True,
                          text=True, check=True)
    return [tuple(line.split()[:2]) for line in done.stdout.splitlines()]


def main():
    version = subprocess.run(["cs2cs"], capture_output=True, text=True).stderr.splitlines()[0]
    draw = random.Random(17)
    points = []
    for number in range(1000):
        (west, east), (south, north) = ((111, 113), (15.5, 17.2)) if number % 10 == 9 else ((107.2, 108.8), (14.9, 16.3))
        points.append((f"{draw.uniform(west, east):.8f}", f"{draw.uniform(south, north):.8f}"))
    own = cs2cs(WGS84, SYSTEMS[5899], points, 5)
    back = cs2cs(SYSTEMS[5899], WGS84, own, 10)
    codes = sorted(SYSTEMS)
    others = [None] * len(points)
    for place, code in enumerate(codes):
        numbers = range(place, len(points), len(codes))
        decimals = 10 if code == 4756 else 5
        for number, at in zip(numbers, cs2cs(WGS84, SYSTEMS[code], [points[number] for number in numbers], decimals)):
            others[number] = (code, *at)
    lines = [f"# cs2cs, PROJ {version}; tests/reference/crs.py", "lon,lat,x_5899,y_5899,lon_back,lat_back,code,x,y"]
    lines += [",".join(map(str, (*point, *xy, *degrees, *other))) for point, xy, degrees, other in
              zip(points, own, back, others)]
    target = pathlib.Path(__file__).parents[1] / "fixtures" / "reference" / "crs.csv"
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
