-- search.sql - search keys of rows.

-- :search_keys_end
DELETE FROM search_key WHERE entity = :entity AND row_id = :row_id;

-- :search_keys_move
UPDATE search_key SET scope = :scope WHERE entity = :entity AND row_id = :row_id;
