-- What an import that is not shown yet found: each incident that it wrote as it was before, without values where there
-- was none. From this a start undoes an import that was interrupted.
CREATE TABLE incident_before (
    import_id    INTEGER NOT NULL,
    id           TEXT NOT NULL,
    unix_seconds INTEGER,
    lon_e7       INTEGER,
    lat_e7       INTEGER,
    edition      TEXT,
    area_code    TEXT,
    category     INTEGER,
    severity     INTEGER,
    status       INTEGER,
    channel      INTEGER,
    precision    INTEGER,
    PRIMARY KEY (import_id, id)
) WITHOUT ROWID, STRICT;
-- Whether the store had no incidents of its own when the import began, and nobody wrote beside it since: undone, it has
-- none again, and nothing is listed.
ALTER TABLE unfinished_import ADD COLUMN from_nothing INTEGER NOT NULL DEFAULT 0;
