-- What the statutory reading needs: the register of units, decisions, declarations, grades of the movement.

-- Residential areas and institutions that have to register for the standard.
CREATE TABLE unit (
    unit_id        TEXT PRIMARY KEY NOT NULL,
    unit_kind      TEXT NOT NULL CHECK (unit_kind IN ('residential_area', 'agency', 'business', 'school')),
    form           TEXT,
    edition        TEXT NOT NULL,
    area_code      TEXT NOT NULL,
    label          TEXT,
    established_on TEXT,
    dissolved_on   TEXT
) WITHOUT ROWID, STRICT;

CREATE TABLE decision (
    unit_id    TEXT NOT NULL,
    "window"   TEXT NOT NULL,
    unit_kind  TEXT NOT NULL,
    edition    TEXT NOT NULL,
    area_code  TEXT NOT NULL,
    recognised INTEGER NOT NULL,
    number     TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    body       TEXT NOT NULL,
    PRIMARY KEY (unit_id, "window")
) WITHOUT ROWID, STRICT;

-- One yes or no per unit, window and criterion: no reasons, no events.
CREATE TABLE declaration (
    unit_id   TEXT NOT NULL,
    "window"  TEXT NOT NULL,
    criterion TEXT NOT NULL,
    unit_kind TEXT NOT NULL,
    edition   TEXT NOT NULL,
    area_code TEXT NOT NULL,
    met       INTEGER NOT NULL,
    PRIMARY KEY (unit_id, "window", criterion)
) WITHOUT ROWID, STRICT;

CREATE TABLE movement_grade (
    edition   TEXT NOT NULL,
    area_code TEXT NOT NULL,
    "window"  TEXT NOT NULL,
    grade     TEXT NOT NULL CHECK (grade IN ('excellent', 'good', 'average', 'weak')),
    PRIMARY KEY (edition, area_code, "window")
) WITHOUT ROWID, STRICT;
