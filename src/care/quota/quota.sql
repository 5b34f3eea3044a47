-- quota.sql - rules that hold, months, taking and giving back.

-- :quota_rules_on
SELECT * FROM quota_rule
 WHERE service_package IS NULL AND valid_from <= :day AND ended_at IS NULL
   AND (valid_to IS NULL OR valid_to >= :day)
 ORDER BY id LIMIT 200;

-- Of the packages that she has on a day; :org 0: whoever serves them.
-- :quota_rules_of_plans
SELECT quota_rule.* FROM package_plan
  JOIN quota_rule ON quota_rule.service_package = package_plan.service_package
 WHERE package_plan.elder = :elder AND package_plan.state = 'active'
   AND package_plan.from_day <= :day AND package_plan.until_day >= :day
   AND (:org = 0 OR package_plan.org = :org)
   AND package_plan.ended_at IS NULL AND quota_rule.ended_at IS NULL
 ORDER BY quota_rule.id LIMIT 16;

-- :quota_month
SELECT * FROM quota
 WHERE elder = :elder AND quota_rule = :quota_rule AND month = :month AND ended_at IS NULL;

-- The first use of a month makes its row, the others count up, never beyond what there is.
-- :quota_take
INSERT INTO quota (id, version, scope, created_at, elder, quota_rule, month, granted, carried, used)
VALUES (:id, 1, :scope, :created_at, :elder, :quota_rule, :month, :granted, :carried, :used)
ON CONFLICT (elder, quota_rule, month) WHERE ended_at IS NULL
DO UPDATE SET used = quota.used + excluded.used, version = quota.version + 1
        WHERE quota.used + excluded.used <= quota.granted + quota.carried
RETURNING *;

-- :quota_give_back
UPDATE quota SET used = used - :units, version = version + 1 WHERE id = :id AND used >= :units;

-- What an order has taken and not given back.
-- :quota_uses_of
SELECT quota, SUM(units) FROM quota_use WHERE care_order = :care_order
 GROUP BY quota HAVING SUM(units) > 0 ORDER BY quota LIMIT 1;

-- :quota_used_check
SELECT quota.id AS id FROM quota
 WHERE quota.used <> (SELECT COALESCE(SUM(units), 0) FROM quota_use
                       WHERE quota_use.quota = quota.id) LIMIT 100;

-- An order that stands and says a quota pays, without having taken from one; or one called off
-- that has not given back.
-- :quota_orders_check
SELECT care_order.id AS id FROM care_order
 WHERE (care_order.quota > 0 OR care_order.station_pay > 0)
   AND (care_order.state IN ('declined', 'cancelled')) =
       ((SELECT COALESCE(SUM(units), 0) FROM quota_use
          WHERE quota_use.care_order = care_order.id) > 0) LIMIT 100;
