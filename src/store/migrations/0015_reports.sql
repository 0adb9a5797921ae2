-- Word from people, until an operator has judged it and after. It is no served content: no epoch moves with it, and no
-- role but that of the operator reads it. Nobody's name, number or address has a column here.
CREATE TABLE report (
    id              INTEGER PRIMARY KEY,
    number          TEXT NOT NULL UNIQUE,
    received_s      INTEGER NOT NULL,
    channel         INTEGER NOT NULL,
    category        INTEGER,
    happened_s      INTEGER,
    lon_e7          INTEGER,
    lat_e7          INTEGER,
    edition         TEXT,
    area_code       TEXT,
    status          TEXT NOT NULL,
    version         INTEGER NOT NULL,
    claimed_by      TEXT,
    claimed_until_s INTEGER,
    judged_by       TEXT,
    judged_s        INTEGER,
    reason          TEXT,
    incident_id     TEXT,
    merged_into     INTEGER REFERENCES report (id)
) STRICT;
CREATE INDEX report_by_status ON report (status, id);
CREATE INDEX report_by_moment ON report (coalesce(happened_s, received_s));
CREATE INDEX report_by_root ON report (merged_into) WHERE merged_into IS NOT NULL;
-- What was said in words, apart, until its day comes.
CREATE TABLE report_text (
    report    INTEGER PRIMARY KEY REFERENCES report (id),
    text      TEXT NOT NULL,
    expires_s INTEGER NOT NULL
) STRICT;
CREATE INDEX report_text_by_expiry ON report_text (expires_s);
-- Keyed hashes of who wrote through a network, by which what one person sends in pieces is put together.
CREATE TABLE report_sender (
    report    INTEGER PRIMARY KEY REFERENCES report (id),
    sender    BLOB NOT NULL,
    expires_s INTEGER NOT NULL
) STRICT;
CREATE INDEX report_sender_by_hash ON report_sender (sender);
-- Keyed hashes of what came in already (a challenge that was spent, an event of a network), so that a repeat changes
-- nothing; with one of what was said, so that a repeat is told from something else under the same key.
CREATE TABLE report_arrival (
    arrival   BLOB PRIMARY KEY,
    contents  BLOB NOT NULL,
    report    INTEGER NOT NULL REFERENCES report (id),
    expires_s INTEGER NOT NULL
) WITHOUT ROWID, STRICT;
CREATE INDEX report_arrival_by_expiry ON report_arrival (expires_s);
