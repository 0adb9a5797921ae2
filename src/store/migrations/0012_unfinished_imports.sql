-- Imports whose batches a server does not show yet, each with the epoch of its last batch. A row that stays belongs to
-- an import that was interrupted.
CREATE TABLE unfinished_import (
    id    INTEGER PRIMARY KEY,
    epoch INTEGER
) STRICT;
