-- On which days incidents are known, as it was declared: half-open, without an end where they go on to the last incident.
-- The declarations of a scope hold together; an empty edition, code or end is none, so that each can be part of the key.
CREATE TABLE incident_coverage (
    scope    TEXT NOT NULL CHECK (scope IN ('everything', 'channel', 'district')),
    edition  TEXT NOT NULL,
    code     TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day   TEXT NOT NULL,
    PRIMARY KEY (scope, edition, code, from_day, to_day)
) WITHOUT ROWID, STRICT;
