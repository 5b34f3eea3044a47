-- offer.sql - places are taken and given back by conditional updates only.

-- :slot_find
SELECT * FROM slot
 WHERE offer = :offer AND day = :day AND start_min = :start_min AND ended_at IS NULL;

-- :slot_take
UPDATE slot SET taken = taken + :n, version = version + 1
 WHERE id = :id AND taken + :n <= capacity;

-- :slot_release
UPDATE slot SET taken = taken - :n, version = version + 1
 WHERE id = :id AND taken >= :n;

-- :slot_taken_between
SELECT day, start_min, taken, capacity FROM slot
 WHERE offer = :offer AND day BETWEEN :first AND :last AND ended_at IS NULL;

-- More places taken than orders hold, or fewer: a defect that check reports.
-- :slot_check
SELECT slot.id AS id, slot.taken AS taken FROM slot
 WHERE slot.taken <> (SELECT COALESCE(SUM(care_order.quantity), 0) FROM care_order
                       WHERE care_order.slot = slot.id
                         AND care_order.state NOT IN ('draft', 'declined', 'cancelled'));
