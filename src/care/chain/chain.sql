-- chain.sql - who may be meant by a line, and what stands already.

-- Who has eaten from this station within some weeks, with what a title or a door asks for.
-- :chain_diners
SELECT e.id, e.name, e.gender, e.building, e.entrance, e.room FROM elder e
 WHERE e.died_on IS NULL AND e.ended_at IS NULL
   AND e.id IN (SELECT o.elder FROM care_order o
                 WHERE o.org = :org AND o.sitting <> 'none' AND o.day >= :from
                   AND o.state NOT IN ('draft', 'declined', 'cancelled') AND o.ended_at IS NULL)
 ORDER BY e.id LIMIT 2000;

-- How she had her last meal.
-- :chain_last_way
SELECT way FROM care_order
 WHERE elder = :elder AND org = :org AND sitting <> 'none' AND way <> 'none'
   AND state NOT IN ('draft', 'declined', 'cancelled') AND ended_at IS NULL
 ORDER BY day DESC, id DESC LIMIT 1;

-- Her meal of that day and sitting that stands at the station.
-- :chain_standing
SELECT id FROM care_order
 WHERE elder = :elder AND org = :org AND day = :day AND sitting = :sitting
   AND state IN ('placed', 'accepted', 'assigned') AND ended_at IS NULL
 ORDER BY id LIMIT 1;

-- What earlier pastes placed for the day and still stands.
-- :chain_placed
SELECT l.care_order, l.elder FROM chain_line l JOIN care_order o ON o.id = l.care_order
 WHERE l.org = :org AND l.day = :day AND l.sitting = :sitting AND l.ended_at IS NULL
   AND o.state IN ('placed', 'accepted', 'assigned')
 ORDER BY l.id LIMIT 500;

-- The meals of a station, eaten there or brought.
-- :chain_offers
SELECT f.id FROM offer f JOIN catalogue_item i ON i.id = f.item
 WHERE f.org = :org AND f.state = 'published' AND f.ended_at IS NULL AND i.category = 'meal'
   AND i.at_home = :at_home
 ORDER BY f.id LIMIT 20;
