-- account.sql - signing in.

-- :account_by_login
SELECT id, password, locked_until, state, failed_tries, totp_on FROM account
 WHERE login = :login AND ended_at IS NULL LIMIT 1;

-- :account_by_phone
SELECT id FROM account WHERE phone_key = :key AND kind = 'citizen' AND ended_at IS NULL LIMIT 1;

-- :account_failed
UPDATE account SET failed_tries = failed_tries + 1, locked_until = :until WHERE id = :id;

-- :account_signed_in
UPDATE account SET failed_tries = 0, locked_until = NULL, last_sign_in_at = :now WHERE id = :id;

-- :account_grants
SELECT g.id, g.role, g.org, o.name, g.low, d.name
  FROM access_grant g LEFT JOIN organisation o ON o.id = g.org
  LEFT JOIN division d ON d.scope = g.low AND d.ended_at IS NULL
 WHERE g.account = :account AND g.ended_at IS NULL
   AND (g.valid_from IS NULL OR g.valid_from <= :today)
   AND (g.valid_to IS NULL OR g.valid_to >= :today)
 ORDER BY g.id LIMIT 40;

-- :totp_use
INSERT INTO totp_last (account, step) VALUES (:account, :step)
ON CONFLICT (account) DO UPDATE SET step = excluded.step WHERE totp_last.step < excluded.step;

-- :code_find
SELECT phone, code, sent_at, tries, day, sent FROM phone_code WHERE phone = :phone;

-- :code_put
INSERT INTO phone_code (phone, code, sent_at, tries, day, sent)
VALUES (:phone, :code, :now, 0, :day, :sent)
ON CONFLICT (phone) DO UPDATE SET code = excluded.code, sent_at = excluded.sent_at, tries = 0,
       day = excluded.day, sent = excluded.sent;

-- :code_try
UPDATE phone_code SET tries = tries + 1 WHERE phone = :phone AND tries < :most;

-- :code_end
UPDATE phone_code SET code = '' WHERE phone = :phone;

-- :org_name
SELECT name FROM organisation WHERE id = :id;
