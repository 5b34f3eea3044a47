-- address.sql - what the index of addresses is built from.

-- :address_divisions
SELECT id, scope, level, name, lat, lon FROM division
 WHERE ended_at IS NULL ORDER BY scope LIMIT 1000000;

-- :address_compounds
SELECT id, scope, division, name, aliases, address, lat, lon FROM compound
 WHERE ended_at IS NULL ORDER BY id LIMIT 1000000;

-- :address_buildings
SELECT id, compound, name, aliases, lat, lon FROM building
 WHERE ended_at IS NULL ORDER BY id LIMIT 5000000;

-- :address_entrances
SELECT id, building, name, lat, lon FROM entrance
 WHERE ended_at IS NULL ORDER BY id LIMIT 20000000;

-- :address_aliases
SELECT text, compound, COALESCE(building, 0) FROM address_alias
 WHERE state = 'active' AND ended_at IS NULL ORDER BY id LIMIT 1000000;
