-- ghost.sql - what happened at a station.

-- :ghost_stations
SELECT id, version FROM organisation
 WHERE kind = 'station' AND state = 'published' AND ended_at IS NULL AND id > :after
 ORDER BY id LIMIT 100;

-- :ghost_facts
SELECT
 (SELECT COUNT(*) FROM care_order
   WHERE org = :org AND day BETWEEN :from AND :today AND ended_at IS NULL
     AND state NOT IN ('draft', 'declined', 'cancelled')),
 (SELECT COUNT(*) FROM visit
   WHERE org = :org AND day BETWEEN :from AND :today AND arrived_at IS NOT NULL
     AND seat <> 'second')
 + (SELECT COUNT(*) FROM care_order
     WHERE org = :org AND day BETWEEN :from AND :today AND ended_at IS NULL
       AND state IN ('served', 'confirmed', 'rated')
       AND NOT EXISTS (SELECT 1 FROM visit WHERE visit.care_order = care_order.id)),
 (SELECT COUNT(*) FROM visit a JOIN visit b
      ON b.org = a.org AND b.day = a.day AND b.id > a.id AND b.elder <> a.elder
     AND b.arrived_at BETWEEN a.arrived_at - :together_ms AND a.arrived_at + :together_ms
     AND b.arrived_known_at BETWEEN a.arrived_known_at - :together_ms
                                AND a.arrived_known_at + :together_ms
     AND b.carer = a.carer
   WHERE a.org = :org AND a.day BETWEEN :from AND :today),
 (SELECT COALESCE(SUM(tries), 0) FROM verification
   WHERE (org = :org OR place IN (SELECT id FROM place WHERE org = :org))
     AND ended_at IS NULL AND tries >= 2 AND tried_at >= :since
     AND (state = 'open' OR result = 'unreached')),
 (SELECT COUNT(*) FROM place
   WHERE org = :org AND state = 'published' AND ended_at IS NULL
     AND closed_on <= :closed_by AND closed_until >= :today),
 (SELECT COUNT(*) FROM place
   WHERE org = :org AND state = 'published' AND ended_at IS NULL AND verify_until < :overdue_by),
 (SELECT COUNT(*) FROM request
   WHERE org = :org AND kind = 'complaint' AND came_at >= :since AND state <> 'withdrawn'
     AND ended_at IS NULL),
 (SELECT COUNT(*) FROM inspection i
   WHERE i.org = :org AND i.state = 'published' AND i.grade = 'poor'
     AND i.day BETWEEN :inspected_from AND :today AND i.ended_at IS NULL
     AND NOT EXISTS (SELECT 1 FROM inspection later
                      WHERE later.org = i.org AND later.place = i.place
                        AND later.state = 'published' AND later.ended_at IS NULL
                        AND (later.day > i.day OR (later.day = i.day AND later.id > i.id))));

-- What the call-back survey heard of those it says to have served: ended calls, not reached (after
-- three tries), answered, and those who said that it never came.
-- :ghost_survey
SELECT COUNT(*),
       COALESCE(SUM(CASE WHEN state = 'unreached' THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN state = 'answered' THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN state = 'answered' AND came = 'no' THEN 1 ELSE 0 END), 0)
  FROM survey_call
 WHERE org = :org AND state IN ('answered', 'refused', 'unreached') AND tried_at >= :since
   AND ended_at IS NULL;

-- :ghost_score_of
SELECT id FROM ghost_score WHERE org = :org AND ended_at IS NULL LIMIT 1;

-- :ghost_check_of
SELECT id FROM spot_check WHERE org = :org AND state = 'open' AND ended_at IS NULL LIMIT 1;
