#!/usr/bin/env python3
"""Fills tests/fuzz/corpus with something to begin with, and writes a dictionary of its words for each target.

    seeds.py TARGET…

Seeds come from the requests and small files below, the rule files and the first rows of the sample in geodata, and,
where BINHYEN_CASES names one, from a folder of field cases (CSV, GeoJSON, JSON, XLSX). Before each stand the digits that
choose how it is read (see src/choices.rs).
"""

import os
import re
import sys
import zipfile
from pathlib import Path
from urllib.parse import quote

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CORPUS = HERE / "corpus"
# Larger seeds make every input slow.
MOST_BYTES = 16_384
MOST_WORDS = 400

SQUARES = """{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"20335","name":"A","district_code":"502","population_2019":9},"geometry":{"type":
"Polygon","coordinates":[[[108.1,15.1],[108.2,15.1],[108.2,15.2],[108.1,15.2],[108.1,15.1]]]}},
{"type":"Feature","id":20338,"properties":{"c":"20338","n":"B"},"geometry":{"type":"MultiPolygon","coordinates":
[[[[108.2,15.1],[108.3,15.1],[108.3,15.2],[108.2,15.2],[108.2,15.1]],[[108.22,15.12],[108.22,15.18],[108.28,15.18],
[108.28,15.12],[108.22,15.12]]],[[[108.4,15.1],[108.5,15.1],[108.4,15.2],[108.4,15.1]]]]}}]}"""

INCIDENTS = [
    "id,time,lon,lat,area_code,category,severity\n"
    "A1,2024-12-31T08:15:00+07:00,108.15,15.15,,chay,3\nA2,2024-12-31 24:00,,,20335,trom_cap,\n",
    "sep=;\nid;time;lon;lat;category\n1;31/12/2024 8:15;108,15;15,15;trom_cap\n2;01/02/2024 9:15 CH;;;chay\n",
    "id\ttime\tlon\tlat\tcategory\nA\t1704067200\t108°25'30\"E\t15°12'N\tchay\n",
    'Danh sách,,,\n\nid,time,category,lon,lat\n"a""b",2024/03/01 10:00 UTC,1,108.42°Đ,15.5\n',
    '[{"id":"1","time":"2024-01-01","category":"chay","lon":108.1,"lat":15.1},{"id":2,"time":45352.34,"category":null}]',
    '{"type":"FeatureCollection","features":[{"type":"Feature","id":"x","properties":{"time":"2024-01-01","category":'
    '"chay"},"geometry":{"type":"Point","coordinates":[108.1,15.1]}}]}',
]

SHEET = (
    '%sheet1\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:E3"/>'
    '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>time</t></is></c><c r="C1" t="str">'
    '<v>lon</v></c><c r="D1" t="str"><v>lat</v></c><c r="E1" t="str"><v>category</v></c></row><row r="2"><c r="A2"><v>7'
    '</v></c><c r="B2" s="2"><v>45352.34375</v></c><c r="C2"><v>108.1</v></c><c r="D2"><f>C2-93</f><v>15.1</v></c>'
    '<c r="E2" t="s"><v>1</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="A3:B4"/></mergeCells></worksheet>'
)

# Names beyond the last cell of a sheet, and regions over one another.
FAR_CELLS = [('r="E2"', 'r="ABCDEFGHIJ2"'), ('r="2"', 'r="99999999999"'), ('ref="A3:B4"', 'ref="A1:XFD9"')]

CONFIG = """data = "d"
listen = "127.0.0.1:8080"
public_url = "https://a.example/x"
base_path = "/map"
cors_origins = ["https://a.example"]
frame_ancestors = ["*"]
cache_mb = 256
security_contact = "mailto:a@a.example"
[basemap]
tiles = "https://t.example/{z}/{x}/{y}.png"
attribution = "T"
[log]
filter = "info,binhyen=debug"
format = "json"
one_request_in = 10
[limits]
trusted_proxies = ["127.0.0.1", "::1", "10.0.0.0/8"]
[[tokens]]
role = "planner"
label = "a"
sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
"""

