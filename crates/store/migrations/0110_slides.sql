-- The slides of duty reports (docs/report-contract.md §3).

-- How the slides of a report are arranged: order, what is left out, figures and photos picked (JSON). No row: as proposed.
CREATE TABLE report_decks (
  report      TEXT NOT NULL PRIMARY KEY REFERENCES reports (id),
  version     BIGINT NOT NULL,
  arrangement TEXT NOT NULL,
  actor       TEXT NOT NULL,
  at          BIGINT NOT NULL
);

-- What is typed for a slide, heading or points, each with a version of its own.
CREATE TABLE report_slide_texts (
  report  TEXT NOT NULL REFERENCES reports (id),
  slide   TEXT NOT NULL,
  field   TEXT NOT NULL CHECK (field IN ('title', 'points')),
  version BIGINT NOT NULL,
  text    TEXT NOT NULL,
  actor   TEXT NOT NULL,
  at      BIGINT NOT NULL,
  PRIMARY KEY (report, slide, field)
);

-- What the slides of a submission take from the record (JSON); never changed.
CREATE TABLE report_deck_facts (
  report TEXT NOT NULL,
  seq    BIGINT NOT NULL,
  facts  TEXT NOT NULL,
  PRIMARY KEY (report, seq),
  FOREIGN KEY (report, seq) REFERENCES report_versions (report, seq)
);

-- The slides that the hall shows of a presenter, as they were when the stage went to them (the exact text whose SHA-256
-- the trail names).
CREATE TABLE shown_decks (
  appraisal TEXT NOT NULL REFERENCES appraisals (id),
  presenter TEXT NOT NULL,
  report    TEXT NOT NULL REFERENCES reports (id),
  deck      TEXT NOT NULL,
  hash      TEXT NOT NULL,
  at        BIGINT NOT NULL,
  PRIMARY KEY (appraisal, presenter)
);

-- The photos in them: files of the store, which stay as long as they stand here.
CREATE TABLE shown_deck_photos (
  appraisal TEXT NOT NULL,
  presenter TEXT NOT NULL,
  sha256    TEXT NOT NULL,
  media     TEXT NOT NULL,
  PRIMARY KEY (appraisal, presenter, sha256),
  FOREIGN KEY (appraisal, presenter) REFERENCES shown_decks (appraisal, presenter)
);
CREATE INDEX shown_deck_photos_by_file ON shown_deck_photos (sha256);
