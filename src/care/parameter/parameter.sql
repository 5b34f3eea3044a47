-- parameter.sql - what a parameter is, here and then.

-- :parameter_value
SELECT value FROM parameter
 WHERE name = :name AND scope IN (:a, :b, :c, :d, :e, 0) AND ended_at IS NULL
   AND valid_from <= :day AND (valid_to IS NULL OR valid_to >= :day)
 ORDER BY scope DESC, valid_from DESC, id DESC LIMIT 1;

-- :parameter_has
SELECT COUNT(*) FROM parameter WHERE name = :name AND ended_at IS NULL;
