#!/usr/bin/env python3
"""Bill of materials of a release: every crate that is compiled into the program, every package that is in the page.

    sbom.py OUT        # a folder, as target/sbom

Writes OUT/binhyen.cdx.json (CycloneDX 1.5): what `cargo cyclonedx` says of the program with what `npm sbom` says of the
page, as one tree below the program. Nothing in it names this machine or this moment: the time is that of the commit, the
serial number follows from the contents. Then it is held to Cargo.lock and web/package-lock.json; exit code 1 when a
package is missing, unlicensed or without its hash.
"""

import json
import os
import subprocess
import sys
import uuid
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = os.environ.get("BINHYEN_SBOM_TARGET", "x86_64-unknown-linux-gnu")
PART = "binhyen-sbom-part"


def output(*command, cwd=ROOT):
    return subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True).stdout


def of_program():
    """The bill of the crate, which the tool writes beside Cargo.toml."""
    written = ROOT / f"{PART}.json"
    try:
        flags = [
            "--format",
            "json",
            "--spec-version",
            "1.5",
            "--target",
            TARGET,
            "--override-filename",
            PART,
            "--quiet",
        ]
        output("cargo", "cyclonedx", *flags)
        return json.loads(written.read_text())
    finally:
        written.unlink(missing_ok=True)


def of_page():
    """The bill of what the page is built from; the tools that build it are not in it."""
    return json.loads(
        output("npm", "sbom", "--omit", "dev", "--workspaces=false", "--sbom-format", "cyclonedx", cwd=ROOT / "web")
    )


def described(component, purl=None):
    """A component by its address as package, which means the same on every machine."""
    kept = {
        name: component[name] for name in component if name not in ("components", "externalReferences", "properties")
    }
    sources = [
        link for link in component.get("externalReferences", []) if link["type"] in ("vcs", "website", "distribution")
    ]
    kept = {**kept, "purl": purl or component["purl"]}
    if sources:
        kept["externalReferences"] = sources
    return {**kept, "bom-ref": kept["purl"]}


def tree(bill, root_purl):
    """Components and their dependencies under addresses as packages."""
    root = bill["metadata"]["component"]
    names = {component["bom-ref"]: component["purl"] for component in bill["components"]}
    names[root["bom-ref"]] = root_purl
    edges = {
        names[entry["ref"]]: sorted({names[on] for on in entry.get("dependsOn", [])})
        for entry in bill["dependencies"]
        if entry["ref"] in names
    }
    return described(root, root_purl), [described(component) for component in bill["components"]], edges


def joined(program, page, version, time):
    """One bill: the page is a part of the program."""
    program_root, crates, edges = tree(program, f"pkg:cargo/binhyen@{version}")
    page_root, packages, page_edges = tree(page, f"pkg:npm/binhyen-web@{version}")
    page_root["name"] = "binhyen-web"
    edges = {**edges, **page_edges}
    edges[program_root["purl"]] = [*edges[program_root["purl"]], page_root["purl"]]
    components = sorted([*crates, page_root, *packages], key=lambda component: component["purl"])
    dependencies = [{"ref": ref, "dependsOn": on} for ref, on in sorted(edges.items())]
    tools = [*program["metadata"]["tools"], *page["metadata"]["tools"]]
    contents = json.dumps([program_root, components, dependencies], sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, contents)}",
        "version": 1,
        "metadata": {"timestamp": time, "tools": tools, "component": program_root},
        "components": components,
        "dependencies": dependencies,
    }


def needed():
    """What Cargo compiles for the program and npm installs for the page, asked of themselves."""
    lines = output(
        "cargo",
        "tree",
        "--locked",
        "--edges",
        "normal,build",
        "--target",
        TARGET,
        "--prefix",
        "none",
        "--format",
        "{p}",
    )
    crates = {line.split(" ")[0] + "@" + line.split(" ")[1].lstrip("v") for line in lines.splitlines() if line.strip()}
    lock = json.loads((ROOT / "web/package-lock.json").read_text())["packages"]
    inside = {
        f"{path.split('node_modules/')[-1]}@{package['version']}"
        for path, package in lock.items()
        if path.startswith("node_modules/")
        and not any(package.get(mark) for mark in ("dev", "link", "optional", "peer"))
    }
    return crates - {name for name in crates if name.startswith("binhyen@")}, inside


def faults(bill):
    crates, packages = needed()
    found = {component["purl"]: component for component in bill["components"]}
    missing = [name for name in crates if f"pkg:cargo/{name}" not in found]
    # What the workspace's own tools need is in the lock as well; what the page imports has to be in the bill.
    wanted = json.loads((ROOT / "web/package.json").read_text())["dependencies"]
    direct = {name for name in packages if name.rsplit("@", 1)[0] in wanted}
    missing += [
        name for name in direct if f"pkg:npm/{name.replace('@', '%40', 1) if name[0] == '@' else name}" not in found
    ]
    bare = [
        f"{purl}: no {member}"
        for purl, component in found.items()
        for member in ("licenses", "hashes")
        if not component.get(member) and not purl.startswith("pkg:npm/binhyen-web@")
    ]
    text = json.dumps(bill)
    local = [mark for mark in ("path+file", str(ROOT)) if mark in text]
    return [*(f"{name} is missing" for name in missing), *bare, *(f"names this machine: {mark}" for mark in local)]


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    seconds = int(os.environ.get("SOURCE_DATE_EPOCH") or output("git", "log", "-1", "--format=%ct").strip() or 0)
    time = datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    program = of_program()
    bill = joined(program, of_page(), program["metadata"]["component"]["version"], time)
    (out / "binhyen.cdx.json").write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n")
    kinds = [component["purl"].split("/")[0] for component in bill["components"]]
    print(f"{out}/binhyen.cdx.json: {kinds.count('pkg:cargo')} crates, {kinds.count('pkg:npm')} packages of the page")
    wrong = faults(bill)
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
