-- recipient.sql - whom an organisation serves.

-- :recipients
SELECT e.id,
       (SELECT MAX(o.day) FROM care_order o
         WHERE o.elder = e.id AND o.org = :org AND o.day <= :today AND o.ended_at IS NULL
           AND o.state IN ('served', 'confirmed', 'rated', 'disputed')),
       (SELECT MIN(o.day) FROM care_order o
         WHERE o.elder = e.id AND o.org = :org AND o.day >= :today AND o.ended_at IS NULL
           AND o.state IN ('placed', 'accepted', 'assigned', 'under_way')),
       (SELECT COUNT(*) FROM standing_order s
         WHERE s.elder = e.id AND s.org = :org AND s.state = 'active' AND s.ended_at IS NULL),
       (SELECT MAX(a.valid_to) FROM agreement a
         WHERE a.elder = e.id AND a.org = :org AND a.state = 'active' AND a.ended_at IS NULL),
       (SELECT COUNT(*) FROM package_plan p
         WHERE p.elder = e.id AND p.org = :org AND p.state = 'active' AND p.ended_at IS NULL),
       (SELECT COUNT(*) FROM pause u
         WHERE u.elder = e.id AND u.state = 'active' AND u.from_day <= :today
           AND (u.until_day IS NULL OR u.until_day >= :today) AND u.ended_at IS NULL)
  FROM (SELECT elder FROM agreement
         WHERE org = :org AND state = 'active' AND ended_at IS NULL
         UNION
        SELECT elder FROM care_order
         WHERE org = :org AND day >= :since AND elder IS NOT NULL
           AND state NOT IN ('draft', 'declined', 'cancelled')) served
  JOIN elder e ON e.id = served.elder
 WHERE e.died_on IS NULL AND e.ended_at IS NULL
 ORDER BY e.id LIMIT 20001;
