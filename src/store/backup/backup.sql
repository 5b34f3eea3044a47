-- backup.sql - what a restore sets right.
-- What a restore sets right: numbers that the engine gives go on behind those that are there.

-- :backup_event_base pg only
INSERT INTO store_state (name, value)
SELECT 'event_base', coalesce(max(seq), 0) FROM event
ON CONFLICT (name) DO UPDATE SET value = excluded.value;
