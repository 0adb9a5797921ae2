-- Who saw and changed what: lines that are added and never changed, each with the hash of the line before and its own.
CREATE TABLE audit_line (
    number        INTEGER PRIMARY KEY,
    moment_ms     INTEGER NOT NULL,
    token_id      TEXT NOT NULL,
    label         TEXT NOT NULL,
    role          TEXT NOT NULL,
    action        TEXT NOT NULL,
    question      TEXT NOT NULL,
    row_count     INTEGER,
    request_id    TEXT NOT NULL,
    previous_hash BLOB NOT NULL CHECK (length(previous_hash) = 32),
    hash          BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

-- The end of the chain, by which a missing last line is found.
CREATE TABLE audit_end (
    only   INTEGER PRIMARY KEY CHECK (only = 1),
    number INTEGER NOT NULL,
    hash   BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
INSERT INTO audit_end (only, number, hash) VALUES (1, 0, zeroblob(32));

-- The last line of each part that retention has removed: there the chain begins. A line of the chain names it too.
CREATE TABLE audit_cut (
    number    INTEGER PRIMARY KEY,
    hash      BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TRIGGER audit_line_is_never_changed BEFORE UPDATE ON audit_line BEGIN
    SELECT RAISE(ABORT, 'a line of the audit log is never changed');
END;
CREATE TRIGGER audit_line_is_kept BEFORE DELETE ON audit_line
WHEN old.number > (SELECT coalesce(max(number), 0) FROM audit_cut) BEGIN
    SELECT RAISE(ABORT, 'a line of the audit log is removed by its retention alone');
END;
CREATE TRIGGER audit_line_follows BEFORE INSERT ON audit_line
WHEN NOT EXISTS (SELECT 1 FROM audit_end WHERE number + 1 = new.number AND hash = new.previous_hash) BEGIN
    SELECT RAISE(ABORT, 'a line of the audit log follows the last one');
END;
CREATE TRIGGER audit_line_is_the_end AFTER INSERT ON audit_line BEGIN
    UPDATE audit_end SET number = new.number, hash = new.hash;
END;
CREATE TRIGGER audit_end_moves_on BEFORE UPDATE ON audit_end
WHEN new.number <> old.number + 1 BEGIN
    SELECT RAISE(ABORT, 'the audit log only grows');
END;
CREATE TRIGGER audit_end_is_kept BEFORE DELETE ON audit_end BEGIN
    SELECT RAISE(ABORT, 'the audit log only grows');
END;
CREATE TRIGGER audit_cut_is_a_line BEFORE INSERT ON audit_cut
WHEN NOT EXISTS (SELECT 1 FROM audit_line WHERE number = new.number AND hash = new.hash) BEGIN
    SELECT RAISE(ABORT, 'the audit log is cut at a line of its own');
END;
CREATE TRIGGER audit_cut_is_never_changed BEFORE UPDATE ON audit_cut BEGIN
    SELECT RAISE(ABORT, 'a cut of the audit log is never changed');
END;
CREATE TRIGGER audit_cut_is_kept BEFORE DELETE ON audit_cut BEGIN
    SELECT RAISE(ABORT, 'a cut of the audit log is kept');
END;
