-- circle.sql - who lives around, by 100 m cells; one row of cells at a time.

-- :circle_people
SELECT cell, match_level, COUNT(*) FROM elder
 WHERE cell BETWEEN :west AND :east AND scope BETWEEN :low AND :high
   AND ended_at IS NULL AND died_on IS NULL
 GROUP BY cell, match_level ORDER BY cell;
