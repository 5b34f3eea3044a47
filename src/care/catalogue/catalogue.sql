-- catalogue.sql - the catalogue as a citizen browses it.

-- :catalogue_all
SELECT i.category, i.id, i.name, i.plain_name, i.unit, i.duration_min,
       (SELECT MIN(o.price) FROM offer o
         WHERE o.item = i.id AND o.state = 'published' AND o.ended_at IS NULL) AS price_from,
       i.door
  FROM catalogue_item i WHERE i.ended_at IS NULL ORDER BY i.category, i.id LIMIT 500;
