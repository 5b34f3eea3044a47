-- file.sql - attachments of rows.

-- :file_add
INSERT INTO file (id, entity, row_id, hash, size, type, name, note, account, created_at,
                  sealed)
VALUES (:id, :entity, :row_id, :hash, :size, :type, :name, :note, :account, :created_at, :sealed);

-- :file_list
SELECT id, entity, row_id, hash, size, type, name, note, account, created_at, sealed
  FROM file
 WHERE entity = :entity AND row_id = :row_id AND ended_at IS NULL ORDER BY id LIMIT 50;

-- :file_count
SELECT count(*) FROM file WHERE entity = :entity AND row_id = :row_id AND ended_at IS NULL;

-- :file_one
SELECT id, entity, row_id, hash, size, type, name, note, account, created_at, sealed
  FROM file
 WHERE id = :id AND entity = :entity AND row_id = :row_id AND ended_at IS NULL;

-- Nothing is deleted: who took it away, when and why; the bytes stay.
-- :file_end
UPDATE file SET ended_at = :now, ended_by = :account, ended_reason = :reason
 WHERE id = :id AND ended_at IS NULL;

-- :file_move
UPDATE file SET entity = :to, row_id = :to_row
 WHERE id = :id AND entity = :entity AND row_id = :row_id AND ended_at IS NULL;

-- Papers sent with no request after them lie with their account.
-- :file_unused
SELECT hash FROM file WHERE entity = 'account' AND created_at < :before ORDER BY id LIMIT 500;

-- :file_unused_end
DELETE FROM file WHERE id IN (SELECT id FROM file WHERE entity = 'account' AND created_at < :before
                              ORDER BY id LIMIT 500);
