-- family.sql - purpose queries about bonds.

-- :bond_living
SELECT id, may FROM bond
 WHERE account = :account AND elder = :elder AND state = 'active' AND ended_at IS NULL
   AND (valid_until IS NULL OR valid_until >= :today) LIMIT 1;

-- Some at a time, so that no transaction is long.
-- :bond_past
SELECT id, version FROM bond
 WHERE state = 'active' AND valid_until < :today AND ended_at IS NULL
 ORDER BY valid_until, id LIMIT 100;

-- :bond_open
SELECT COUNT(*) FROM bond
 WHERE account = :account AND elder = :elder AND state IN ('asked', 'active') AND ended_at IS NULL;

-- :bond_asked
SELECT id FROM bond
 WHERE account = :account AND elder = :elder AND state = 'asked' AND ended_at IS NULL LIMIT 1;

-- :bonds_of_account
SELECT id FROM bond
 WHERE account = :account AND state IN ('asked', 'active') AND ended_at IS NULL
 ORDER BY id LIMIT 20;

-- :elder_of_account
SELECT id FROM elder WHERE account = :account AND ended_at IS NULL LIMIT 1;

-- :bond_twice
SELECT account, elder FROM bond WHERE state = 'active' AND ended_at IS NULL
 GROUP BY account, elder HAVING COUNT(*) > 1 LIMIT 100;

-- :bond_without_consent
SELECT id FROM bond WHERE state = 'active' AND consent_at IS NULL LIMIT 100;
