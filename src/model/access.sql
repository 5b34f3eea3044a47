-- access.sql - the access log, answers kept for repeated requests, and jobs long done.

-- :access_add
INSERT INTO access_log (id, version, scope, created_at, elder, account, role, org, entity, row_id,
                        what, reason, purpose, letter)
VALUES (:id, :version, :scope, :created_at, :elder, :account, :role, :org, :entity, :row_id,
        :what, :reason, :purpose, :letter);

-- :access_of
SELECT id, version, scope, created_at, elder, account, role, org, entity, row_id,
       what, reason, purpose, letter
  FROM access_log WHERE elder = :elder ORDER BY id DESC LIMIT :n;

-- :idempotency_find
SELECT hash, status, type, etag, location, body FROM idempotency
 WHERE account = :account AND key = :key;

-- :idempotency_add
INSERT INTO idempotency (account, key, hash, status, type, etag, location, body, at)
VALUES (:account, :key, :hash, :status, :type, :etag, :location, :body, :now);

-- :idempotency_clean
DELETE FROM idempotency WHERE at < :before;

-- Failed and cancelled ones stay, for somebody has to look at them.
-- :jobs_clean
DELETE FROM job WHERE state = 'done' AND ended_at < :before;
