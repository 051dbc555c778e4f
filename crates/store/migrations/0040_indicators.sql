-- Indicators and their targets (docs/record-contract.md §9). The actual figure is never stored: it is computed.

CREATE TABLE indicators (
  id       TEXT NOT NULL PRIMARY KEY,
  version  BIGINT NOT NULL,
  ordinal  BIGINT NOT NULL,
  name     TEXT NOT NULL,
  measure  TEXT NOT NULL,
  kind     TEXT NOT NULL,
  topic    TEXT NOT NULL,
  from_on  TEXT NOT NULL,
  until_on TEXT NOT NULL,
  weight   BIGINT NOT NULL CHECK (weight >= 0),
  retired  BIGINT NOT NULL,
  sample   BIGINT NOT NULL
);

-- unit '' is the target of every unit that has none of its own. Thousandths.
CREATE TABLE targets (
  indicator TEXT NOT NULL REFERENCES indicators (id),
  unit      TEXT NOT NULL,
  target    BIGINT NOT NULL CHECK (target >= 0),
  PRIMARY KEY (indicator, unit)
);
