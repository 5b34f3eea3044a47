-- place.sql - what the page of a place shows to everybody.

-- :place_papers
SELECT kind, number, issued_by, valid_to FROM paper
 WHERE org = :org AND carer IS NULL AND ended_at IS NULL ORDER BY kind, id LIMIT 30;

-- :place_fees
SELECT id, name, unit, price, note FROM fee_item
 WHERE place = :place AND ended_at IS NULL ORDER BY id LIMIT 60;

-- :place_offers
SELECT o.id, o.name, o.price, o.unit_note, o.lead_min, o.description, i.id, i.plain_name, i.unit,
       i.duration_min, i.category, i.at_home, i.gender_matters, i.errand, i.carers
  FROM offer o JOIN catalogue_item i ON i.id = o.item
 WHERE o.state = 'published' AND o.ended_at IS NULL
   AND (o.place = :place OR (o.place IS NULL AND o.org = :org))
 ORDER BY i.category, o.price, o.id LIMIT 100;

-- :place_rating
SELECT COUNT(*), COALESCE(SUM(stars), 0) FROM rating
 WHERE (place = :place OR org = :org) AND ended_at IS NULL;

-- :place_rating_latest
SELECT stars, words, reply, created_at FROM rating
 WHERE (place = :place OR org = :org) AND ended_at IS NULL AND words IS NOT NULL
 ORDER BY id DESC LIMIT 5;

-- :place_carers
SELECT id, name, gender, skills FROM carer
 WHERE org = :org AND state = 'working' AND ended_at IS NULL
   AND (works_at IS NULL OR works_at = :place) ORDER BY id LIMIT 30;

-- :place_notices
SELECT id, title, show_from FROM notice
 WHERE state = 'published' AND ended_at IS NULL AND scope IN (:a, :b, :c, :d, :e)
   AND (show_from IS NULL OR show_from <= :today) AND (show_to IS NULL OR show_to >= :today)
 ORDER BY id DESC LIMIT 5;

-- :place_photos
SELECT t.id, t.alt FROM place_photo t
 WHERE t.place = :place AND t.state = 'published' AND t.ended_at IS NULL
   AND EXISTS (SELECT 1 FROM file f WHERE f.entity = 'place_photo' AND f.row_id = t.id
                  AND f.hash = t.picture AND f.ended_at IS NULL)
 ORDER BY t.id LIMIT 12;

-- The pictures attached to a photo of a place.
-- :photo_pictures
SELECT hash FROM file
 WHERE entity = 'place_photo' AND row_id = :photo AND ended_at IS NULL AND sealed = 0
   AND type IN ('image/jpeg', 'image/png') ORDER BY id LIMIT 2;

-- The file of a photo that everybody may see: both it and its place are published.
-- :photo_shown
SELECT t.picture FROM place_photo t
  JOIN place p ON p.id = t.place
  JOIN file f ON f.entity = 'place_photo' AND f.row_id = t.id AND f.hash = t.picture
 WHERE t.id = :photo AND t.place = :place AND t.state = 'published' AND t.ended_at IS NULL
   AND p.state = 'published' AND p.ended_at IS NULL AND f.ended_at IS NULL AND f.sealed = 0 LIMIT 1;
