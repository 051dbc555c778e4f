-- The office's papers (docs/papers.md, docs/report-contract.md §5): what was made, from what data, and where its file lies.

CREATE TABLE papers (
  id        TEXT NOT NULL PRIMARY KEY,
  version   BIGINT NOT NULL,
  -- When a letter was handed to whom it is written to; nobody else's business before.
  given_at  BIGINT,
  -- What it is of, as its page's address says it: 'appraisal/<id>/result_sheet'.
  place     TEXT {C} NOT NULL,
  kind      TEXT NOT NULL,
  format    TEXT NOT NULL CHECK (format IN ('pdf', 'docx', 'pptx', 'xlsx')),
  appraisal TEXT REFERENCES appraisals (id),
  presenter TEXT NOT NULL,
  unit      TEXT REFERENCES units (id),
  title     TEXT NOT NULL,
  -- SHA-256 of the canonical data, which stands at the foot of every page, and the data.
  data      TEXT NOT NULL,
  input     TEXT NOT NULL,
  -- The file itself lies in the file store under its SHA-256.
  sha256    TEXT NOT NULL,
  bytes     BIGINT NOT NULL,
  pages     BIGINT,
  actor     TEXT NOT NULL,
  at        BIGINT NOT NULL
);
-- The same data, the same bytes, the same row.
CREATE UNIQUE INDEX papers_once ON papers (place, format, data, sha256);
CREATE INDEX papers_by_appraisal ON papers (appraisal);
CREATE INDEX papers_by_unit ON papers (unit);
CREATE INDEX papers_by_file ON papers (sha256);
