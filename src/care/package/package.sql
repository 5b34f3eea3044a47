-- package.sql - packages, their items and editions, plans and what belongs to them.

-- A draft's item may be taken out by 0 times.
-- :package_items
SELECT * FROM package_item
 WHERE service_package = :service_package AND times > 0 AND ended_at IS NULL
 ORDER BY id LIMIT 12;

-- :package_next
SELECT id FROM service_package WHERE replaces = :replaces AND ended_at IS NULL LIMIT 1;

-- The edition that is published after this one, if it has begun.
-- :package_follower
SELECT id FROM service_package
 WHERE replaces = :replaces AND state = 'published' AND valid_from <= :day AND ended_at IS NULL
 LIMIT 1;

-- What may be signed up for on a day: the government's, those of a street's organisations, and of
-- those that she has signed with.
-- :packages_open
SELECT * FROM service_package
 WHERE state = 'published' AND valid_from <= :day AND (valid_to IS NULL OR valid_to >= :day)
   AND ended_at IS NULL
   AND (org IS NULL OR scope BETWEEN :low AND :high
        OR org IN (SELECT org FROM agreement WHERE elder = :elder AND state = 'active'))
 ORDER BY CASE WHEN org IS NULL THEN 0 ELSE 1 END, id LIMIT 60;

-- Who offers every item of a package: hers first, then those of her street.
-- :package_servers
SELECT offer.org AS org FROM offer
  JOIN package_item ON package_item.item = offer.item
  JOIN organisation ON organisation.id = offer.org AND organisation.state = 'published'
 WHERE package_item.service_package = :service_package AND package_item.times > 0
   AND package_item.ended_at IS NULL AND offer.state = 'published' AND offer.ended_at IS NULL
 GROUP BY offer.org HAVING COUNT(DISTINCT offer.item) = :items
 ORDER BY MAX(CASE WHEN EXISTS (SELECT 1 FROM agreement
                                 WHERE agreement.elder = :elder AND agreement.org = offer.org
                                   AND agreement.state = 'active') THEN 0
                   WHEN offer.scope BETWEEN :low AND :high THEN 1 ELSE 2 END), offer.org
 LIMIT 6;

-- :plan_offer
SELECT * FROM offer
 WHERE item = :item AND state = 'published' AND org = :org AND ended_at IS NULL
 ORDER BY id LIMIT 1;

-- A plan of the same name at the same time.
-- :plan_same
SELECT package_plan.id FROM package_plan
  JOIN service_package ON service_package.id = package_plan.service_package
 WHERE package_plan.elder = :elder AND package_plan.state IN ('asked', 'active')
   AND package_plan.from_day <= :until_day AND package_plan.until_day >= :from_day
   AND service_package.name = :name AND package_plan.ended_at IS NULL LIMIT 1;

-- :plan_lines
SELECT * FROM package_line WHERE plan = :plan AND ended_at IS NULL ORDER BY id LIMIT 12;

-- :plan_standings
SELECT id FROM standing_order
 WHERE plan = :plan AND state IN ('asked', 'active') AND ended_at IS NULL ORDER BY id LIMIT 24;

-- Terms that are over, and those of the dead.
-- :plan_past
SELECT package_plan.id AS id, package_plan.version AS version FROM package_plan
  JOIN elder ON elder.id = package_plan.elder
 WHERE package_plan.state IN ('asked', 'active') AND package_plan.id > :after
   AND (package_plan.until_day < :today OR elder.died_on IS NOT NULL)
   AND package_plan.ended_at IS NULL
 ORDER BY package_plan.id LIMIT 100;

-- A published item without its rule, or one that somebody else than the package says pays for.
-- :package_rules_check
SELECT package_item.id AS id FROM package_item
  JOIN service_package ON service_package.id = package_item.service_package
  LEFT JOIN quota_rule ON quota_rule.id = package_item.quota_rule
 WHERE service_package.state = 'published' AND package_item.times > 0
   AND package_item.ended_at IS NULL
   AND (quota_rule.id IS NULL
        OR (quota_rule.payer = 'government') <> (service_package.payer = 'government')) LIMIT 100;