WORDS = [
    "2024-12-31T08:15:00+07:00", "31/12/2024 8:15", "8:15 31-12-2024", "2024-12-31 24:00", "2024/03/01 10:00 UTC",
    "01/03/2024 8:15 SA", "45352.34375", "1704067200", "1704067200000", "2020-02", "20335", "district", "planner",
    "commune", "5.1.a", "incidents", "boundaries-2025-07", "2022-12-15..2025-12-15", "2022-12-15..", "lon=kinh do",
    "category:a=chay", "EPSG:5899", "urn:ogc:def:crs:OGC:1.3:CRS84", "VN_2000_TM_3_107_45", "+proj=utm +zone=49 +datum=WGS84",
    'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],UNIT["Degree",0.0174532925]]',
    '{"type":"GeographicCRS","name":"VN-2000","datum":{"name":"Vietnam 2000"},"id":{"authority":"EPSG","code":4756}}',
]  # fmt: skip

NEIGHBOURS = [
    "1000id,n,m,e\na,1,2,10\nb,0,1,20\nc,3,0,0\n\n%\n0 3 areas id\na 1\nb\nb 2\na c\nc 1\nb\n",
    "1120id,n,m,e\na,1,2,10\nb,0,1,20\nc,3,0,0\n\n%\n0 3 areas id\na b 1200.5\nb a 1200.5\nc b 0.5\n",
    '1220id,n,m,e\na,1,2,10\nb,0,1,20\n\n%\n{"a":["b"],"b":["a"]}',
    '1212id,n,m,e\na,1.5,2,10\nb,0,1,20\n\n%\n{"neighbors":{"a":["b"],"b":["a"]},"weights":{}}',
]

FILTERS = [
    "", "window=TK-2022", "window=3N-2025&level=commune&edition=2025-01", "from=2022-01-01&to=2023-01-01&min_severity=2",
    "categories=trom_cap,chay&scheme=default&edition=2025-07", "lang=en&f=csv", "f=xlsx&window=TK-2022", "lang=vi&f=json",
]  # fmt: skip

ROUTES = [
    "/", "/embed", "/docs", "/methods", "/share/bGFuZz1lbg", "/oembed?url=https%3A%2F%2Fa.example%2F&maxwidth=400",
    "/tiles", "/tiles/map", "/tiles/communes/9/409/233", "/styles", "/styles/light", "/areas", "/areas/2025-01/20335",
    "/areas/2025-01/20335/explanation", "/gazetteer", "/ratings", "/clusters?shape=ellipse", "/certifications",
    "/disagreements", "/comparison?areas=20335,20338", "/comparison?areas=20335&with=district",
    "/comparison?periods=TK-2022,TK-2023", "/series?by=month", "/series?areas=20335&by=quarter",
    "/export/png?width=200&height=200", "/export/svg?layer=rate&theme=dark&legend=none", "/models", "/models/kinds",
    "/models/mohinh-01", "/models/mohinh-01/effect", "/incidents?bbox=107,15,109,16&limit=5", "/incidents?cursor=1", "/api",
    "/meta", "/version", "/healthz", "/readyz", "/metrics", "/.well-known/security.txt", "/problems/unknown-parameter",
    "/areas?geometry=full&level=district", "/areas?bbox=1,2,3,4", "http://a.example/meta", "*", "/%2e%2e/etc", "//x",
]  # fmt: skip

HEADERS = [
    "if-none-match: *",
    'if-none-match: W/"a", "b"\nif-modified-since: Tue, 15 Nov 1994 12:45:26 GMT',
    "accept: text/csv;q=0.5, application/json\naccept-encoding: br, gzip;q=0\naccept-language: en-GB,vi;q=0.9",
    "host: localhost:8080\nhost: a.example\norigin: https://a.example",
    "x-request-id: abc\nx-forwarded-for: 1.2.3.4\nauthorization: Bearer abc\nrange: bytes=0-9",
]

