-- streets.sql - homes, to be joined to other streets.

-- :streets_homes
SELECT id FROM elder WHERE id > :after AND ended_at IS NULL ORDER BY id LIMIT :size;

-- :streets_any_home
SELECT COUNT(*) FROM (SELECT id FROM elder WHERE ended_at IS NULL LIMIT 1) one;

-- :streets_home_set
UPDATE elder SET junction = :junction WHERE id = :id;

-- :streets_home_none
UPDATE elder SET junction = NULL WHERE id = :id;
