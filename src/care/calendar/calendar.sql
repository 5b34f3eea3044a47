-- calendar.sql - purpose queries about the calendar.

-- :calendar_all
SELECT day, kind FROM calendar_day WHERE ended_at IS NULL ORDER BY day LIMIT 20000;

-- :calendar_one
SELECT day, kind FROM calendar_day WHERE day = :day AND ended_at IS NULL;

-- :calendar_has
SELECT COUNT(*) FROM calendar_day WHERE day = :day AND ended_at IS NULL;

-- :calendar_days
SELECT day, kind, COALESCE(name, '') AS name, COALESCE(source, '') AS source, id FROM calendar_day
 WHERE day >= :from AND day <= :to AND ended_at IS NULL ORDER BY day LIMIT 20000;
