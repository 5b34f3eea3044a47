-- export.sql - what was taken out.

-- :export_mine
SELECT id FROM export_batch WHERE account = :account AND ended_at IS NULL
 ORDER BY id DESC LIMIT 30;

-- Also what was never made, because its worker died at its last try.
-- :export_to_expire
SELECT id FROM export_batch
 WHERE state IN ('done', 'waiting') AND expires_at < :now AND ended_at IS NULL
 ORDER BY id LIMIT 100;
