-- Files of the office's own programs (docs/report-contract.md §3): slides brought along with a report, the office's template.

-- A presenter's own slides: no row, and the hall shows those made of the report.
CREATE TABLE own_slides (
  -- Of this report.
  id       TEXT NOT NULL PRIMARY KEY REFERENCES reports (id),
  version  BIGINT NOT NULL,
  name     TEXT NOT NULL,
  -- Both lie in the file store under their SHA-256: the file as it was sent, and the PDF that is shown. One and the same
  -- where a PDF was sent.
  original TEXT NOT NULL,
  sha256   TEXT NOT NULL,
  bytes    BIGINT NOT NULL,
  actor    TEXT NOT NULL,
  at       BIGINT NOT NULL
);
CREATE INDEX own_slides_by_original ON own_slides (original);
CREATE INDEX own_slides_by_file ON own_slides (sha256);

-- The office's own pptx with placeholders: the row 'deck'.
CREATE TABLE office_templates (
  id      TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  name    TEXT NOT NULL,
  sha256  TEXT NOT NULL,
  bytes   BIGINT NOT NULL,
  actor   TEXT NOT NULL,
  at      BIGINT NOT NULL
);
CREATE INDEX office_templates_by_file ON office_templates (sha256);
