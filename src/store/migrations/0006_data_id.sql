-- Which store this is, drawn once and kept; and what the last committed change drew. An epoch alone does not name what
-- is kept: another store may have the same one, and so may a backup that was put back and written to again.
INSERT INTO meta (key, value) VALUES ('data_id', random()), ('commit_id', random());
