-- doubt.sql - visits and what speaks for and against them.

-- Done visits of some days, with the score that stands; a page at a time.
-- :doubt_visits
SELECT v.id FROM visit v
 WHERE v.day BETWEEN :first AND :last AND v.state = 'done' AND v.ended_at IS NULL
   AND (:org = 0 OR v.org = :org) AND v.id > :after
 ORDER BY v.id LIMIT 200;

-- :doubt_proofs
SELECT why, weight FROM proof WHERE visit = :visit AND ended_at IS NULL ORDER BY id LIMIT 60;

-- Other homes signed in within the same minutes; where is sealed and compared after opening.
-- :doubt_together
SELECT id FROM visit
 WHERE org = :org AND day = :day AND care_order <> :care_order AND ended_at IS NULL
   AND arrived_at BETWEEN :from AND :to
 ORDER BY id LIMIT 50;

-- :doubt_row
SELECT id FROM visit_check WHERE visit = :visit AND ended_at IS NULL LIMIT 1;

-- The month of an organisation: each visit with its order's money and how it stands. What its own
-- package gives is nobody's debt.
-- :month_lines
SELECT v.id, v.care_order, v.carer, v.elder, v.day, v.start_min, v.end_min, v.arrived_at,
       v.done_at, o.price, o.own_pay, o.price - o.own_pay - o.station_pay, o.state, k.state,
       k.score, k.id, k.reasons, o.station_pay, v.seat
  FROM visit v JOIN care_order o ON o.id = v.care_order
  LEFT JOIN visit_check k ON k.visit = v.id AND k.ended_at IS NULL
 WHERE v.org = :org AND v.day BETWEEN :first AND :last AND v.state = 'done'
   AND v.ended_at IS NULL
 ORDER BY v.carer, v.day, v.start_min, v.id LIMIT 3001;
