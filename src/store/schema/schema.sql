-- schema.sql - the catalog, and the log of migrations.
-- What the database has, and the log of what migrations did.

-- :catalog_columns sqlite
SELECT m.name AS table_name, p.name AS name, lower(p.type) AS type, p."notnull" AS not_null
  FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS p
 WHERE m.type = 'table' AND substr(m.name, 1, 7) <> 'sqlite_'
 ORDER BY m.name, p.cid;

-- :catalog_columns pg
SELECT t.relname::text AS table_name, a.attname::text AS name,
       format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS not_null
  FROM pg_class AS t JOIN pg_attribute AS a ON a.attrelid = t.oid
 WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind IN ('r', 'p')
   AND a.attnum > 0 AND NOT a.attisdropped
 ORDER BY t.relname, a.attnum;

-- :catalog_objects sqlite
SELECT type AS kind, tbl_name AS table_name, name, sql AS definition, 1 AS valid
  FROM sqlite_master
 WHERE sql IS NOT NULL AND substr(name, 1, 7) <> 'sqlite_'
 ORDER BY type, name;

-- :catalog_objects pg
SELECT 'index' AS kind, t.relname::text AS table_name, i.relname::text AS name,
       obj_description(i.oid, 'pg_class') AS definition, x.indisvalid AS valid
  FROM pg_index AS x JOIN pg_class AS i ON i.oid = x.indexrelid
       JOIN pg_class AS t ON t.oid = x.indrelid
 WHERE t.relnamespace = current_schema()::regnamespace AND NOT x.indisprimary
UNION ALL
SELECT 'constraint', t.relname::text, k.conname::text, obj_description(k.oid, 'pg_constraint'), true
  FROM pg_constraint AS k JOIN pg_class AS t ON t.oid = k.conrelid
 WHERE t.relnamespace = current_schema()::regnamespace AND k.contype IN ('c', 'f')
UNION ALL
SELECT 'trigger', t.relname::text, g.tgname::text, '', true
  FROM pg_trigger AS g JOIN pg_class AS t ON t.oid = g.tgrelid
 WHERE t.relnamespace = current_schema()::regnamespace AND NOT g.tgisinternal
 ORDER BY 1, 3;

-- :schema_log_add
INSERT INTO schema_log (at, step, number) VALUES (:at, :step, :number);

-- :schema_log_has
SELECT count(*) FROM schema_log WHERE step = :step;

-- :schema_log_number
SELECT number FROM schema_log WHERE number <> 0 ORDER BY id DESC LIMIT 1;

-- :schema_dangling sqlite only
SELECT count(*) FROM pragma_foreign_key_check;
