-- open311.sql - whose key, and what may be listed.

-- :client_by_key
SELECT id FROM open311_client WHERE key_hash = :key_hash AND ended_at IS NULL LIMIT 1;

-- Newest first: what is public, and all of the client that asks (0: none).
-- :open311_requests
SELECT id FROM request
 WHERE channel = 'open311' AND came_at >= :since AND came_at < :until AND ended_at IS NULL
   AND (client = :client OR (hidden = 0 AND elder IS NULL AND care_order IS NULL))
 ORDER BY came_at DESC, id DESC LIMIT 1000;

-- :open311_request
SELECT id FROM request
 WHERE number = :number AND channel = 'open311' AND ended_at IS NULL LIMIT 1;
