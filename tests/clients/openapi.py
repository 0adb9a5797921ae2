#!/usr/bin/env python3
"""Holds the running server to its own OpenAPI document.

openapi-spec-validator reads the document of `/api`; schemathesis then asks every operation, as the public and as a
commander, for what the document allows and for what it does not. No answer may be a fault of the server, and each must
have a status, a media type and a schema that the document names for it.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from openapi_spec_validator import validate
from server import BASE, read_json

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
LEAST_CASES = 2_000
# What a role asks of each operation in the last phase (BINHYEN_CASES); the examples and the bounds of parameters come on
# top.
DEFAULT_CASES = 8
CASES_PER_OPERATION = int(os.environ.get("BINHYEN_CASES", DEFAULT_CASES))
SEED = 20_251_128
WITHIN_S = 900 * max(1, CASES_PER_OPERATION // DEFAULT_CASES)
ROLES = {"public": None, "commander": os.environ.get("BINHYEN_COMMANDER_TOKEN")}


def known_values(document):
    """The document with what this server holds beside the patterns, so that requests also hit something."""
    meta = read_json("meta")
    gazetteer = read_json("gazetteer")
    editions = [edition["id"] for edition in meta["editions"]]
    newest = [area for area in gazetteer["areas"] if area["edition"] == meta["default_edition"]]
    codes = [area["code"] for area in newest if area["level"] != "commune"]
    codes += [area["code"] for area in newest if area["level"] == "commune"][:4]
    windows = [window["id"] for window in meta["windows"]]
    models = [feature["properties"]["id"] for feature in read_json("models", ROLES["commander"])["features"][:4]]
    held = {
        "edition": editions,
        "editionOfArea": editions,
        "window": windows,
        "code": codes,
        "area": codes,
        "areas": codes,
        "periods": windows[:2],
        "modelId": models,
        "scheme": [scheme["id"] for scheme in meta["schemes"]],
        "categories": [category["id"] for category in meta["categories"]],
        "properties": ["incidents", "rate", "grade"],
        "url": [f"{BASE}/", f"{BASE}/embed"],
    }
    # A stream of events has no end to wait for; tests of the router and of the real binary read it.
    del document["paths"]["/events"]
    for key, values in held.items():
        parameter = document["components"]["parameters"][key]
        owner, member = (parameter["schema"], "items") if "items" in parameter["schema"] else (parameter, "schema")
        owner[member] = {"anyOf": [{"type": "string", "enum": values}, owner[member]]}
    return document


def asked(role, token, schema, work):
    """Runs schemathesis as a role; gives its report."""
    report = work / f"{role}.json"
    command = [Path(sys.executable).with_name("schemathesis"), "run", schema, "--url", BASE, "--checks", CHECKS]
    command += ["--phases", "examples,coverage,fuzzing", "--max-examples", str(CASES_PER_OPERATION)]
    # The first question of an edition is worked out anew, which takes a busy machine longer than the usual ten seconds.
    command += ["--request-timeout", "30"]
    # One worker: CPython 3.11 loses count of its recursion when two threads parse sources at once, as Hypothesis does.
    command += ["--seed", str(SEED), "--workers", "1", "--continue-on-failure", "--suppress-health-check", "all"]
    command += ["--warnings", "off", "--no-color", "--report", "json", "--report-json-path", report]
    command += ["--header", f"Authorization: Bearer {token}"] if token else []
    # What it keeps of its failures for the next run stays in the folder of this one.
    code = subprocess.call(command, timeout=WITHIN_S / len(ROLES), cwd=work)
    found = json.loads(report.read_text())
    if code and not found["failures"] + found["errors"]:
        raise RuntimeError(f"schemathesis left with code {code} as {role}")
    return found


def main():
    document = read_json("api")
    validate(document)
    print(f"the document is valid OpenAPI {document['openapi']}: {len(document['paths'])} paths")
    started, cases, wrong = time.monotonic(), 0, []
    with tempfile.TemporaryDirectory(prefix="binhyen-openapi-") as folder:
        work = Path(folder)
        schema = work / "openapi.json"
        schema.write_text(json.dumps(known_values(document)))
        for role, token in ROLES.items():
            report = asked(role, token, schema, work)
            cases += report["test_cases"]["generated"]
            wrong += [f"{role}: {failure['title']}: {failure['operations']}" for failure in report["failures"]]
            wrong += [f"{role}: {error}" for error in report["errors"]]
    print(f"{cases} cases in {time.monotonic() - started:.0f} s")
    if cases < LEAST_CASES:
        wrong.append(f"fewer than {LEAST_CASES} cases")
    sys.exit("\n".join(wrong) or 0)


if __name__ == "__main__":
    main()
