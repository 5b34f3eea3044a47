-- agreement.sql - who is signed where, and which end.

-- :agreement_elder_by_number
SELECT id FROM elder WHERE id_number_key = :key AND ended_at IS NULL LIMIT 1;

-- :agreement_elders_by_phone
SELECT id FROM elder WHERE phone_key = :key AND ended_at IS NULL ORDER BY id LIMIT 10;

-- Some at a time, so that no transaction is long.
-- :agreement_past
SELECT id, version FROM agreement
 WHERE state = 'active' AND valid_to < :today AND ended_at IS NULL ORDER BY valid_to, id LIMIT 100;

-- :agreement_without_signature
SELECT id FROM agreement WHERE state = 'active' AND (signed_on IS NULL OR valid_to IS NULL)
   AND ended_at IS NULL LIMIT 100;

-- :figure_agreements_ending
SELECT COUNT(*) FROM agreement
 WHERE state = 'active' AND valid_to BETWEEN :today AND :soon AND scope BETWEEN :low AND :high
   AND ended_at IS NULL;

-- Elders with an agreement in force.
-- :figure_recipients
SELECT COUNT(DISTINCT elder), COUNT(*) FROM agreement
 WHERE state = 'active' AND scope BETWEEN :low AND :high AND ended_at IS NULL;
