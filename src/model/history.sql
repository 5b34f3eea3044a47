-- history.sql - what happened, the keys of elders, and the seals over it.

-- :history_add
INSERT INTO history (id, version, scope, created_at, entity, row_id, elder, action, account, role,
                     channel, purpose, reason, row_version, was, became, hash)
VALUES (:id, :version, :scope, :created_at, :entity, :row_id, :elder, :action, :account, :role,
        :channel, :purpose, :reason, :row_version, :was, :became, :hash);

-- :history_of
SELECT id, version, scope, created_at, entity, row_id, elder, action, account, role,
       channel, purpose, reason, row_version, was, became, hash
  FROM history WHERE entity = :entity AND row_id = :row_id ORDER BY id DESC LIMIT :n;

-- :elder_key_find
SELECT elder, wrapped, erased_at FROM elder_key WHERE elder = :elder;

-- :elder_key_add
INSERT INTO elder_key (elder, wrapped, created_at) VALUES (:elder, :wrapped, :now)
ON CONFLICT (elder) DO NOTHING;

-- :elder_key_erase
UPDATE elder_key SET wrapped = NULL, erased_at = :now WHERE elder = :elder AND erased_at IS NULL;

-- :history_from
SELECT id, hash FROM history WHERE id > :id ORDER BY id LIMIT :n;

-- :history_one
SELECT id, version, scope, created_at, entity, row_id, elder, action, account, role,
       channel, purpose, reason, row_version, was, became, hash
  FROM history WHERE id = :id;

-- :seal_last
SELECT seq, last_id, ids, root, previous, hash, at FROM history_seal ORDER BY seq DESC LIMIT 1;

-- :seals_reaching
SELECT ids FROM history_seal WHERE last_id > :id ORDER BY seq;

-- :seals_after
SELECT seq, ids, root, previous, hash, at FROM history_seal WHERE seq > :seq ORDER BY seq LIMIT :n;

-- :seal_add
INSERT INTO history_seal (seq, first_id, last_id, count, ids, root, previous, hash, at)
VALUES (:seq, :first_id, :last_id, :count, :ids, :root, :previous, :hash, :now);

-- :history_count
SELECT count(*) FROM history WHERE id <= :id;
