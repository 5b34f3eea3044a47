-- whom.sql - how an elder resided.

-- The latest first.
-- :whom_residence
SELECT value, valid_from, COALESCE(valid_to, 99999999) FROM elder_fact
 WHERE elder = :elder AND kind = 'residence' AND valid_from <= :day AND ended_at IS NULL
 ORDER BY valid_from DESC LIMIT 60;
