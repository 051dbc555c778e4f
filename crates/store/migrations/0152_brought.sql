-- Slides of a presenter that came along with their unit's report (1) follow the report until the meeting; those uploaded in
-- the appraisal (0) stay.
ALTER TABLE slides ADD COLUMN brought BIGINT NOT NULL DEFAULT 0;
