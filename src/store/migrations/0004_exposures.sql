-- What rates may be measured against beside residents: visitors present, kilometres of road.
CREATE TABLE exposure (
    edition   TEXT NOT NULL,
    area_code TEXT NOT NULL,
    year      INTEGER NOT NULL,
    measure   TEXT NOT NULL CHECK (measure IN ('visitors', 'road_km')),
    quantity  REAL NOT NULL CHECK (quantity >= 0),
    PRIMARY KEY (edition, area_code, year, measure)
) WITHOUT ROWID, STRICT;
