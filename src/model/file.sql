-- file.sql - attachments.

-- :files_of
SELECT id, version, scope, created_at, hash, size, type, entity, row_id, account, label
  FROM file WHERE entity = :entity AND row_id = :row_id AND ended_at IS NULL
 ORDER BY id LIMIT :n;

-- :files_after
SELECT id, hash, size FROM file WHERE id > :id ORDER BY id LIMIT :n;
