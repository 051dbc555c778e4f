-- The audit trail only grows; so does a board, whose records go only with the whole box of a wiped rehearsal.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $f$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $f$;
CREATE TRIGGER audit_no_update BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER records_no_update BEFORE UPDATE ON records FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ballots_no_update BEFORE UPDATE ON ballots FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE FUNCTION refuse_ballot_unless_open() RETURNS trigger LANGUAGE plpgsql AS $f$
BEGIN
  IF coalesce((SELECT state FROM boxes WHERE box = NEW.box), '') NOT IN ('open') THEN
    RAISE EXCEPTION 'the box is not open' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $f$;
CREATE TRIGGER ballots_only_when_open BEFORE INSERT ON ballots FOR EACH ROW EXECUTE FUNCTION refuse_ballot_unless_open();
