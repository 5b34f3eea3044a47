-- event.sql - what changed, and how readers see it.
-- What changed. On PostgreSQL a row's place is (transaction number << 20) + its number within the
-- transaction, so that places grow in the order in which transactions become old enough to read:
-- a plain sequence gives numbers to transactions that commit later than their successors.
-- event_base lifts the places of a database that was restored into another server.

-- :event_add_counted sqlite only
INSERT INTO event (entity, row_id, action, scope, org, account, at)
VALUES (:entity, :row_id, :action, :scope, :org, :account, :at);

-- :event_add_numbered pg only
INSERT INTO event (seq, entity, row_id, action, scope, org, account, at)
VALUES ((pg_current_xact_id()::text::bigint << 20) + :n
        + coalesce((SELECT value FROM store_state WHERE name = 'event_base'), 0),
        :entity, :row_id, :action, :scope, :org, :account, :at);

-- :event_after sqlite
SELECT seq, entity, row_id, action, scope, org, account, at
  FROM event WHERE seq > :seq ORDER BY seq LIMIT :n;

-- :event_after pg
SELECT seq, entity, row_id, action, scope, org, account, at
  FROM event
 WHERE seq > :seq
   AND seq < (pg_snapshot_xmin(pg_current_snapshot())::text::bigint << 20)
             + coalesce((SELECT value FROM store_state WHERE name = 'event_base'), 0)
 ORDER BY seq LIMIT :n;

-- :event_last sqlite
SELECT max(seq) FROM event;

-- :event_last pg
SELECT max(seq) FROM event
 WHERE seq < (pg_snapshot_xmin(pg_current_snapshot())::text::bigint << 20)
             + coalesce((SELECT value FROM store_state WHERE name = 'event_base'), 0);

-- :event_first
SELECT min(seq) FROM event;

-- :event_trim
DELETE FROM event
 WHERE at < :before
   AND seq <= (SELECT max(seq) FROM (SELECT seq FROM event ORDER BY seq LIMIT :n) AS oldest)
   AND seq < (SELECT max(seq) FROM event);

-- A number that differs when somebody else has committed something.

-- :bell_version sqlite
PRAGMA data_version;

-- :bell_version pg
SELECT max(seq) FROM event
 WHERE seq < (pg_snapshot_xmin(pg_current_snapshot())::text::bigint << 20)
             + coalesce((SELECT value FROM store_state WHERE name = 'event_base'), 0);

-- A database that other means than a restore brought to a younger server (pg_dump, a copy): its
-- events must not lie before those to come. Changes nothing where all is well.
-- :event_lift pg only
INSERT INTO store_state (name, value)
SELECT 'event_base', max(seq) FROM event
HAVING max(seq) >= (pg_current_xact_id()::text::bigint << 20)
       + coalesce((SELECT value FROM store_state WHERE name = 'event_base'), 0)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;
