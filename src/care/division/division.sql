-- division.sql - purpose queries about divisions.

-- :division_codes_used
SELECT COALESCE(MAX(scope), 0) FROM division WHERE scope BETWEEN :low AND :high;

-- :division_code_taken
SELECT COUNT(*) FROM division WHERE scope = :code;

-- :division_by_code
SELECT * FROM division WHERE scope = :code AND ended_at IS NULL LIMIT 1;

-- :division_inside
SELECT * FROM division
 WHERE level = :level AND scope BETWEEN :low AND :high AND ended_at IS NULL
   AND boundary IS NOT NULL
   AND lat BETWEEN :lat_low AND :lat_high AND lon BETWEEN :lon_low AND :lon_high
 ORDER BY (lat - :lat) * (lat - :lat) + (lon - :lon) * (lon - :lon) LIMIT 60;

-- :division_children
SELECT id, scope FROM division
 WHERE (parent = :parent OR (:parent = 0 AND parent IS NULL)) AND ended_at IS NULL
 ORDER BY id LIMIT 2;

-- :division_names
SELECT scope, name, level FROM division
 WHERE scope IN (:a, :b, :c, :d, :e) AND ended_at IS NULL ORDER BY scope LIMIT 10;

-- :division_outside_parent
SELECT d.id FROM division d JOIN division p ON p.id = d.parent
 WHERE d.scope <= p.scope OR d.level = p.level LIMIT 100;

-- :division_code_twice
SELECT scope FROM division GROUP BY scope HAVING COUNT(*) > 1 LIMIT 100;

-- :division_borders
SELECT id, name, boundary FROM division
 WHERE level = :level AND ended_at IS NULL AND boundary IS NOT NULL
   AND lat BETWEEN :south AND :north AND lon BETWEEN :west AND :east
 ORDER BY scope LIMIT :n;
