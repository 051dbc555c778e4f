-- One text for both engines. Two words are written differently per engine and put in by the runner:
-- {BLOB} (BLOB, BYTEA) and {WITHOUT_ROWID} (SQLite only: such a table has no hidden insertion order).
-- Numbers are BIGINT, times are seconds since 1970 UTC, JSON is TEXT.
-- The box id comes first in every key of the tables on the casting path (boxes, roll, records, ballots),
-- and none of these tables holds a time, an address or a device.

CREATE TABLE settings (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE users (
  id            TEXT NOT NULL PRIMARY KEY,
  login         TEXT NOT NULL UNIQUE,
  name          TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  roles         TEXT NOT NULL,
  created_at    BIGINT NOT NULL,
  disabled_at   BIGINT
);

CREATE TABLE sessions (
  id         TEXT NOT NULL PRIMARY KEY,
  data       TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE login_attempts (
  subject  TEXT NOT NULL PRIMARY KEY,
  failures BIGINT NOT NULL,
  since    BIGINT NOT NULL
);

CREATE TABLE appraisals (
  id           TEXT NOT NULL PRIMARY KEY,
  version      BIGINT NOT NULL,
  pulse        BIGINT NOT NULL,
  state        TEXT NOT NULL,
  rehearsal_of TEXT,
  title        TEXT NOT NULL,
  year         BIGINT NOT NULL,
  config       TEXT NOT NULL,
  detail       TEXT NOT NULL,
  created_at   BIGINT NOT NULL
);

CREATE TABLE ceremony (
  appraisal TEXT NOT NULL REFERENCES appraisals (id),
  kind      TEXT NOT NULL,
  seat      BIGINT NOT NULL,
  body      TEXT NOT NULL,
  PRIMARY KEY (appraisal, kind, seat)
);

CREATE TABLE tokens (
  appraisal TEXT NOT NULL REFERENCES appraisals (id),
  kind      TEXT NOT NULL,
  seat      BIGINT NOT NULL,
  hash      TEXT NOT NULL UNIQUE,
  joined    BIGINT NOT NULL,
  PRIMARY KEY (appraisal, kind, seat)
);

CREATE TABLE boxes (
  box       TEXT NOT NULL PRIMARY KEY,
  appraisal TEXT NOT NULL REFERENCES appraisals (id),
  ordinal   BIGINT NOT NULL,
  category  TEXT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('new', 'sealed', 'open', 'paused', 'closed', 'tallied', 'opened', 'skipped', 'void')),
  stamp     BIGINT NOT NULL,
  records   BIGINT NOT NULL,
  height    BIGINT NOT NULL,
  head      TEXT NOT NULL,
  ballots   BIGINT NOT NULL,
  voters    BIGINT NOT NULL,
  tally     BIGINT NOT NULL
);
CREATE INDEX boxes_by_appraisal ON boxes (appraisal, ordinal);

CREATE TABLE roll (
  box        TEXT NOT NULL REFERENCES boxes (box),
  credential TEXT NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('phone', 'paper', 'spare')),
  PRIMARY KEY (box, credential)
);

CREATE TABLE records (
  box     TEXT NOT NULL REFERENCES boxes (box),
  seq     BIGINT NOT NULL,
  name    TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (box, seq)
);

CREATE TABLE ballots (
  box        TEXT NOT NULL,
  tracker    TEXT NOT NULL,
  credential TEXT NOT NULL,
  height     BIGINT NOT NULL,
  event      TEXT NOT NULL,
  PRIMARY KEY (box, tracker),
  UNIQUE (box, height),
  FOREIGN KEY (box, credential) REFERENCES roll (box, credential)
);
CREATE INDEX ballots_by_credential ON ballots (box, credential, height);

CREATE TABLE shares (
  box     TEXT NOT NULL REFERENCES boxes (box),
  owner   BIGINT NOT NULL,
  partial TEXT NOT NULL,
  strong  TEXT NOT NULL,
  PRIMARY KEY (box, owner)
);

CREATE TABLE opinions (
  appraisal TEXT NOT NULL REFERENCES appraisals (id),
  digest    TEXT NOT NULL,
  entry     TEXT NOT NULL,
  PRIMARY KEY (appraisal, digest)
) {WITHOUT_ROWID};

CREATE TABLE urn_shares (
  appraisal TEXT NOT NULL REFERENCES appraisals (id),
  owner     BIGINT NOT NULL,
  body      TEXT NOT NULL,
  PRIMARY KEY (appraisal, owner)
);

CREATE TABLE documents (
  appraisal TEXT NOT NULL REFERENCES appraisals (id),
  kind      TEXT NOT NULL,
  part      TEXT NOT NULL,
  body      TEXT NOT NULL,
  PRIMARY KEY (appraisal, kind, part)
);

CREATE TABLE slides (
  appraisal TEXT NOT NULL REFERENCES appraisals (id),
  presenter TEXT NOT NULL,
  sha256    TEXT NOT NULL,
  content   {BLOB} NOT NULL,
  PRIMARY KEY (appraisal, presenter)
);

CREATE TABLE audit (
  seq     BIGINT NOT NULL PRIMARY KEY,
  at      BIGINT NOT NULL,
  actor   TEXT NOT NULL,
  action  TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail  TEXT NOT NULL,
  parent  TEXT NOT NULL,
  hash    TEXT NOT NULL
);
CREATE INDEX audit_by_subject ON audit (subject, seq);

CREATE TABLE audit_head (
  one  BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
  seq  BIGINT NOT NULL,
  at   BIGINT NOT NULL,
  hash TEXT NOT NULL
);
INSERT INTO audit_head (one, seq, at, hash) VALUES (1, 0, 0, '');
