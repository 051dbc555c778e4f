-- What lists read with 100,000 firms and 50,000 entries (docs/performance.md): a list of one kind by day without sorting,
-- the meetings of a quarter, and the firms that ought to have their own organisation by name.
CREATE INDEX entries_by_kind_day ON entries (kind, on_date, id);
CREATE INDEX entries_by_quarter ON entries (quarter) WHERE quarter IS NOT NULL;
CREATE INDEX firms_due ON firms (name, id, opened_on) WHERE struck = 0 AND own = 0 AND members >= 3;
