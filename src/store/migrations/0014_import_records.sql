-- What became of the last imports, without a cell of their files: written in the transaction that shows an import.
CREATE TABLE import_record (
    number  INTEGER PRIMARY KEY,
    epoch   INTEGER NOT NULL,
    ended_s INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    file    TEXT NOT NULL,
    report  TEXT NOT NULL
) STRICT;
