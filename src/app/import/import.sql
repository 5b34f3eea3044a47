-- import.sql - what imports ask.

-- :import_keys
SELECT key, row_id FROM import_key WHERE entity = :entity AND source = :source ORDER BY key;

-- :import_areas
SELECT id, scope, level, name, boundary FROM division
 WHERE ended_at IS NULL AND boundary IS NOT NULL AND boundary <> '' ORDER BY scope;

-- :import_division_named
SELECT id, scope FROM division
 WHERE name = :name AND parent IS NULL AND ended_at IS NULL ORDER BY id LIMIT 1;

-- :import_division_coded
SELECT id, scope FROM division
 WHERE (official_code = :code OR scope = :scope) AND ended_at IS NULL ORDER BY id LIMIT 1;

-- :import_items
SELECT id, name, plain_name FROM catalogue_item WHERE ended_at IS NULL ORDER BY id;
