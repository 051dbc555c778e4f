-- Follow-up of an appraisal (docs/report-contract.md §6): what a matter is made of, and opinions struck as abusive.

-- source 'item' (part: its code), 'opinion' (part: its number in the opened urn), 'comment' (part: empty). Never the words.
CREATE TABLE matter_sources (
  matter    TEXT NOT NULL REFERENCES matters (id),
  appraisal TEXT NOT NULL REFERENCES appraisals (id),
  presenter TEXT NOT NULL,
  source    TEXT NOT NULL CHECK (source IN ('item', 'opinion', 'comment')),
  part      TEXT NOT NULL,
  PRIMARY KEY (matter, appraisal, presenter, source, part)
);
CREATE INDEX matter_sources_by_appraisal ON matter_sources (appraisal, presenter);

-- Struck by the office; it holds once somebody else, a leader, has confirmed it.
CREATE TABLE opinion_strikes (
  appraisal    TEXT NOT NULL REFERENCES appraisals (id),
  presenter    TEXT NOT NULL,
  number       BIGINT NOT NULL CHECK (number > 0),
  reason       TEXT NOT NULL,
  struck_by    TEXT NOT NULL,
  struck_at    BIGINT NOT NULL,
  confirmed_by TEXT,
  confirmed_at BIGINT,
  PRIMARY KEY (appraisal, presenter, number),
  CHECK (confirmed_by IS NULL OR confirmed_by <> struck_by)
);
