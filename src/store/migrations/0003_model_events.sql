-- What happened to community models, and the residential areas they serve.

ALTER TABLE community_model ADD COLUMN residential_area TEXT;

CREATE TABLE model_event (
    model_id    TEXT NOT NULL REFERENCES community_model (id) DEFERRABLE INITIALLY DEFERRED,
    happened_on TEXT NOT NULL,
    event       TEXT NOT NULL,
    result      TEXT,
    decision    TEXT,
    PRIMARY KEY (model_id, happened_on, event),
    CHECK ((event = 'reviewed') = (result IS NOT NULL))
) WITHOUT ROWID, STRICT;