TILE_LINES = [
    "\n\n",
    "\nwindow=TK-2022&properties=incidents,rate&epoch=7\n*\n\n\nlocalhost:8080",
    '\nedition=2025-01&revision=1\n"a", W/"b"\nTue, 15 Nov 1994 12:45:26 GMT\n*/*;q=0.1\na.example\ngzip, br;q=0',
    "/9/409/233\nfrom=2022-01-01&to=2023-01-01&categories=trom_cap\n\n\n\n\n\nen",
]

RULE_KINDS = [
    ("1", ["geodata/taxonomy.toml"]),
    ("2", ["geodata/rules.toml"]),
    ("3", ["geodata/peers.toml"]),
    ("4", ["geodata/editions.toml"]),
    ("5", ["geodata/schemes/default.toml", "geodata/schemes/cung_dia_ban.toml"]),
    ("6", ["geodata/circulars/023-2012.toml"]),
]
UNIT_FILES = ["models", "model-events", "decisions", "declarations", "population", "", "certifications", "institutions",
              "residential_areas", "movement_grades"]  # fmt: skip
UNIT_ROWS = [
    "300000unit_id,unit_kind,area_code,window,criterion,met\n20335,commune,20335,ANTT-2024-xa,5.1.a,yes\n",
    "500000area_code,edition,year,measure,quantity\n20335,2020-02,2022,visitors,12.5\n20338,2020-02,2022,road_km,3\n",
    "000000id,kind,lon,lat,origin,parent_id,started_on\nA,camera,108.1,15.1,new,,2021-01-01\n"
    "B,camera,108.1,15.2,replicated,A,2022-01-01\nC,camera,108.1,15.2,replicated,C,2022-01-01\n",
    '000000[{"id":"A","kind":"camera","lon":108.1,"lat":15.1,"origin":"new","started_on":"2021-01-01"}]',
    "400000area_code;year;population\n20335;2019;1.234\n20338;2020;5.678\n",
]
# A ring, a ring with a hole, a hole that touches, two areas side by side, a crossing ring, a vertex aside.
RINGS = ["000", b"\x00\x05\x55\x50\x00"], ["001", b"\x00\x0a\xaa\xa0\x00\xff\x22\x52\x55\x25\x22"], [
    "010", b"\x00\x05\x55\x50\x00\xfd\x05\x0a\x5a\x55\x05"], ["100", b"\x00\x55\x05\x50\x00"], [
    "200", b"\x00\x05\xfc\x55\x50\x00\xff\x00\x22\x20\x00"], ["300", b"\x00\x05\x55\x50\x00\xfe\x55\x5a\xaa\xa5\x55"], [
    "401", b"\x00\x04\x44\x40\x00\xfd\x04\x08\x48\x44\x04\xfd\x40\x44\x84\x80\x40"]  # fmt: skip


# Filters of features, in both forms of CQL2.
CQL2 = [
    "name LIKE 'Ph%' AND NOT (rate BETWEEN 1.5 AND -2e3 OR grade IN ('A','D''x'))",
    "CASEI(name) = casei('tam kỳ') AND population IS NOT NULL",
    "S_INTERSECTS(geometry, POLYGON((108 15, 109 15, 109 16, 108 15)))",
    "S_WITHIN(geometry,BBOX(107.5,14.9,108.8,16.1)) OR S_DISJOINT(geometry, POINT(108.2 15.2))",
    "T_DURING(time, INTERVAL('2024-01-01','..')) AND T_AFTER(time,TIMESTAMP('2024-01-01T00:00:00Z'))",
    '{"op":"and","args":[{"op":"=","args":[{"property":"code"},"20335"]},{"op":"not","args":[{"op":"isNull","args":'
    '[{"property":"rate"}]}]}]}',
    '{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Point","coordinates":[108.2,15.2]}]}',
    '{"op":"between","args":[{"property":"rate"},0,{"op":"+","args":[1,2]}]}',
]
COLLECTIONS = ("communes-2025-01", "incidents", "gazetteer")

