-- pair.sql - who must not be sent to whom, and what stands all the same.

-- :pair_forbidden
SELECT id FROM carer_pair
 WHERE elder = :elder AND carer = :carer AND kind = 'forbidden' AND state = 'standing'
   AND valid_from <= :day AND (valid_to IS NULL OR valid_to >= :day) AND ended_at IS NULL
 ORDER BY id LIMIT 1;

-- Another row of the same two.
-- :pair_standing_others
SELECT * FROM carer_pair
 WHERE elder = :elder AND carer = :carer AND state = 'standing' AND id <> :id
   AND ended_at IS NULL
 ORDER BY id LIMIT 1;

-- What this account has asked of them last.
-- :pair_asked_by
SELECT id FROM carer_pair
 WHERE elder = :elder AND carer = :carer AND asked_by = :account AND ended_at IS NULL
 ORDER BY id DESC LIMIT 1;

-- Visits she would still make there.
-- :pair_visits
SELECT id, care_order FROM visit
 WHERE carer = :carer AND day BETWEEN :first AND :last AND elder = :elder
   AND state = 'planned' AND ended_at IS NULL
 ORDER BY day, start_min, id LIMIT 200;
