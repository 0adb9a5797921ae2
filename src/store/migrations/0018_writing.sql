-- What was written by requests, and what was there before: one row for each incident that a request added, amended or
-- withdrew. The columns of the incident are as they were before; null where it is new.
CREATE TABLE incident_history (
    number       INTEGER PRIMARY KEY,
    incident_id  TEXT NOT NULL,
    epoch        INTEGER NOT NULL,
    moment_s     INTEGER NOT NULL,
    action       TEXT NOT NULL CHECK (action IN ('added', 'amended', 'withdrawn')),
    author       TEXT NOT NULL,
    reason       TEXT,
    request_id   TEXT NOT NULL,
    unix_seconds INTEGER,
    lon_e7       INTEGER,
    lat_e7       INTEGER,
    edition      TEXT,
    area_code    TEXT,
    category     INTEGER,
    severity     INTEGER,
    status       INTEGER,
    channel      INTEGER,
    precision    INTEGER
) STRICT;
CREATE INDEX incident_history_incident ON incident_history (incident_id, number);
CREATE INDEX incident_history_moment ON incident_history (moment_s);

-- Keys by which a request that is sent again is known, with what it was and what became of it.
CREATE TABLE idempotency_key (
    scope    TEXT NOT NULL,
    key      TEXT NOT NULL,
    request  BLOB NOT NULL CHECK (length(request) = 32),
    moment_s INTEGER NOT NULL,
    outcome  TEXT NOT NULL,
    PRIMARY KEY (scope, key)
) WITHOUT ROWID, STRICT;
CREATE INDEX idempotency_key_moment ON idempotency_key (moment_s);
