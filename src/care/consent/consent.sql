-- consent.sql - grounds that stand, and who speaks for her.

-- :consent_standing
SELECT COUNT(*) FROM consent
 WHERE elder = :elder AND purpose = :purpose AND state = 'given' AND given_on <= :day
   AND (valid_until IS NULL OR valid_until >= :day) AND ended_at IS NULL;

-- :guardians_on
SELECT id, may FROM guardian
 WHERE elder = :elder AND valid_from <= :day AND (valid_to IS NULL OR valid_to >= :day)
   AND ended_at IS NULL ORDER BY valid_from DESC, id DESC LIMIT 20;

-- :consent_of_other_guardian
SELECT k.id FROM consent k JOIN guardian g ON g.id = k.guardian
 WHERE g.elder <> k.elder LIMIT 100;
