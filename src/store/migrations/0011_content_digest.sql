-- The digest of the rows of each table, kept up to date by every write: what names the content in entity tags, what the
-- copy of the incidents is tied to, and by which rows that were altered outside the program are found. Filled when the
-- database is opened for the first time with this table.
CREATE TABLE content_digest (
    name   TEXT PRIMARY KEY NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 16)
) WITHOUT ROWID, STRICT;
DELETE FROM meta WHERE key = 'incident_state';
