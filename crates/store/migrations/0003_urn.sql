-- Opinions whose boxes are closed, put here in the order of their hashes: the pages of a table on which rows arrive one
-- by one show in which order they came, even where no column does.
CREATE TABLE urn (
  appraisal TEXT NOT NULL REFERENCES appraisals (id),
  digest    TEXT NOT NULL,
  entry     TEXT NOT NULL,
  PRIMARY KEY (appraisal, digest)
) {WITHOUT_ROWID};
