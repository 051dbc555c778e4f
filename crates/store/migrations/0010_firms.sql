-- Firms, the two coverages, imports (docs/record-contract.md §5, §10).

CREATE TABLE imports (
  id        TEXT NOT NULL PRIMARY KEY,
  kind      TEXT NOT NULL,
  unit      TEXT REFERENCES units (id),
  file_name TEXT NOT NULL,
  sha256    TEXT NOT NULL,
  mapping   TEXT NOT NULL,
  actor     TEXT NOT NULL,
  at        BIGINT NOT NULL,
  added     BIGINT NOT NULL,
  changed   BIGINT NOT NULL,
  refused   BIGINT NOT NULL,
  undone_at BIGINT
);

-- What an import changed, so that it can be undone: the row before, empty for one that was added.
CREATE TABLE import_rows (
  import TEXT NOT NULL REFERENCES imports (id),
  record TEXT NOT NULL,
  version BIGINT NOT NULL,
  before TEXT NOT NULL,
  PRIMARY KEY (import, record)
);

CREATE TABLE mappings (
  id      TEXT NOT NULL PRIMARY KEY,
  kind    TEXT NOT NULL,
  name    TEXT NOT NULL,
  columns TEXT NOT NULL,
  UNIQUE (kind, name)
);

-- Files that were sent and wait for their columns to be mapped; gone when the import is made.
CREATE TABLE uploads (
  id        TEXT NOT NULL PRIMARY KEY,
  kind      TEXT NOT NULL,
  file_name TEXT NOT NULL,
  sha256    TEXT NOT NULL,
  actor     TEXT NOT NULL,
  at        BIGINT NOT NULL,
  content   {BLOB} NOT NULL
);

CREATE TABLE firms (
  id          TEXT NOT NULL PRIMARY KEY,
  version     BIGINT NOT NULL,
  unit        TEXT NOT NULL REFERENCES units (id),
  name        TEXT {C} NOT NULL,
  name_key    TEXT {C} NOT NULL,
  credit_code TEXT {C} NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('non_public', 'sole_trader', 'state')),
  sector      TEXT NOT NULL,
  employees   BIGINT,
  members     BIGINT,
  address     TEXT NOT NULL,
  lon         BIGINT,
  lat         BIGINT,
  opened_on   TEXT {C} NOT NULL,
  struck      BIGINT NOT NULL,
  own         BIGINT NOT NULL,
  joint       BIGINT NOT NULL,
  work        BIGINT NOT NULL,
  uncovered   TEXT NOT NULL,
  note        TEXT NOT NULL,
  import      TEXT REFERENCES imports (id),
  sample      BIGINT NOT NULL,
  source      TEXT NOT NULL
);
CREATE INDEX firms_by_name ON firms (name, id);
CREATE INDEX firms_by_unit ON firms (unit, name, id);
CREATE INDEX firms_by_key ON firms (name_key);
CREATE INDEX firms_by_code ON firms (credit_code);
CREATE INDEX firms_by_import ON firms (import);

CREATE TABLE strikes (
  id       TEXT NOT NULL PRIMARY KEY,
  version  BIGINT NOT NULL,
  firm     TEXT NOT NULL REFERENCES firms (id),
  reason   TEXT NOT NULL,
  from_on  TEXT NOT NULL,
  until_on TEXT,
  note     TEXT NOT NULL
);
CREATE INDEX strikes_by_firm ON strikes (firm, from_on);

CREATE TABLE coverages (
  id       TEXT NOT NULL PRIMARY KEY,
  version  BIGINT NOT NULL,
  firm     TEXT NOT NULL REFERENCES firms (id),
  kind     TEXT NOT NULL CHECK (kind IN ('own', 'joint', 'instructor', 'liaison', 'union', 'youth')),
  unit     TEXT REFERENCES units (id),
  post     TEXT REFERENCES posts (id),
  from_on  TEXT NOT NULL,
  until_on TEXT,
  note     TEXT NOT NULL
);
CREATE INDEX coverages_by_firm ON coverages (firm, from_on);
CREATE INDEX coverages_by_post ON coverages (post, until_on);
CREATE INDEX coverages_by_unit ON coverages (unit, until_on);
