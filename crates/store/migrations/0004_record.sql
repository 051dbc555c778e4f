-- The year's record, foundation (docs/record-contract.md): units, posts, vocabulary, the search index, and the unit
-- of a user. {C}: texts that are sorted or compared by range are in code point order on both engines.
-- Dates are TEXT YYYY-MM-DD; amounts are BIGINT thousandths; yes and no are BIGINT 1 and 0.
-- sample: 1 for what was made up for the demo; source: where a published fact is cited from.

CREATE TABLE units (
  id            TEXT NOT NULL PRIMARY KEY,
  version       BIGINT NOT NULL,
  parent        TEXT REFERENCES units (id),
  path          TEXT {C} NOT NULL UNIQUE,
  ordinal       BIGINT NOT NULL,
  kind          TEXT NOT NULL CHECK (kind IN ('working_committee', 'park', 'branch', 'community', 'department', 'mass_body', 'firm_org')),
  name          TEXT {C} NOT NULL,
  short_name    TEXT NOT NULL,
  founded_on    TEXT,
  founding_mode TEXT CHECK (founding_mode IN ('radiate', 'upgrade', 'gather')),
  closed_on     TEXT,
  address       TEXT NOT NULL,
  note          TEXT NOT NULL,
  sample        BIGINT NOT NULL,
  source        TEXT NOT NULL,
  created_at    BIGINT NOT NULL
);
CREATE INDEX units_by_parent ON units (parent, ordinal, id);

ALTER TABLE users ADD COLUMN unit TEXT REFERENCES units (id);

CREATE TABLE posts (
  id      TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  unit    TEXT NOT NULL REFERENCES units (id),
  kind    TEXT NOT NULL CHECK (kind IN ('first_secretary', 'secretary', 'deputy', 'member', 'part_time', 'instructor')),
  holder  TEXT {C} NOT NULL,
  sent_by TEXT NOT NULL,
  from_on TEXT NOT NULL,
  until_on TEXT,
  calls   BIGINT NOT NULL,
  visits  BIGINT NOT NULL,
  note    TEXT NOT NULL,
  sample  BIGINT NOT NULL,
  source  TEXT NOT NULL
);
CREATE INDEX posts_by_unit ON posts (unit, kind, from_on);

-- Words the office edits: lists sector, strike_reason, uncovered_reason, entry_kind, topic, service, headcount.
CREATE TABLE vocabulary (
  list     TEXT NOT NULL,
  code     TEXT NOT NULL,
  version  BIGINT NOT NULL,
  parent   TEXT NOT NULL,
  ordinal  BIGINT NOT NULL,
  label_zh TEXT NOT NULL,
  label_en TEXT NOT NULL,
  retired  BIGINT NOT NULL,
  PRIMARY KEY (list, code)
);

-- One line for each thing that can be found, and the bigrams of its text.
CREATE TABLE search_docs (
  kind   TEXT NOT NULL,
  id     TEXT NOT NULL,
  unit   TEXT,
  title  TEXT NOT NULL,
  body   TEXT NOT NULL,
  PRIMARY KEY (kind, id)
);

CREATE TABLE search_grams (
  gram TEXT {C} NOT NULL,
  kind TEXT NOT NULL,
  id   TEXT NOT NULL,
  PRIMARY KEY (gram, kind, id)
) {WITHOUT_ROWID};
CREATE INDEX search_grams_by_doc ON search_grams (kind, id);
