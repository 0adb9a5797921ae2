#!/usr/bin/env python3
"""Reads the collections of OGC API with GDAL and OWSLib, as QGIS and portals do.

Checked: that GDAL lists the collections, counts them, gives fields their types, sends a condition on an attribute to the
server, and turns all pages; that OWSLib reads landing page, conformance, collections, queryables and a filtered page.
"""

import os
import re
import sys

from owslib.ogcapi.features import Features

from ogrinfo import count_of, expect, ogrinfo, problems
from server import BASE, read_json

FEATURES = f"OAPIF:{BASE}"


def check_gdal(collection):
    listed = ogrinfo(FEATURES)
    expect(collection in listed, f"GDAL does not list {collection}: {listed}")
    page = read_json(f"/collections/{collection}/items?limit=1")
    summary = ogrinfo("-so", FEATURES, collection)
    expect(count_of(summary) == page["numberMatched"], f"{collection}: {count_of(summary)} of {page['numberMatched']}")
    for field, kind in {"code": "String", "incidents": "Integer", "rate": "Real"}.items():
        expect(re.search(rf"^{field}: {kind}", summary, re.M), f"{collection}: {field} is no {kind}")
    code = page["features"][0]["id"]
    found = ogrinfo("-so", FEATURES, collection, "-where", f"code = '{code}'")
    expect(count_of(found) == 1, f"{collection}: {count_of(found)} with the code {code}")


def check_all_incidents(token):
    address = "/collections/incidents/items?limit=1"
    matched = read_json(address, token)["numberMatched"]
    summary = ogrinfo("-oo", "PAGE_SIZE=1000", FEATURES, "-sql", "SELECT id FROM incidents", token=token)
    got = summary.count("OGRFeature(")
    expect(got == matched > 1000, f"GDAL got {got} incidents of {matched}")


def check_owslib(collection):
    service = Features(BASE, headers={"Accept": "application/json"})
    expect(collection in service.feature_collections(), f"OWSLib finds {service.feature_collections()}")
    expect(len(service.conformance()["conformsTo"]) > 10, "OWSLib finds no classes")
    expect("rate" in service.collection_queryables(collection)["properties"], "OWSLib finds no queryables")
    code = service.collection_items(collection, limit=1)["features"][0]["id"]
    page = service.collection_items(collection, filter=f"code = '{code}'")
    expect(page["numberMatched"] == 1, f"OWSLib gets {page['numberMatched']} with the code {code}")
    expect(service.collection_item(collection, code)["id"] == code, "OWSLib reads another feature")


def main():
    edition = read_json("/meta")["default_edition"]
    collection = f"communes-{edition}"
    check_gdal(collection)
    check_owslib(collection)
    token = os.environ.get("BINHYEN_COMMANDER_TOKEN")
    if token:
        check_all_incidents(token)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
