-- visit.sql - the day of a station and of a carer.

-- Orders that wait for somebody to do something; who has a place in a class waits for nobody.
-- :station_waiting
SELECT id FROM care_order
 WHERE org = :org AND state IN ('placed', 'accepted') AND sitting = 'none' AND ended_at IS NULL
   AND (gathering IS NULL OR state = 'placed')
 ORDER BY day, start_min, id LIMIT 500;

-- :station_visits
SELECT id, carer FROM visit
 WHERE org = :org AND day = :day AND state <> 'cancelled' AND ended_at IS NULL
 ORDER BY start_min, id LIMIT 500;

-- The carers of an organisation with what they have to do on a day.
-- :station_carers
SELECT carer.*, COUNT(visit.id) AS visits_n,
       COALESCE(SUM(visit.end_min - visit.start_min), 0) AS load_min
  FROM carer LEFT JOIN visit ON visit.carer = carer.id AND visit.day = :day
                            AND visit.state IN ('planned', 'arrived', 'done')
 WHERE carer.org = :org AND carer.state <> 'left' AND carer.ended_at IS NULL
 GROUP BY carer.id ORDER BY carer.id LIMIT 500;

-- To whom a carer must not be sent on a day.
-- :station_forbidden
SELECT elder FROM carer_pair
 WHERE carer = :carer AND state = 'standing' AND kind = 'forbidden' AND valid_from <= :day
   AND (valid_to IS NULL OR valid_to >= :day) AND ended_at IS NULL
 ORDER BY elder LIMIT 500;

-- :carer_day_visits
SELECT id FROM visit
 WHERE carer = :carer AND day = :day AND state <> 'cancelled' AND ended_at IS NULL
 ORDER BY start_min, id LIMIT 64;

-- :carer_visits_to_move
SELECT id FROM visit
 WHERE carer = :carer AND org = :org AND day = :day AND state = 'planned' AND ended_at IS NULL
 ORDER BY start_min, id LIMIT 500;

-- Two live visits of one carer that overlap: a defect that check reports.
-- :visit_clash_check
SELECT a.id AS id FROM visit a JOIN visit b
    ON b.carer = a.carer AND b.day = a.day AND b.id > a.id
   AND a.start_min < b.end_min AND a.end_min > b.start_min
 WHERE a.state IN ('planned', 'arrived') AND b.state IN ('planned', 'arrived');

-- What carers do on some days, visit after visit: when, how long, how she goes, which compound.
-- :visits_worked
SELECT v.carer, v.day, v.start_min, v.end_min, v.arrived_at, v.done_at, v.state, a.travel,
       k.lat AS lat, k.lon AS lon
  FROM visit v JOIN carer a ON a.id = v.carer
       LEFT JOIN care_order o ON o.id = v.care_order
       LEFT JOIN compound k ON k.id = o.for_compound
 WHERE v.org = :org AND v.day BETWEEN :from AND :to
   AND v.state IN ('planned', 'arrived', 'done') AND v.ended_at IS NULL
 ORDER BY v.carer, v.day, v.start_min, v.id LIMIT 100000;
