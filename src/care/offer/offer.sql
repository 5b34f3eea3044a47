-- offer.sql - places are taken and given back by conditional updates only.

-- The first order of a time makes its slot, the others count up: one statement, that reads no page
-- of an index in which others just make their slots.
-- :slot_take
INSERT INTO slot (id, version, scope, created_at, offer, org, day, start_min, end_min, capacity,
                  taken)
VALUES (:id, 1, :scope, :created_at, :offer, :org, :day, :start_min, :end_min, :capacity, :taken)
ON CONFLICT (offer, day, start_min) WHERE ended_at IS NULL
DO UPDATE SET taken = slot.taken + excluded.taken, version = slot.version + 1
        WHERE slot.taken + excluded.taken <= slot.capacity
RETURNING *;

-- :slot_release
UPDATE slot SET taken = taken - :n, version = version + 1
 WHERE id = :id AND taken >= :n;

-- :slot_taken_between
SELECT day, start_min, taken, capacity FROM slot
 WHERE offer = :offer AND day BETWEEN :first AND :last AND ended_at IS NULL;

-- More places taken than orders and who was told of a free place hold, or fewer: a defect that
-- check reports.
-- :slot_check
SELECT slot.id AS id, slot.taken AS taken FROM slot
  LEFT JOIN (SELECT slot AS id, SUM(quantity) AS n FROM care_order
              WHERE slot IS NOT NULL AND state NOT IN ('draft', 'declined', 'cancelled')
              GROUP BY slot) ordered ON ordered.id = slot.id
  LEFT JOIN (SELECT slot AS id, COUNT(*) AS n FROM enrolment
              WHERE slot IS NOT NULL AND state = 'invited' AND ended_at IS NULL
              GROUP BY slot) invited ON invited.id = slot.id
 WHERE slot.taken <> COALESCE(ordered.n, 0) + COALESCE(invited.n, 0);
