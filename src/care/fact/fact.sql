-- fact.sql - facts around a day, and those whose day has come.

-- :fact_before
SELECT id FROM elder_fact
 WHERE elder = :elder AND kind = :kind AND (:flag = '' OR value = :flag) AND valid_from < :from
   AND (valid_to IS NULL OR valid_to >= :from) AND ended_at IS NULL
 ORDER BY valid_from DESC LIMIT 1;

-- :fact_after
SELECT MIN(valid_from) FROM elder_fact
 WHERE elder = :elder AND kind = :kind AND (:flag = '' OR value = :flag) AND valid_from > :from
   AND ended_at IS NULL;

-- :fact_on_day
SELECT MAX(id) FROM elder_fact
 WHERE elder = :elder AND kind = :kind AND (:flag = '' OR value = :flag) AND valid_from = :from
   AND id <> :id AND ended_at IS NULL;

-- :fact_until
SELECT MAX(id) FROM elder_fact
 WHERE elder = :elder AND kind = :kind AND (:flag = '' OR value = :flag) AND valid_to = :until
   AND ended_at IS NULL;

-- :facts_today
SELECT id FROM elder_fact
 WHERE elder = :elder AND kind = :kind AND (:flag = '' OR value = :flag) AND valid_from <= :day
   AND (valid_to IS NULL OR valid_to >= :day) AND ended_at IS NULL
 ORDER BY valid_from DESC, id DESC LIMIT 1;

-- :facts_of_kind
SELECT COUNT(*) FROM elder_fact
 WHERE elder = :elder AND kind = :kind AND (:flag = '' OR value = :flag) AND ended_at IS NULL;

-- Facts that began or ended since the last turn.
-- :facts_turning
SELECT id FROM elder_fact
 WHERE ((valid_from > :since AND valid_from <= :today)
        OR (valid_to >= :since AND valid_to < :today))
   AND id > :after AND ended_at IS NULL ORDER BY id LIMIT 100;

-- :events_of_death
SELECT COUNT(*) FROM elder_event
 WHERE elder = :elder AND kind = 'died' AND state = 'noted' AND id <> :id AND ended_at IS NULL;

-- :agreements_running
SELECT id, version FROM agreement
 WHERE elder = :elder AND state = 'active' AND ended_at IS NULL ORDER BY id LIMIT 20;

-- :facts_overlap
SELECT a.id FROM elder_fact a JOIN elder_fact b
    ON b.elder = a.elder AND b.kind = a.kind AND b.id > a.id
 WHERE a.ended_at IS NULL AND b.ended_at IS NULL AND (a.kind <> 'flag' OR a.value = b.value)
   AND a.valid_from <= COALESCE(b.valid_to, 99999999)
   AND b.valid_from <= COALESCE(a.valid_to, 99999999)
 LIMIT 100;

-- :died_without_event
SELECT e.id FROM elder_event v JOIN elder e ON e.id = v.elder
 WHERE v.kind = 'died' AND v.state = 'noted' AND v.ended_at IS NULL AND e.died_on IS NULL LIMIT 100;

-- Deaths that became known since yesterday, and those of them that happened earlier.
-- :figure_deaths
SELECT COUNT(*), COALESCE(SUM(CASE WHEN happened_on < :yesterday THEN 1 ELSE 0 END), 0)
  FROM elder_event
 WHERE known_on BETWEEN :yesterday AND :today AND kind = 'died' AND state = 'noted'
   AND scope BETWEEN :low AND :high AND ended_at IS NULL;

-- By its days, not by its scope: the plus keeps SQLite from reading every elder of a district.
-- :figure_moves
SELECT COUNT(*) FROM elder
 WHERE moved_on BETWEEN :yesterday AND :today AND +scope BETWEEN :low AND :high
   AND ended_at IS NULL;
