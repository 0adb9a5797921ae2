-- The holdings of one province, as SQLite keeps them.

-- One row per named value: `epoch` grows with every committed change.
CREATE TABLE meta (
    key   TEXT PRIMARY KEY NOT NULL,
    value INTEGER NOT NULL
) WITHOUT ROWID, STRICT;
INSERT INTO meta (key, value) VALUES ('epoch', 0);

-- Parts that still hold the embedded sample.
CREATE TABLE sample_part (
    part TEXT PRIMARY KEY NOT NULL
) WITHOUT ROWID, STRICT;

-- The words of the taxonomy as numbers. A number once given is never given to
-- another word, so rows keep their meaning when the taxonomy file is rearranged.
CREATE TABLE word (
    list   TEXT NOT NULL,
    id     TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (list, id),
    UNIQUE (list, number)
) WITHOUT ROWID, STRICT;

-- Areas of every edition. The boundary is well-known binary, so that no digit of a vertex is lost.
CREATE TABLE area (
    edition  TEXT NOT NULL,
    code     TEXT NOT NULL,
    level    TEXT NOT NULL CHECK (level IN ('province', 'district', 'commune')),
    name     TEXT NOT NULL,
    parent   TEXT,
    boundary BLOB,
    PRIMARY KEY (edition, code),
    FOREIGN KEY (edition, parent) REFERENCES area (edition, code) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX area_parent ON area (edition, parent);

-- Incidents, clustered by id: one tree serves the search for an id and the reading of all.
CREATE TABLE incident (
    id           TEXT PRIMARY KEY NOT NULL,
    unix_seconds INTEGER NOT NULL,
    lon_e7       INTEGER,
    lat_e7       INTEGER,
    edition      TEXT,
    area_code    TEXT,
    category     INTEGER NOT NULL,
    severity     INTEGER NOT NULL,
    status       INTEGER NOT NULL,
    channel      INTEGER NOT NULL,
    precision    INTEGER NOT NULL,
    CHECK ((lon_e7 IS NULL) = (lat_e7 IS NULL)),
    CHECK ((edition IS NULL) = (area_code IS NULL))
) WITHOUT ROWID, STRICT;

CREATE TABLE community_model (
    id          TEXT PRIMARY KEY NOT NULL,
    kind        TEXT NOT NULL,
    lon_e7      INTEGER,
    lat_e7      INTEGER,
    edition     TEXT,
    area_code   TEXT,
    origin      TEXT NOT NULL,
    parent_id   TEXT,
    started_on  TEXT NOT NULL,
    ended_on    TEXT,
    reviewed_on TEXT,
    review      TEXT,
    CHECK ((reviewed_on IS NULL) = (review IS NULL))
) WITHOUT ROWID, STRICT;

CREATE TABLE certification (
    unit_id    TEXT NOT NULL,
    "window"   TEXT NOT NULL,
    unit_kind  TEXT NOT NULL,
    edition    TEXT NOT NULL,
    area_code  TEXT NOT NULL,
    registered INTEGER NOT NULL,
    recognised INTEGER NOT NULL,
    decided_on TEXT,
    PRIMARY KEY (unit_id, "window")
) WITHOUT ROWID, STRICT;

CREATE TABLE population (
    edition   TEXT NOT NULL,
    area_code TEXT NOT NULL,
    year      INTEGER NOT NULL,
    residents INTEGER NOT NULL,
    PRIMARY KEY (edition, area_code, year)
) WITHOUT ROWID, STRICT;
