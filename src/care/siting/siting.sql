-- siting.sql - what may be built where.

-- :siting_properties
SELECT id, name, kind, scope, lat, lon, area_m2, rent, cost FROM property
 WHERE state = 'idle' AND ended_at IS NULL AND scope BETWEEN :low AND :high
 ORDER BY id LIMIT :size;
