-- dispatch.sql - the day that a dispatcher sees, and what tells that it has changed.

-- Orders served at home on a day, meals (they have runs) and sign-ups aside; what an order waits
-- for stands in the rule that made it.
-- :dispatch_orders
SELECT o.id, k.name AS compound_name, k.lat AS lat, k.lon AS lon, s.after_item, s.gap_least_min,
       s.gap_most_min
  FROM care_order o JOIN catalogue_item i ON i.id = o.item
       LEFT JOIN compound k ON k.id = o.for_compound
       LEFT JOIN standing_order s ON s.id = o.standing
 WHERE o.org = :org AND o.day = :day AND o.sitting = 'none' AND o.gathering IS NULL
   AND i.at_home = 1 AND o.state NOT IN ('draft', 'declined', 'cancelled') AND o.ended_at IS NULL
 ORDER BY o.start_min, o.id LIMIT 1000;

-- :dispatch_visits
SELECT id, version, care_order, carer, start_min, end_min, state, arrived_at, done_at, seat
  FROM visit
 WHERE org = :org AND day = :day AND state <> 'cancelled' AND ended_at IS NULL
 ORDER BY start_min, id LIMIT 1000;

-- :dispatch_carers
SELECT id FROM carer WHERE org = :org AND state <> 'left' AND ended_at IS NULL
 ORDER BY id LIMIT 200;

-- :dispatch_shifts
SELECT s.carer, s.week, s.starts_at FROM shift s JOIN carer a ON a.id = s.carer
 WHERE a.org = :org AND s.valid_from <= :day AND (s.valid_to IS NULL OR s.valid_to >= :day)
   AND s.ended_at IS NULL
 ORDER BY s.carer, s.id LIMIT 1000;

-- When the organisation serves at home: for carers of whom no shift is known.
-- :dispatch_offers
SELECT f.week, i.duration_min FROM offer f JOIN catalogue_item i ON i.id = f.item
 WHERE f.org = :org AND f.state = 'published' AND f.gathering = 0 AND f.ended_at IS NULL
   AND i.at_home = 1 AND i.category <> 'meal'
 ORDER BY f.id LIMIT 200;

-- Who has been in whose home of late; how often, and how many days ago in sum.
-- :dispatch_history
SELECT elder, carer, COUNT(*), CAST(SUM(:day - day) AS BIGINT) FROM visit
 WHERE org = :org AND day BETWEEN :since AND :day - 1 AND state = 'done' AND elder IS NOT NULL
   AND ended_at IS NULL
 GROUP BY elder, carer;

-- Whom the organisation's carers must not go to, and who is preferred, on that day.
-- :dispatch_pairs
SELECT elder, carer, kind FROM carer_pair
 WHERE carer IN (SELECT id FROM carer WHERE org = :org) AND state = 'standing'
   AND valid_from <= :day AND (valid_to IS NULL OR valid_to >= :day) AND ended_at IS NULL
 ORDER BY elder, carer LIMIT 5000;

-- What the dispatcher has noted of the day's orders.
-- :dispatch_notes
SELECT * FROM dispatch_note WHERE org = :org AND day = :day AND ended_at IS NULL ORDER BY id;

-- :dispatch_note_of
SELECT * FROM dispatch_note
 WHERE care_order = :care_order AND seat = :seat AND ended_at IS NULL;

-- :dispatch_locked
SELECT COUNT(*) FROM dispatch_note
 WHERE care_order = :care_order AND locked = 1 AND ended_at IS NULL;

-- Counts and sums that change with every change of the day's rows and of the rules of dispatching.
-- :dispatch_stamp
SELECT (SELECT COUNT(*) FROM care_order WHERE org = :org AND day = :day AND sitting = 'none'),
       (SELECT CAST(COALESCE(SUM((id % 1000003) * version), 0) AS BIGINT) FROM care_order
         WHERE org = :org AND day = :day AND sitting = 'none'),
       (SELECT CAST(COALESCE(SUM((id % 1000003) * version), 0) AS BIGINT) FROM visit
         WHERE org = :org AND day = :day),
       (SELECT CAST(COALESCE(SUM((id % 1000003) * version), 0) AS BIGINT)
         FROM carer WHERE org = :org),
       (SELECT CAST(COALESCE(SUM((s.id % 1000003) * s.version), 0) AS BIGINT)
          FROM shift s JOIN carer a ON a.id = s.carer WHERE a.org = :org),
       (SELECT CAST(COALESCE(SUM((l.id % 1000003) * l.version), 0) AS BIGINT) FROM leave_note l
          JOIN carer a ON a.id = l.carer WHERE a.org = :org),
       (SELECT CAST(COALESCE(SUM((id % 1000003) * version), 0) AS BIGINT) FROM dispatch_note
         WHERE org = :org AND day = :day),
       (SELECT CAST(COALESCE(SUM((id % 1000003) * version), 0) AS BIGINT)
         FROM offer WHERE org = :org),
       (SELECT CAST(COALESCE(SUM((p.id % 1000003) * p.version), 0) AS BIGINT) FROM carer_pair p
          JOIN carer a ON a.id = p.carer WHERE a.org = :org),
       (SELECT CAST(COALESCE(SUM((id % 1000003) * version), 0) AS BIGINT) FROM dispatch_run
         WHERE org = :org AND day = :day),
       (SELECT CAST(COALESCE(SUM((id % 1000003) * version), 0) AS BIGINT) FROM parameter
         WHERE name LIKE 'dispatch.%');

-- The last changes that were applied to a day; only they can be taken back.
-- :dispatch_last_run
SELECT id FROM dispatch_run
 WHERE org = :org AND day = :day AND ended_at IS NULL ORDER BY id DESC LIMIT 1;

-- :dispatch_can_undo
SELECT CASE WHEN undone = 0 THEN 1 ELSE 0 END FROM dispatch_run
 WHERE org = :org AND day = :day AND ended_at IS NULL ORDER BY id DESC LIMIT 1;

-- Who signs in as this carer.
-- :dispatch_carer_account
SELECT account FROM access_grant
 WHERE carer = :carer AND (valid_to IS NULL OR valid_to >= :today) AND ended_at IS NULL
 ORDER BY id DESC LIMIT 1;

-- Organisations that have carers, one after another.
-- :dispatch_staffed
SELECT DISTINCT org FROM carer
 WHERE state <> 'left' AND org > :after AND ended_at IS NULL ORDER BY org LIMIT 100;

-- Is there a standing order at home without a carer?
-- :dispatch_open
SELECT o.id FROM care_order o JOIN catalogue_item i ON i.id = o.item
 WHERE o.org = :org AND o.day = :day AND o.state = 'accepted' AND o.sitting = 'none'
   AND o.standing IS NOT NULL AND i.at_home = 1 AND o.ended_at IS NULL LIMIT 1;
