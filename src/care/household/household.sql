-- household.sql - who is behind which door, and what does not agree.

-- Members of a day: of a proposed household the proposed ones.
-- :household_now
SELECT COUNT(*), COALESCE(MAX(CASE WHEN role = 'head' THEN elder ELSE 0 END), 0)
  FROM household_member
 WHERE household = :household AND state = :state AND ended_at IS NULL
   AND valid_from <= :day AND (valid_to IS NULL OR valid_to >= :day);

-- Those who are, or will be, in it.
-- :household_left
SELECT COUNT(*) FROM household_member
 WHERE household = :household AND state = 'confirmed' AND ended_at IS NULL
   AND (valid_to IS NULL OR valid_to >= :day);

-- :household_members_in
SELECT id FROM household_member
 WHERE household = :household AND state = :state AND ended_at IS NULL
   AND (valid_to IS NULL OR valid_to >= :day) ORDER BY id LIMIT 100;

-- :household_member_clash
SELECT household FROM household_member
 WHERE elder = :elder AND id <> :id AND state = 'confirmed' AND ended_at IS NULL
   AND (valid_to IS NULL OR valid_to >= :from) AND valid_from <= :until
 ORDER BY id LIMIT 1;

-- :household_other_head
SELECT COUNT(*) FROM household_member
 WHERE household = :household AND id <> :id AND role = 'head' AND state <> 'rejected'
   AND ended_at IS NULL AND (valid_to IS NULL OR valid_to >= :from);

-- :household_of_elder
SELECT id, household FROM household_member
 WHERE elder = :elder AND state <> 'rejected' AND ended_at IS NULL
   AND (valid_to IS NULL OR valid_to >= :day)
 ORDER BY CASE WHEN state = 'confirmed' THEN 0 ELSE 1 END, valid_from, id LIMIT 1;

-- --- proposing ---

-- Doors of two and more living elders, one of whom is in no household: one of those who are not.
-- :household_doors
SELECT MIN(CASE WHEN m.id IS NULL THEN e.id END) AS one
  FROM elder e
  LEFT JOIN household_member m ON m.elder = e.id AND m.ended_at IS NULL AND m.state <> 'rejected'
   AND (m.valid_to IS NULL OR m.valid_to >= :day)
 WHERE e.match_level = 'door' AND e.home_building IS NOT NULL AND e.room IS NOT NULL
   AND e.died_on IS NULL AND e.ended_at IS NULL
 GROUP BY e.home_building, COALESCE(e.home_entrance, 0), e.room
HAVING COUNT(DISTINCT e.id) > 1 AND MIN(CASE WHEN m.id IS NULL THEN e.id END) > :after
 ORDER BY one LIMIT :size;

-- Living elders behind one door who are in no household and were not refused there; which of
-- these homes are matched as far as the door is asked of the row (an index must not be tempted).
-- :household_at_door
SELECT e.id, e.match_level FROM elder e
 WHERE e.home_building = :building AND e.room = :room
   AND COALESCE(e.home_entrance, 0) = :entrance
   AND e.died_on IS NULL AND e.ended_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM household_member m WHERE m.elder = e.id AND m.ended_at IS NULL
                      AND m.state <> 'rejected' AND (m.valid_to IS NULL OR m.valid_to >= :day))
   AND NOT EXISTS (SELECT 1 FROM household_member m JOIN household h ON h.id = m.household
                    WHERE m.elder = e.id AND m.state = 'rejected'
                      AND h.home_building = e.home_building AND h.room = e.room)
 ORDER BY e.birth, e.id LIMIT :size;

-- :household_living_at
SELECT id FROM household
 WHERE home_building = :building AND room = :room AND COALESCE(home_entrance, 0) = :entrance
   AND state IN ('proposed', 'confirmed') AND ended_at IS NULL ORDER BY id LIMIT 1;

-- Elders with a booklet number who are in no household of it.
-- :household_numbered
SELECT e.id FROM elder e
 WHERE e.household_no IS NOT NULL AND e.died_on IS NULL AND e.ended_at IS NULL AND e.id > :after
   AND NOT EXISTS (SELECT 1 FROM household_member m WHERE m.elder = e.id AND m.ended_at IS NULL
                      AND m.state <> 'rejected' AND (m.valid_to IS NULL OR m.valid_to >= :day))
   AND NOT EXISTS (SELECT 1 FROM household_member m JOIN household h ON h.id = m.household
                    WHERE m.elder = e.id AND m.state = 'rejected' AND h.code = e.household_no)
 ORDER BY e.id LIMIT :size;

-- :household_of_number
SELECT id FROM household
 WHERE code = :code AND scope = :scope AND state IN ('proposed', 'confirmed')
   AND ended_at IS NULL ORDER BY id LIMIT 1;

-- :household_turning
SELECT DISTINCT household FROM household_member
 WHERE state = 'confirmed' AND ended_at IS NULL AND household > :after
   AND (valid_from BETWEEN :since AND :day OR valid_to BETWEEN :since AND :day)
 ORDER BY household LIMIT :size;

-- --- what does not agree ---

-- Flags are bits: 1 living alone, 2 empty nest (care/elder, enum elder_flag).
-- :household_checks
SELECT id, household, elder, what, bits, people FROM (
    SELECT m.id, m.household, m.elder, e.flags AS bits, m.settled,
           h.members_n + COALESCE(h.others, 0) AS people,
           CASE WHEN (e.flags & 1) <> 0 AND h.members_n + COALESCE(h.others, 0) > 1
                THEN 'alone_not'
                WHEN (e.flags & 1) = 0 AND h.kind = 'alone' THEN 'alone_missing'
                WHEN (e.flags & 2) <> 0 AND COALESCE(h.others, 0) > 0 THEN 'nest_not'
                WHEN e.home_building <> h.home_building OR e.room <> h.room THEN 'door'
           END AS what
      FROM household_member m
      JOIN household h ON h.id = m.household
      JOIN elder e ON e.id = m.elder
     WHERE m.scope BETWEEN :low AND :high AND m.state = 'confirmed' AND m.ended_at IS NULL
       AND m.valid_from <= :day AND (m.valid_to IS NULL OR m.valid_to >= :day)
       AND h.state = 'confirmed' AND m.id > :after) AS t
 WHERE what IS NOT NULL AND what <> COALESCE(settled, 'nothing')
   AND (:what = 'nothing' OR what = :what)
 ORDER BY id LIMIT :size;

-- Nobody is in two households on one day.
-- :household_twice
SELECT a.id FROM household_member a
  JOIN household_member b ON b.elder = a.elder AND b.id > a.id
 WHERE a.state = 'confirmed' AND b.state = 'confirmed' AND a.ended_at IS NULL
   AND b.ended_at IS NULL AND (a.valid_to IS NULL OR a.valid_to >= b.valid_from)
   AND (b.valid_to IS NULL OR b.valid_to >= a.valid_from) LIMIT 100;
