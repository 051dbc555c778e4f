-- Imports of 100,000 rows that go on in the background, and what lists of that size need
-- (docs/decisions/0017-imports.md).

-- What a line of search_docs is found by follows from the line: pairs are taken away by their key.
DROP INDEX search_grams_by_doc;

-- indexing 1: what it made is still being put into the search index; 2: what it had made is being taken out of it;
-- indexed_to: the last pair that is done.
ALTER TABLE imports ADD COLUMN indexing BIGINT NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN indexed_to TEXT {C} NOT NULL DEFAULT '';

-- Which kind of record a row of an import is: with firms come their covers and strikes.
ALTER TABLE import_rows ADD COLUMN kind TEXT NOT NULL DEFAULT 'firm';

-- One firm, one credit code; many have none.
DROP INDEX firms_by_code;
CREATE UNIQUE INDEX firms_one_code ON firms (credit_code) WHERE credit_code <> '';

-- Counts how often a part of the record was written: what was worked out from it holds while the count stands.
CREATE TABLE pulses (
  name TEXT NOT NULL PRIMARY KEY,
  n    BIGINT NOT NULL
);

-- What lists and counts of 100,000 firms and 50,000 entries read: everything a count needs stands in its index.
CREATE INDEX firms_by_day ON firms (opened_on, id);
CREATE INDEX firms_by_standing ON firms (unit, sector, struck, own, joint, work, opened_on);
CREATE INDEX entries_by_count ON entries (on_date, kind, topic, state, unit, headcount, quantity, quarter);
CREATE INDEX entries_by_title ON entries (title, id);
