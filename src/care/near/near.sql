-- near.sql - what the directory is built from.

-- :near_places
SELECT p.id, p.org, p.scope, p.name, p.kind, p.lat, p.lon, p.address, p.phone, p.hours,
       p.closed_on, p.closed_until, p.price_low, p.price_high, p.beds_free, p.rating_scheme,
       p.rating_level, p.rating_until, p.verified_at, o.name,
       p.founded, p.operated, p.medical, COALESCE(p.levels, 0), COALESCE(p.accessible, 0),
       p.verify_until
  FROM place p LEFT JOIN organisation o ON o.id = p.org
 WHERE p.state = 'published' AND p.ended_at IS NULL ORDER BY p.id LIMIT 1000000;

-- :near_offers
SELECT o.id, COALESCE(o.place, (SELECT MIN(p.id) FROM place p
                                 WHERE p.org = o.org AND p.state = 'published'
                                   AND p.ended_at IS NULL)) AS at_place,
       o.name, o.price, o.item, i.unit, i.category, i.door
  FROM offer o JOIN catalogue_item i ON i.id = o.item
 WHERE o.state = 'published' AND o.ended_at IS NULL AND i.ended_at IS NULL
 ORDER BY at_place, o.price, o.id LIMIT 2000000;

-- :near_sink_scopes
SELECT DISTINCT scope FROM parameter
 WHERE name IN ('near.sink_after_days', 'near.sink_minutes') AND scope > 0 AND ended_at IS NULL
 ORDER BY scope LIMIT 100000;

-- :near_items
SELECT id, name, plain_name, category, door FROM catalogue_item
 WHERE ended_at IS NULL ORDER BY id LIMIT 10000;

-- :near_compounds
SELECT id, scope, name, aliases, lat, lon FROM compound
 WHERE ended_at IS NULL ORDER BY id LIMIT 500000;

-- :near_gates
SELECT compound, lat, lon, night_closed, open_min, close_min FROM gate
 WHERE ended_at IS NULL AND state = 'open' ORDER BY compound, id LIMIT 2000000;

-- :near_divisions
SELECT id, scope, name, lat, lon FROM division
 WHERE ended_at IS NULL ORDER BY scope LIMIT 200000;

-- :near_notices
SELECT id, scope, title, show_from, show_to FROM notice
 WHERE state = 'published' AND ended_at IS NULL ORDER BY id DESC LIMIT 2000;

-- :near_known
SELECT id, question, keywords, expires_on FROM knowledge_item
 WHERE state = 'published' AND ended_at IS NULL ORDER BY id DESC LIMIT 2000;

-- :near_duties
SELECT d.scope, p.id
  FROM duty_area d JOIN place p ON p.org = d.org
 WHERE d.ended_at IS NULL AND (d.valid_from IS NULL OR d.valid_from <= :today)
   AND (d.valid_to IS NULL OR d.valid_to >= :today)
   AND p.kind = 'station' AND p.state = 'published' AND p.ended_at IS NULL
 ORDER BY d.scope, p.id LIMIT 100000;
