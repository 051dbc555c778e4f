-- Duty reports (docs/report-contract.md §2). One per unit and year.

-- outline: the outline as it was when the report was begun (JSON). submitted_*, decided_*: of the state it is in.
CREATE TABLE reports (
  id           TEXT NOT NULL PRIMARY KEY,
  version      BIGINT NOT NULL,
  unit         TEXT NOT NULL REFERENCES units (id),
  year         BIGINT NOT NULL,
  outline      TEXT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'returned', 'approved')),
  begun_by     TEXT NOT NULL,
  begun_at     BIGINT NOT NULL,
  submitted_by TEXT,
  submitted_at BIGINT,
  approved_by  TEXT,
  approved_at  BIGINT,
  sample       BIGINT NOT NULL,
  UNIQUE (unit, year),
  CHECK (approved_by IS NULL OR approved_by <> submitted_by)
);
CREATE INDEX reports_by_year ON reports (year, unit);

-- A section, each with a version of its own: two people write two sections side by side.
CREATE TABLE report_sections (
  report  TEXT NOT NULL REFERENCES reports (id),
  code    TEXT NOT NULL,
  version BIGINT NOT NULL,
  text    TEXT NOT NULL,
  actor   TEXT NOT NULL,
  at      BIGINT NOT NULL,
  PRIMARY KEY (report, code)
);

-- What is answered to a matter of last year's list.
CREATE TABLE report_answers (
  report  TEXT NOT NULL REFERENCES reports (id),
  matter  TEXT NOT NULL REFERENCES matters (id),
  version BIGINT NOT NULL,
  text    TEXT NOT NULL,
  actor   TEXT NOT NULL,
  at      BIGINT NOT NULL,
  PRIMARY KEY (report, matter)
);
CREATE INDEX report_answers_by_matter ON report_answers (matter);

-- Each submission: canonical JSON of all it says, with figures, their sources and answers; never changed.
CREATE TABLE report_versions (
  report  TEXT NOT NULL REFERENCES reports (id),
  seq     BIGINT NOT NULL,
  at      BIGINT NOT NULL,
  actor   TEXT NOT NULL,
  content TEXT NOT NULL,
  hash    TEXT NOT NULL,
  PRIMARY KEY (report, seq)
);

CREATE TABLE report_remarks (
  id          TEXT NOT NULL PRIMARY KEY,
  report      TEXT NOT NULL,
  seq         BIGINT NOT NULL,
  section     TEXT NOT NULL,
  quote       TEXT NOT NULL,
  text        TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('open', 'answered', 'settled')),
  actor       TEXT NOT NULL,
  at          BIGINT NOT NULL,
  answer      TEXT NOT NULL,
  answered_by TEXT,
  answered_at BIGINT,
  FOREIGN KEY (report, seq) REFERENCES report_versions (report, seq)
);
CREATE INDEX report_remarks_by_report ON report_remarks (report, at);

CREATE TABLE report_moves (
  report TEXT NOT NULL REFERENCES reports (id),
  seq    BIGINT NOT NULL,
  at     BIGINT NOT NULL,
  actor  TEXT NOT NULL,
  move   TEXT NOT NULL,
  state  TEXT NOT NULL,
  text   TEXT NOT NULL,
  PRIMARY KEY (report, seq)
);
