-- file.sql - attachments of rows.

-- :file_add
INSERT INTO file (id, entity, row_id, hash, size, type, name, note, account, created_at)
VALUES (:id, :entity, :row_id, :hash, :size, :type, :name, :note, :account, :created_at);

-- :file_list
SELECT id, entity, row_id, hash, size, type, name, note, account, created_at FROM file
 WHERE entity = :entity AND row_id = :row_id AND ended_at IS NULL ORDER BY id LIMIT 50;

-- :file_count
SELECT count(*) FROM file WHERE entity = :entity AND row_id = :row_id AND ended_at IS NULL;

-- :file_one
SELECT id, entity, row_id, hash, size, type, name, note, account, created_at FROM file
 WHERE id = :id AND entity = :entity AND row_id = :row_id AND ended_at IS NULL;

-- Nothing is deleted: who took it away, when and why; the bytes stay.
-- :file_end
UPDATE file SET ended_at = :now, ended_by = :account, ended_reason = :reason
 WHERE id = :id AND ended_at IS NULL;
