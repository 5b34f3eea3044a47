-- check.sql - what `yike check` asks beside the modules' own invariants.

-- The attachments there should be under DATA/files, each once.
-- :check_files
SELECT DISTINCT hash, size FROM file ORDER BY hash;

-- A key of an imported file whose row is gone.
-- :check_import_places
SELECT k.row_id FROM import_key k LEFT JOIN place p ON p.id = k.row_id
 WHERE k.entity = 'place' AND p.id IS NULL LIMIT 100;
