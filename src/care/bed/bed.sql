-- bed.sql - beds and elders, street by street: a street's code ends in three noughts.

-- :bed_streets
SELECT id, name, scope FROM division
 WHERE level = 'street' AND scope BETWEEN :low AND :high AND ended_at IS NULL
 ORDER BY scope LIMIT 2000;

-- :bed_elders
SELECT scope - scope % 1000 AS street, COUNT(*) FROM elder
 WHERE scope BETWEEN :low AND :high AND ended_at IS NULL AND died_on IS NULL
 GROUP BY scope - scope % 1000;

-- :bed_places
SELECT scope - scope % 1000 AS street, CAST(SUM(beds_total) AS BIGINT),
       CAST(COALESCE(SUM(CASE WHEN beds_free IS NOT NULL THEN beds_total END), 0) AS BIGINT),
       CAST(COALESCE(SUM(CASE WHEN beds_free < beds_total THEN beds_total - beds_free
                              ELSE 0 END), 0) AS BIGINT),
       CAST(SUM(CASE WHEN beds_total = 0 THEN 1 ELSE 0 END) AS BIGINT), MIN(beds_at)
  FROM place
 WHERE kind = 'institution' AND state = 'published' AND scope BETWEEN :low AND :high
   AND ended_at IS NULL
 GROUP BY scope - scope % 1000;

-- The latest count of each street and class that has come.
-- :bed_counts
SELECT b.scope - b.scope % 1000 AS street, b.kind, b.have, COALESCE(b.used, -1), b.as_of, b.source
  FROM bed_count b
 WHERE b.scope BETWEEN :low AND :high AND b.as_of <= :today AND b.ended_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM bed_count n
                    WHERE n.division = b.division AND n.kind = b.kind AND n.as_of > b.as_of
                      AND n.as_of <= :today AND n.ended_at IS NULL)
 ORDER BY b.scope, b.kind LIMIT 10000;

-- :bed_count_that_day
SELECT COUNT(*) FROM bed_count
 WHERE division = :division AND kind = :kind AND as_of = :as_of AND id <> :but
   AND ended_at IS NULL;

-- Beds, elders, and the beds by class: the figure, whose share is counted by the thousand.
-- :bed_figure
SELECT CAST(i.n + s.n + h.n AS BIGINT), CAST(e.n AS BIGINT), CAST(i.n AS BIGINT),
       CAST(s.n AS BIGINT), CAST(h.n AS BIGINT)
  FROM (SELECT COALESCE(SUM(beds_total), 0) AS n FROM place
         WHERE kind = 'institution' AND state = 'published' AND scope BETWEEN :low AND :high
           AND ended_at IS NULL) i,
       (SELECT COALESCE(SUM(b.have), 0) AS n FROM bed_count b
         WHERE b.kind = 'station' AND b.scope BETWEEN :low AND :high AND b.as_of <= :today
           AND b.ended_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM bed_count n
                            WHERE n.division = b.division AND n.kind = b.kind
                              AND n.as_of > b.as_of AND n.as_of <= :today
                              AND n.ended_at IS NULL)) s,
       (SELECT COALESCE(SUM(b.have), 0) AS n FROM bed_count b
         WHERE b.kind = 'home' AND b.scope BETWEEN :low AND :high AND b.as_of <= :today
           AND b.ended_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM bed_count n
                            WHERE n.division = b.division AND n.kind = b.kind
                              AND n.as_of > b.as_of AND n.as_of <= :today
                              AND n.ended_at IS NULL)) h,
       (SELECT COUNT(*) AS n FROM elder
         WHERE scope BETWEEN :low AND :high AND ended_at IS NULL AND died_on IS NULL) e;
