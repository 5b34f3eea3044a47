-- suited.sql - what is offered round a home, and what she had.

-- Published offers of a district, the nearest place first.
-- :menu_offers
SELECT offer.id AS id FROM offer
  JOIN place ON place.id = offer.place AND place.state = 'published' AND place.ended_at IS NULL
 WHERE offer.state = 'published' AND offer.ended_at IS NULL
   AND offer.scope BETWEEN :low AND :high
 ORDER BY ABS(COALESCE(place.lat, 0) - :lat) + ABS(COALESCE(place.lon, 0) - :lon), offer.id
 LIMIT 300;

-- Her last order of each offer that came to an end.
-- :menu_before
SELECT MAX(id) AS last_id FROM care_order
 WHERE elder = :elder AND day >= :since AND state IN ('served', 'confirmed', 'rated')
   AND ended_at IS NULL
 GROUP BY offer ORDER BY last_id DESC LIMIT 20;
