-- The map and founding checks: what was made up is marked as everywhere else (docs/record-contract.md §1, §5).
ALTER TABLE areas ADD COLUMN sample BIGINT NOT NULL DEFAULT 0;
ALTER TABLE areas ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE foundings ADD COLUMN sample BIGINT NOT NULL DEFAULT 0;
CREATE INDEX areas_by_unit ON areas (unit);
