-- What a copy of the incidents beside the database is a copy of: the state changes where many incidents change at
-- once. Where few do, their ids are listed instead, so that a copy can be brought up to date.
INSERT INTO meta (key, value) VALUES ('incident_state', random()), ('incident_changes', 0);

CREATE TABLE incident_change (
    id TEXT PRIMARY KEY NOT NULL
) WITHOUT ROWID, STRICT;
