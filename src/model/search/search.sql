-- search.sql - entries of rows.

-- :search_buckets
WITH RECURSIVE b (n) AS (
    SELECT min(bucket) FROM search_entry WHERE entity = :entity AND bucket >= :low
    UNION ALL
    SELECT (SELECT min(bucket) FROM search_entry WHERE entity = :entity AND bucket > b.n)
      FROM b WHERE b.n < :high
)
SELECT n FROM b WHERE n <= :high;

-- :search_mark
SELECT count(*) FROM search_entry
 WHERE entity = '.' AND bucket = 0 AND rank = 0 AND key = :key AND scope = 0 AND row_id = 0;

-- :search_mark_set
INSERT INTO search_entry (entity, bucket, rank, key, scope, row_id)
VALUES ('.', 0, 0, :key, 0, 0);

-- :search_empty
DELETE FROM search_entry;

-- :search_first_form_drop
DROP TABLE IF EXISTS search_key;
