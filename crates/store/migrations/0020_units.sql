-- What belongs to a unit: founding checks, headcounts, service centres, pairings, shops (docs/record-contract.md §4).

-- A founding check as it was decided: figures and thresholds at that time, JSON, never recomputed.
CREATE TABLE foundings (
  id         TEXT NOT NULL PRIMARY KEY,
  version    BIGINT NOT NULL,
  unit       TEXT REFERENCES units (id),
  title      TEXT NOT NULL,
  on_date    TEXT NOT NULL,
  figures    TEXT NOT NULL,
  thresholds TEXT NOT NULL,
  mode       TEXT,
  met        BIGINT NOT NULL,
  note       TEXT NOT NULL
);
CREATE INDEX foundings_by_unit ON foundings (unit, on_date);

-- The office's own drawings: GeoJSON of parks, and the outline for the plain map.
CREATE TABLE areas (
  id      TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  unit    TEXT REFERENCES units (id),
  name    TEXT NOT NULL,
  geojson TEXT NOT NULL
);

CREATE TABLE headcounts (
  id      TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  unit    TEXT NOT NULL REFERENCES units (id),
  on_date TEXT NOT NULL,
  note    TEXT NOT NULL,
  sample  BIGINT NOT NULL,
  source  TEXT NOT NULL,
  UNIQUE (unit, on_date)
);

-- Column: 'total', 'internet', or a code of the vocabulary list headcount.
CREATE TABLE headcount_values (
  headcount TEXT NOT NULL REFERENCES headcounts (id),
  part      TEXT NOT NULL,
  n         BIGINT NOT NULL CHECK (n >= 0),
  PRIMARY KEY (headcount, part)
);

CREATE TABLE centres (
  id        TEXT NOT NULL PRIMARY KEY,
  version   BIGINT NOT NULL,
  unit      TEXT NOT NULL REFERENCES units (id),
  kind      TEXT NOT NULL CHECK (kind IN ('own', 'joint')),
  name      TEXT NOT NULL,
  address   TEXT NOT NULL,
  opened_on TEXT,
  closed_on TEXT,
  terminals BIGINT NOT NULL,
  note      TEXT NOT NULL,
  sample    BIGINT NOT NULL,
  source    TEXT NOT NULL
);
CREATE INDEX centres_by_unit ON centres (unit);

-- The units a joint centre covers beside its own.
CREATE TABLE centre_units (
  centre TEXT NOT NULL REFERENCES centres (id),
  unit   TEXT NOT NULL REFERENCES units (id),
  PRIMARY KEY (centre, unit)
);

CREATE TABLE centre_services (
  centre  TEXT NOT NULL REFERENCES centres (id),
  service TEXT NOT NULL,
  since   TEXT,
  note    TEXT NOT NULL,
  PRIMARY KEY (centre, service)
);

-- Cases served in a quarter (YYYY-Qn).
CREATE TABLE centre_cases (
  centre  TEXT NOT NULL,
  service TEXT NOT NULL,
  quarter TEXT NOT NULL,
  n       BIGINT NOT NULL CHECK (n >= 0),
  PRIMARY KEY (centre, service, quarter),
  FOREIGN KEY (centre, service) REFERENCES centre_services (centre, service)
);

CREATE TABLE pairings (
  id       TEXT NOT NULL PRIMARY KEY,
  version  BIGINT NOT NULL,
  unit     TEXT NOT NULL REFERENCES units (id),
  partner  TEXT REFERENCES units (id),
  outside  TEXT NOT NULL,
  purpose  TEXT NOT NULL,
  from_on  TEXT NOT NULL,
  until_on TEXT,
  sample   BIGINT NOT NULL,
  source   TEXT NOT NULL
);
CREATE INDEX pairings_by_unit ON pairings (unit);
CREATE INDEX pairings_by_partner ON pairings (partner);

CREATE TABLE shops (
  id      TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  unit    TEXT NOT NULL REFERENCES units (id),
  name    TEXT {C} NOT NULL,
  firm    TEXT REFERENCES firms (id),
  place   TEXT NOT NULL,
  plaque  TEXT NOT NULL,
  given_on TEXT NOT NULL,
  pledge  TEXT NOT NULL,
  pledged_on TEXT,
  withdrawn_on TEXT,
  withdrawn_reason TEXT NOT NULL,
  sample  BIGINT NOT NULL,
  source  TEXT NOT NULL
);
CREATE INDEX shops_by_unit ON shops (unit, name);

CREATE TABLE shop_inspections (
  id      TEXT NOT NULL PRIMARY KEY,
  shop    TEXT NOT NULL REFERENCES shops (id),
  on_date TEXT NOT NULL,
  passed  BIGINT NOT NULL,
  finding TEXT NOT NULL
);
CREATE INDEX shop_inspections_by_shop ON shop_inspections (shop, on_date);
