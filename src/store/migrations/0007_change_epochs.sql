-- By which epoch a listed incident changed last, and after which epoch all that changed is listed: a reader at a later
-- epoch fetches what it has missed instead of all there is.
ALTER TABLE incident_change ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0;
INSERT INTO meta (key, value) SELECT 'listed_from', value FROM meta WHERE key = 'epoch';
