-- commands.sql - what the commands ask beside the modules' own queries.

-- The attachments there should be under DATA/files, each once.
-- :check_files
SELECT DISTINCT hash, size FROM file ORDER BY hash;

-- A key of an imported file whose row is gone.
-- :check_import_places
SELECT k.row_id FROM import_key k LEFT JOIN place p ON p.id = k.row_id
 WHERE k.entity = 'place' AND p.id IS NULL LIMIT 100;

-- :serve_is_demo
SELECT COUNT(*) FROM division WHERE scope = 990101000000 AND name = '安澜区';

-- :account_to_grant
SELECT id FROM account WHERE login = :login AND ended_at IS NULL;

-- :organisation_by_name
SELECT id FROM organisation WHERE name = :name AND ended_at IS NULL ORDER BY id LIMIT 1;

-- :organisation_scope
SELECT scope FROM organisation WHERE id = :id;
