-- printing.sql - what stands on printed forms.

-- The served visits of a month, with the door they went to; C puts them in building order.
-- :printing_month_visits
SELECT v.id, v.care_order, v.elder, k.name, e.building, e.entrance, o.for_name, o.for_address
  FROM visit v JOIN care_order o ON o.id = v.care_order
  LEFT JOIN elder e ON e.id = v.elder
  LEFT JOIN compound k ON k.id = COALESCE(e.compound, o.for_compound)
 WHERE v.org = :org AND v.day >= :first AND v.day < :next AND v.state = 'done'
   AND v.ended_at IS NULL
 ORDER BY v.day, v.start_min, v.id LIMIT 3001;

-- Codes of a month that wait to be hung up, with their doors; C puts them in building order.
-- :printing_doors
SELECT d.id, d.elder, k.name, e.building, e.entrance, e.address, e.name
  FROM door_code d JOIN elder e ON e.id = d.elder LEFT JOIN compound k ON k.id = e.compound
 WHERE d.org = :org AND d.kind = 'door' AND d.state = 'made' AND d.ended_at IS NULL
   AND d.valid_from < :next AND (d.valid_to IS NULL OR d.valid_to >= :first)
   AND (:compound IS NULL OR e.compound = :compound)
   AND (:building IS NULL OR e.home_building = :building)
 ORDER BY d.id LIMIT 2001;

-- :printing_card_contacts
SELECT id FROM contact WHERE elder = :elder AND ended_at IS NULL
 ORDER BY emergency DESC, main DESC, id LIMIT 3;

-- The station she was served by last, else one of her community.
-- :printing_card_station
SELECT id FROM organisation
 WHERE ended_at IS NULL AND state = 'published' AND kind = 'station'
   AND (id = (SELECT org FROM care_order WHERE elder = :elder ORDER BY id DESC LIMIT 1)
        OR division = :division)
 ORDER BY CASE WHEN division = :division THEN 1 ELSE 0 END, id LIMIT 1;

-- :printing_card_carer
SELECT carer FROM visit WHERE elder = :elder AND state = 'done'
 ORDER BY day DESC, id DESC LIMIT 1;

-- :printing_run_stops
SELECT id FROM meal_stop
 WHERE run = :run AND state <> 'dropped' AND ended_at IS NULL ORDER BY seq, id LIMIT 60;

-- Where one eats in a street, the community's own first; cheapest lunch, cheapest brought.
-- :printing_tables
SELECT p.id, COALESCE(MIN(CASE WHEN i.at_home = 0 THEN o.price END), 0),
       COALESCE(MIN(CASE WHEN i.at_home = 1 THEN o.price END), 0)
  FROM place p JOIN offer o ON o.place = p.id JOIN catalogue_item i ON i.id = o.item
 WHERE p.scope BETWEEN :low AND :high AND p.state = 'published' AND p.ended_at IS NULL
   AND o.state = 'published' AND o.ended_at IS NULL AND i.category = 'meal'
 GROUP BY p.id, p.scope
 ORDER BY CASE WHEN p.scope = :here THEN 0 ELSE 1 END, p.id LIMIT 60;

-- :printing_dishes
SELECT name FROM dish
 WHERE place = :place AND day = :day AND sitting = 'lunch' AND ended_at IS NULL
 ORDER BY id LIMIT 12;
