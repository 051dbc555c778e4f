-- Signed papers of an appraisal, scanned or photographed (docs/papers.md).

CREATE TABLE scans (
  id        TEXT NOT NULL PRIMARY KEY,
  version   BIGINT NOT NULL,
  -- Which paper it is, as its page's address says it ('result_sheet', 'letter-p1'), or 'other'.
  sheet     TEXT {C} NOT NULL,
  appraisal TEXT NOT NULL REFERENCES appraisals (id),
  name      TEXT NOT NULL,
  media     TEXT NOT NULL,
  bytes     BIGINT NOT NULL,
  -- The file itself, and the small rendition of a picture, lie in the file store under their SHA-256.
  sha256    TEXT NOT NULL,
  thumb     TEXT,
  width     BIGINT,
  height    BIGINT,
  actor     TEXT NOT NULL,
  at        BIGINT NOT NULL
);
-- The same file of the same paper is there once.
CREATE UNIQUE INDEX scans_once ON scans (appraisal, sheet, sha256);
CREATE INDEX scans_by_file ON scans (sha256);
CREATE INDEX scans_by_thumb ON scans (thumb);
