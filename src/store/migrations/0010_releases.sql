-- What the public may see, as it was counted and chosen on a day. Kept for good: the next release adds to the one before.
CREATE TABLE release (
    number INTEGER PRIMARY KEY,
    made_on TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    rule_set_hash TEXT NOT NULL,
    contents TEXT NOT NULL
) STRICT;
-- The last change of anything but incidents, which the public is shown by release: its epoch and what it drew.
INSERT INTO meta (key, value) SELECT 'open_epoch', value FROM meta WHERE key = 'epoch';
INSERT INTO meta (key, value) SELECT 'open_commit_id', value FROM meta WHERE key = 'commit_id';
