-- intake.sql - batches of taken-in lists.

-- :import_lines
SELECT line, state, row_id FROM import_line WHERE batch = :batch AND ended_at IS NULL;

-- What an earlier check said: undecided or not, it is said anew.
-- :import_lines_end
UPDATE import_line SET ended_at = :now
 WHERE batch = :batch AND ended_at IS NULL AND state <> 'applied';

-- :import_counts
SELECT count(*) AS n, verdict, state FROM import_line
 WHERE batch = :batch AND ended_at IS NULL GROUP BY verdict, state ORDER BY verdict, state;

-- :import_applied
SELECT id, line, verdict, row_id, row_version FROM import_line
 WHERE batch = :batch AND state = 'applied' AND ended_at IS NULL AND id > :after
 ORDER BY id LIMIT :n;

-- Lines of rows that were ended at once; those of rows that stay have moved on before.
-- :import_lines_undone
UPDATE import_line SET state = 'undone', version = version + 1
 WHERE batch = :batch AND state = 'applied' AND verdict = 'new' AND ended_at IS NULL
   AND id > :after AND id <= :last;

-- :import_line_of
SELECT id FROM import_line WHERE batch = :batch AND line = :line AND ended_at IS NULL
 ORDER BY id LIMIT 1;

-- :import_source_of
SELECT id FROM import_source
 WHERE entity = :entity AND name = :name AND ended_at IS NULL
   AND (org = :org OR (org IS NULL AND :org IS NULL))
 ORDER BY id LIMIT 1;

-- :import_came
SELECT l.id, l.line, l.state, l.created_at, l.scope, b.id, b.file_name, b.account
  FROM import_line l JOIN import_batch b ON b.id = l.batch
 WHERE l.row_id = :row AND b.entity = :entity AND l.verdict = 'new'
   AND l.state IN ('applied', 'undone', 'kept') AND l.ended_at IS NULL
 ORDER BY l.id DESC LIMIT 1;
