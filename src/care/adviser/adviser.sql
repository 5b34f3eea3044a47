-- adviser.sql - what is sold near a home.

-- Published offers of a category whose place lies in a square around the home.
-- :adviser_offers
SELECT f.id, i.category, p.lat, p.lon FROM offer f
  JOIN catalogue_item i ON i.id = f.item JOIN place p ON p.id = f.place
 WHERE f.state = 'published' AND f.ended_at IS NULL AND p.state = 'published'
   AND p.lat BETWEEN :south AND :north AND p.lon BETWEEN :west AND :east
 ORDER BY f.id LIMIT 3000;