# Bodies of messages: our own, of Zalo, of Facebook. The present moment of the targets is that of src/world.rs.
HOOK_NOW_S = 1_782_838_799
ZALO_EVENT = (
    f'"timestamp":"{HOOK_NOW_S}000","sender":{{"id":"2468"}},"recipient":{{"id":"3886"}},'
    '"app_id":"1234567890","user_id_by_app":"5521"'
)
PLACE_SHARED = '"attachments":[{"type":"location","payload":{"coordinates":{"latitude":"15.55","longitude":"108.05"}}}]'
HOOK_BODIES = [
    '0{"id":"a-1","sender":"s","category":"trom_cap","time":"2026-06-30T08:00:00+07:00","text":"Mất xe","lon":108.05,'
    '"lat":15.55}',
    '0{"id":"a-2","text":"Cháy","edition":"2025-07","area_code":"20335"}',
    '0{"id":"","text":5}',
    f'1{{"event_name":"user_send_text","message":{{"msg_id":"m1","text":"Mất xe"}},{ZALO_EVENT}}}',
    f'1{{"event_name":"user_send_location","message":{{"msg_id":"m2",{PLACE_SHARED}}},{ZALO_EVENT}}}',
    f'1{{"event_name":"follow",{ZALO_EVENT}}}',
    '2{"object":"page","entry":[{"id":"1","time":1,"messaging":[{"sender":{"id":"9"},"recipient":{"id":"1"},'
    f'"timestamp":{HOOK_NOW_S}000,"message":{{"mid":"m","text":"Mất xe"}}}},{{"sender":{{"id":"9"}},"timestamp":'
    f'{HOOK_NOW_S}000,"message":{{"mid":"n","attachments":[{{"type":"location","payload":{{"coordinates":{{"lat":15.55,'
    '"long":108.05}}}]}}]}]}',
    '2{"object":"page","entry":[{"messaging":[{"message":{"mid":"e","is_echo":true,"text":"x"}}]}]}',
]


def first_rows(name, rows=6):
    lines = (ROOT / f"geodata/sample/{name}.csv").read_text().splitlines()[:rows]
    return "\n".join(lines).replace("2025-01", "2020-02") + "\n"


def own_seeds():
    """Seeds by target."""
    incidents = INCIDENTS + [first_rows("incidents"), first_rows("late-reports")]
    encoded = [("4", "utf-16-le"), ("5", "utf-16-be"), ("1", "cp1258"), ("2", "latin-1"), ("3", "latin-1")]
    tables = [b"00000000" + text.encode() for text in incidents]
    tables += [
        f"{digit}0000000".encode() + text.encode(codec, "replace") for digit, codec in encoded for text in INCIDENTS
    ]
    units = [text.encode() for text in UNIT_ROWS]
    units += [f"{digit}00000{first_rows(name)}".encode() for digit, name in enumerate(UNIT_FILES) if name]
    routes = [f"{asker}0{route}" for asker in "012" for route in ROUTES]
    filtered = (
        "/ratings",
        "/areas",
        "/clusters",
        "/series",
        "/tiles/map",
        "/certifications",
        "/models/kinds",
        "/export/svg",
    )
    routes += [f"10{route}?{query}" for route in filtered for query in FILTERS if query]
    routes += [
        f"{asker}0/collections/{name}/items?limit=3&filter-lang=cql2-{'json' if text[0] == '{' else 'text'}&filter={quote(text)}"
        for asker in "02"
        for name in COLLECTIONS
        for text in CQL2
    ]
    routes += [f"00/ratings\n{headers}" for headers in HEADERS] + [f"30/meta\n{HEADERS[3]}", "04/meta", "24/areas"]
    tiles = [
        f"{asker}{which}{zoom}00{lines}"
        for asker in "012"
        for which in "0346"
        for zoom in "037"
        for lines in TILE_LINES
    ]
    rules = [kind.encode() + (ROOT / path).read_bytes() for kind, paths in RULE_KINDS for path in paths]
    formats = [path.read_bytes() for path in sorted((ROOT / "tests/fixtures/formats").iterdir()) if path.suffix != ".py"]
    return {
        "boundary_files": [
            digits.encode() + SQUARES.encode() for digits in ("00000", "00100", "00002", "01101", "00010")
        ]
        + [b"00010" + content for content in formats]
        + ["00000code,name,district_code\n20335,A,502\n20338,B,502\n".encode()],
        "boundary_rings": [digits.encode() + ring for digits, ring in RINGS],
        "incident_tables": tables + [b"00000000" + content for content in formats],
        "unit_tables": units,
        "workbooks": [f"{digits}{SHEET}".encode() for digits in ("000000", "100000", "010000", "002000")]
        + [f"000000{SHEET.replace(there, here)}".encode() for there, here in FAR_CELLS],
        "rule_files": rules + [b"0" + CONFIG.encode(), b"0" + (ROOT / "deploy/binhyen.toml").read_bytes()],
        "short_texts": [f"0{zone}{order}{word}".encode() for word in WORDS for zone in "01" for order in "01"]
        + [text.encode() for text in NEIGHBOURS],
        "queries": [route.encode() for route in routes],
        "tiles": [tile.encode() for tile in tiles],
        "hook_bodies": [body.encode() for body in HOOK_BODIES],
    }


