-- What a picture shows, in words, and its small rendition, which lies in the file store under its own SHA-256.

ALTER TABLE evidence ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE evidence ADD COLUMN caption TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN thumb TEXT;
-- Several files come within a second: they stay in the order in which they came.
ALTER TABLE evidence ADD COLUMN place BIGINT NOT NULL DEFAULT 0;
CREATE INDEX evidence_by_thumb ON evidence (thumb);
