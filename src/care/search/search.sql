-- search.sql - elders by their door.

-- :search_doors
SELECT id, building, entrance, room FROM elder
 WHERE compound = :compound AND ended_at IS NULL ORDER BY id LIMIT 4000;
