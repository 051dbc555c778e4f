-- From result to grade (docs/report-contract.md §4). What was worked out is a document of the appraisal.

-- Hundredths of a point. Seen by the leader, and as a mean by the office after the count.
CREATE TABLE evaluations (
  appraisal TEXT NOT NULL REFERENCES appraisals (id),
  leader    TEXT NOT NULL REFERENCES users (id),
  presenter TEXT NOT NULL,
  points    BIGINT NOT NULL CHECK (points BETWEEN 0 AND 10000),
  PRIMARY KEY (appraisal, leader, presenter)
);
CREATE INDEX evaluations_by_leader ON evaluations (leader);

-- Entered by one person, confirmed by another; grade counts from 0, the best. An entry that was changed is confirmed anew.
CREATE TABLE grade_decisions (
  appraisal    TEXT NOT NULL REFERENCES appraisals (id),
  presenter    TEXT NOT NULL,
  version      BIGINT NOT NULL,
  grade        BIGINT CHECK (grade >= 0),
  reason       TEXT NOT NULL,
  entered_by   TEXT NOT NULL,
  confirmed_by TEXT,
  PRIMARY KEY (appraisal, presenter),
  CHECK (confirmed_by IS NULL OR confirmed_by <> entered_by),
  CHECK (confirmed_by IS NULL OR grade IS NOT NULL)
);
