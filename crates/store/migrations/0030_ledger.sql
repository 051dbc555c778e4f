-- The ledger, its evidence, joint meetings, classes, and matters (docs/record-contract.md §6–§8).

CREATE TABLE entries (
  id          TEXT NOT NULL PRIMARY KEY,
  version     BIGINT NOT NULL,
  unit        TEXT NOT NULL REFERENCES units (id),
  kind        TEXT NOT NULL,
  topic       TEXT NOT NULL,
  on_date     TEXT {C} NOT NULL,
  title       TEXT {C} NOT NULL,
  place       TEXT NOT NULL,
  summary     TEXT NOT NULL,
  headcount   BIGINT,
  quantity    BIGINT,
  measure     TEXT NOT NULL,
  hours       BIGINT,
  cases       BIGINT,
  settled     BIGINT,
  findings    TEXT NOT NULL,
  quarter     TEXT,
  shop        TEXT REFERENCES shops (id),
  post        TEXT REFERENCES posts (id),
  state       TEXT NOT NULL CHECK (state IN ('recorded', 'confirmed', 'returned')),
  reason      TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  reviewed_by TEXT,
  reviewed_at BIGINT,
  import      TEXT REFERENCES imports (id),
  sample      BIGINT NOT NULL,
  source      TEXT NOT NULL
);
CREATE INDEX entries_by_date ON entries (on_date, id);
CREATE INDEX entries_by_unit ON entries (unit, on_date, id);
CREATE INDEX entries_by_kind ON entries (kind, topic, on_date);
CREATE INDEX entries_by_state ON entries (state, on_date, id);
CREATE INDEX entries_by_import ON entries (import);

-- Who else took part: one of our units, or a body outside by name. role: 'partner', 'attended'.
CREATE TABLE entry_bodies (
  entry TEXT NOT NULL REFERENCES entries (id),
  place BIGINT NOT NULL,
  role  TEXT NOT NULL CHECK (role IN ('partner', 'attended')),
  unit  TEXT REFERENCES units (id),
  name  TEXT NOT NULL,
  PRIMARY KEY (entry, place)
);
CREATE INDEX entry_bodies_by_unit ON entry_bodies (unit);

CREATE TABLE entry_firms (
  entry TEXT NOT NULL REFERENCES entries (id),
  firm  TEXT NOT NULL REFERENCES firms (id),
  PRIMARY KEY (entry, firm)
);
CREATE INDEX entry_firms_by_firm ON entry_firms (firm);

CREATE TABLE matters (
  id          TEXT NOT NULL PRIMARY KEY,
  version     BIGINT NOT NULL,
  list        TEXT NOT NULL CHECK (list IN ('problem', 'key_task', 'rectification')),
  title       TEXT {C} NOT NULL,
  origin      TEXT NOT NULL CHECK (origin IN ('joint_meeting', 'visit', 'firm', 'appraisal', 'superior')),
  entry       TEXT REFERENCES entries (id),
  firm        TEXT REFERENCES firms (id),
  unit        TEXT NOT NULL REFERENCES units (id),
  responsible TEXT NOT NULL,
  measures    TEXT NOT NULL,
  raised_on   TEXT NOT NULL,
  due_on      TEXT {C},
  quantity    BIGINT,
  measure     TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('raised', 'assigned', 'reported', 'sent_back', 'closed')),
  reported_by TEXT,
  reported_on TEXT,
  closed_by   TEXT,
  closed_on   TEXT,
  sample      BIGINT NOT NULL,
  source      TEXT NOT NULL,
  CHECK (closed_by IS NULL OR closed_by <> reported_by)
);
CREATE INDEX matters_by_due ON matters (state, due_on, id);
CREATE INDEX matters_by_unit ON matters (unit, state, due_on);
CREATE INDEX matters_by_entry ON matters (entry);
CREATE INDEX matters_by_firm ON matters (firm);

CREATE TABLE matter_moves (
  matter TEXT NOT NULL REFERENCES matters (id),
  seq    BIGINT NOT NULL,
  at     BIGINT NOT NULL,
  actor  TEXT NOT NULL,
  move   TEXT NOT NULL,
  state  TEXT NOT NULL,
  text   TEXT NOT NULL,
  PRIMARY KEY (matter, seq)
);

CREATE TABLE matter_progress (
  matter  TEXT NOT NULL REFERENCES matters (id),
  on_date TEXT NOT NULL,
  done    BIGINT NOT NULL CHECK (done >= 0),
  note    TEXT NOT NULL,
  PRIMARY KEY (matter, on_date)
);

-- A change asked for after assignment; state 'asked', 'granted', 'refused'.
CREATE TABLE matter_edits (
  id         TEXT NOT NULL PRIMARY KEY,
  matter     TEXT NOT NULL REFERENCES matters (id),
  version    BIGINT NOT NULL,
  change     TEXT NOT NULL,
  reason     TEXT NOT NULL,
  asked_by   TEXT NOT NULL,
  asked_at   BIGINT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('asked', 'granted', 'refused')),
  decided_by TEXT,
  decided_at BIGINT,
  answer     TEXT NOT NULL
);
CREATE INDEX matter_edits_by_matter ON matter_edits (matter, asked_at);
CREATE INDEX matter_edits_by_state ON matter_edits (state, asked_at);

-- The file itself lies in the file store under its SHA-256.
CREATE TABLE evidence (
  id     TEXT NOT NULL PRIMARY KEY,
  entry  TEXT REFERENCES entries (id),
  matter TEXT REFERENCES matters (id),
  move   BIGINT,
  name   TEXT NOT NULL,
  media  TEXT NOT NULL,
  bytes  BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  width  BIGINT,
  height BIGINT,
  actor  TEXT NOT NULL,
  at     BIGINT NOT NULL,
  CHECK ((entry IS NULL) <> (matter IS NULL))
);
CREATE INDEX evidence_by_entry ON evidence (entry);
CREATE INDEX evidence_by_matter ON evidence (matter);
CREATE INDEX evidence_by_hash ON evidence (sha256);
