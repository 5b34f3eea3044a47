-- parameter.sql - what a parameter is, here and then.

-- :parameter_value
SELECT value, id, scope, valid_from FROM parameter
 WHERE name = :name AND scope IN (:a, :b, :c, :d, :e, 0) AND ended_at IS NULL
   AND valid_from <= :day AND (valid_to IS NULL OR valid_to >= :day)
 ORDER BY scope DESC, valid_from DESC, id DESC LIMIT 1;

-- :parameter_has
SELECT COUNT(*) FROM parameter WHERE name = :name AND ended_at IS NULL;

-- The living versions of a name at one place, but for one; what has no end ends on :never.
-- :parameter_versions
SELECT id, valid_from, COALESCE(valid_to, :never) AS valid_to,
       CASE WHEN gap_reason IS NULL THEN 0 ELSE 1 END AS stated
  FROM parameter
 WHERE name = :name AND scope = :scope AND ended_at IS NULL AND id <> :id
 ORDER BY valid_from, id LIMIT 400;

-- :parameter_before
SELECT id FROM parameter
 WHERE name = :name AND scope = :scope AND ended_at IS NULL AND valid_from < :from
 ORDER BY valid_from DESC, id DESC LIMIT 1;

-- :parameter_names
SELECT name, COUNT(*) AS versions,
       SUM(CASE WHEN status = 'unchecked' THEN 1 ELSE 0 END) AS unchecked,
       COUNT(DISTINCT scope) AS places, MIN(CASE WHEN valid_from > :day THEN valid_from END) AS next
  FROM parameter WHERE ended_at IS NULL GROUP BY name ORDER BY name LIMIT 2000;
