-- That something was out of the ordinary, as it was judged last; what people said of it; and whom it was sent to.
CREATE TABLE alert (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    key      TEXT NOT NULL UNIQUE,
    raised_s INTEGER NOT NULL,
    lifted_s INTEGER,
    contents TEXT NOT NULL
) STRICT;

CREATE TABLE alert_note (
    number   INTEGER PRIMARY KEY,
    alert    INTEGER NOT NULL REFERENCES alert (number),
    noted_s  INTEGER NOT NULL,
    by_label TEXT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('acknowledged', 'comment')),
    text     TEXT NOT NULL
) STRICT;
CREATE INDEX alert_note_of ON alert_note (alert);

CREATE TABLE alert_delivery (
    alert  INTEGER NOT NULL REFERENCES alert (number),
    target TEXT NOT NULL,
    tries  INTEGER NOT NULL,
    next_s INTEGER,
    PRIMARY KEY (alert, target)
) STRICT;
