-- access.sql - the access log, and answers kept for repeated requests.

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
