-- The audit trail only grows; so does a board, whose records go only with the whole box of a wiped rehearsal.
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER records_no_update BEFORE UPDATE ON records BEGIN SELECT RAISE(ABORT, 'a board is append-only'); END;
CREATE TRIGGER ballots_no_update BEFORE UPDATE ON ballots BEGIN SELECT RAISE(ABORT, 'a board is append-only'); END;
CREATE TRIGGER ballots_only_when_open BEFORE INSERT ON ballots
WHEN coalesce((SELECT state FROM boxes WHERE box = NEW.box), '') NOT IN ('open')
BEGIN SELECT RAISE(ABORT, 'the box is not open'); END;
