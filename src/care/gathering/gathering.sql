-- gathering.sql - classes and outings, who signed up, who came.

-- :gathering_counts
SELECT COALESCE(SUM(CASE WHEN state IN ('in', 'done', 'absent') THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN state = 'invited' THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN state = 'absent' THEN 1 ELSE 0 END), 0)
  FROM enrolment WHERE gathering = :gathering AND ended_at IS NULL;

-- The places as they are: what its slot has left; no row: nobody has signed up yet.
-- :gathering_left
SELECT capacity - taken FROM slot
 WHERE offer = :offer AND day = :day AND start_min = :start_min AND ended_at IS NULL;

-- More or fewer places, never fewer than are taken.
-- :gathering_places
UPDATE slot SET capacity = :places, version = version + 1
 WHERE offer = :offer AND day = :day AND start_min = :start_min AND taken <= :places
   AND ended_at IS NULL;

-- :gathering_slots
SELECT COUNT(*) FROM slot
 WHERE offer = :offer AND day = :day AND start_min = :start_min AND ended_at IS NULL;

-- Who waits, first come first.
-- :gathering_waits
SELECT id FROM enrolment
 WHERE gathering = :gathering AND state = 'waiting' AND ended_at IS NULL ORDER BY id LIMIT 300;

-- :gathering_ahead
SELECT COUNT(*) FROM enrolment
 WHERE gathering = :gathering AND state = 'waiting' AND ended_at IS NULL AND id < :id;

-- :gathering_hers
SELECT COUNT(*) FROM enrolment
 WHERE gathering = :gathering AND elder = :elder AND ended_at IS NULL
   AND state IN ('waiting', 'invited', 'in');

-- :enrolment_of_order
SELECT id FROM enrolment WHERE care_order = :care_order AND ended_at IS NULL;

-- :gathering_people
SELECT id FROM enrolment
 WHERE gathering = :gathering AND state IN ('waiting', 'invited', 'in', 'done', 'absent')
   AND ended_at IS NULL
 ORDER BY id LIMIT 300;

-- :enrolment_due
SELECT id, version FROM enrolment
 WHERE state = 'invited' AND answer_by <= :now AND ended_at IS NULL
 ORDER BY answer_by, id LIMIT 100;

-- Places in what is over, once nothing more can be noted of it.
-- :enrolment_over
SELECT enrolment.id AS id, enrolment.version AS version FROM enrolment
  JOIN gathering ON gathering.id = enrolment.gathering
 WHERE enrolment.state = 'in' AND enrolment.ended_at IS NULL AND gathering.last_day <= :until
   AND enrolment.id > :after
 ORDER BY enrolment.id LIMIT 100;

-- Who still waits for what is over.
-- :enrolment_stale
SELECT enrolment.id AS id, enrolment.version AS version FROM enrolment
  JOIN gathering ON gathering.id = enrolment.gathering
 WHERE enrolment.state = 'waiting' AND enrolment.ended_at IS NULL AND gathering.last_day < :today
 ORDER BY enrolment.id LIMIT 100;

-- :attendance_times
SELECT COUNT(*) FROM attendance
 WHERE enrolment = :enrolment AND state = 'here' AND ended_at IS NULL;

-- :attendance_of
SELECT id FROM attendance
 WHERE enrolment = :enrolment AND day = :day AND state = 'here' AND ended_at IS NULL;

-- Every day that somebody came, of one gathering: people by dates.
-- :attendance_all
SELECT enrolment, day FROM attendance
 WHERE gathering = :gathering AND state = 'here' AND ended_at IS NULL
 ORDER BY enrolment, day LIMIT 18000;

-- :attendance_day
SELECT COUNT(*) FROM attendance
 WHERE gathering = :gathering AND day = :day AND state = 'here' AND ended_at IS NULL;

-- What one may still sign up for, in an area.
-- :gathering_open
SELECT id FROM gathering
 WHERE state = 'published' AND closes_on >= :today AND last_day >= :today
   AND scope BETWEEN :low AND :high AND ended_at IS NULL
 ORDER BY first_day, id LIMIT 60;

-- A place that somebody has without an order that stands: a defect that check reports.
-- :enrolment_check
SELECT enrolment.id AS id FROM enrolment
 WHERE enrolment.state = 'in' AND enrolment.ended_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM care_order
                    WHERE care_order.id = enrolment.care_order
                      AND care_order.gathering = enrolment.gathering
                      AND care_order.state NOT IN ('draft', 'declined', 'cancelled'));