def unpacked(book):
    """The parts of a workbook behind lines that name them; none where it is no archive."""
    names = {"xl/worksheets/sheet1.xml": "sheet1", "xl/sharedStrings.xml": "strings", "xl/styles.xml": "styles",
             "xl/workbook.xml": "workbook"}  # fmt: skip
    try:
        with zipfile.ZipFile(book) as archive:
            parts = [
                b"%" + names[name].encode() + b"\n" + archive.read(name) for name in archive.namelist() if name in names
            ]
    except (zipfile.BadZipFile, RuntimeError):
        return b""
    return b"".join(parts)


def cases(folder):
    """Seeds from field cases, by target."""
    seeds = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            continue
        content, ending = path.read_bytes(), path.suffix.lower()
        if ending == ".csv":
            seeds.setdefault("incident_tables", []).append(b"00000000" + content)
        if ending in (".geojson", ".json"):
            seeds.setdefault("boundary_files", []).extend([b"00000" + content, b"00100" + content])
            seeds.setdefault("incident_tables", []).append(b"00000000" + content)
            areas = content.replace(b'"cases"', b'"n"').replace(b'"pop"', b'"e"')
            seeds.setdefault("short_texts", []).extend([b"130" + areas, b"141" + areas])
        if ending in (".xlsx", ".ods", ".zip", ".kmz"):
            seeds.setdefault("workbooks", []).extend([b"000000" + content, b"000000" + unpacked(path)])
    return seeds


def dictionary(seeds):
    """The words of some seeds as a dictionary of libFuzzer."""
    words = {}
    for seed in seeds:
        for word in re.findall(rb"[A-Za-z_@][A-Za-z0-9_.:/-]{1,30}", seed):
            words[word] = words.get(word, 0) + 1
    most = sorted(words, key=lambda word: (-words[word], word))[:MOST_WORDS]
    return "".join(f'"{word.decode()}"\n' for word in most)


def main():
    own = own_seeds()
    named = os.environ.get("BINHYEN_CASES")
    brought = cases(Path(named)) if named and Path(named).is_dir() else {}
    for target in sys.argv[1:] or own:
        seeds = own[target] + brought.get(target, [])
        folder = CORPUS / target
        folder.mkdir(parents=True, exist_ok=True)
        for number, seed in enumerate(seeds):
            if len(seed) <= MOST_BYTES:
                (folder / f"seed-{number:03}").write_bytes(seed)
        (CORPUS / f"{target}.dict").write_text(dictionary(seeds))


if __name__ == "__main__":
    main()
