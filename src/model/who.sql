-- who.sql - sessions, and what the account behind one may see.

-- :session_find
SELECT s.id, s.account, s.role, s.weak, s.bearer, s.created_at, s.used_at,
       a.name, a.state, a.ended_at
  FROM session s JOIN account a ON a.id = s.account
 WHERE s.token = :token AND s.ended_at IS NULL;

-- :who_account
SELECT name FROM account WHERE id = :account AND state = 'active' AND ended_at IS NULL;

-- :grants_of
SELECT low, high, org, carer, elder, letter
  FROM access_grant
 WHERE account = :account AND role = :role AND ended_at IS NULL
   AND (valid_from IS NULL OR valid_from <= :today) AND (valid_to IS NULL OR valid_to >= :today)
 ORDER BY id LIMIT 24;

-- :roles_held
SELECT DISTINCT role FROM access_grant
 WHERE account = :account AND id <> :id AND ended_at IS NULL
   AND (valid_to IS NULL OR valid_to >= :today);

-- :session_add
INSERT INTO session (id, token, account, role, weak, bearer, agent, created_at, used_at)
VALUES (:id, :token, :account, :role, :weak, :bearer, :agent, :now, :now);

-- :session_end
UPDATE session SET ended_at = :now WHERE id = :id AND ended_at IS NULL;

-- :sessions_end
UPDATE session SET ended_at = :now WHERE account = :account AND ended_at IS NULL;

-- :session_touch
UPDATE session SET used_at = :now WHERE id = :id AND used_at <= :before AND ended_at IS NULL;

-- :sessions_clean
DELETE FROM session WHERE created_at < :before;
