-- figure.sql - the numbers of one scope range; each has an index that holds all it reads.

-- :figure_visits_overdue
SELECT COUNT(*) FROM visit
 WHERE day = :today AND state = 'planned' AND scope BETWEEN :low AND :high AND start_min <= :late
   AND seat <> 'second' AND ended_at IS NULL;

-- :figure_not_met
SELECT COUNT(*) FROM visit
 WHERE day = :yesterday AND state = 'not_met' AND scope BETWEEN :low AND :high
   AND seat <> 'second' AND ended_at IS NULL;

-- :figure_orders_waiting
SELECT COUNT(*) FROM care_order
 WHERE state = 'placed' AND scope BETWEEN :low AND :high AND created_at <= :waiting
   AND ended_at IS NULL;

-- What was due and not called off beforehand; refusals and cancellations stand apart.
-- :figure_served
SELECT COALESCE(SUM(CASE WHEN state IN ('served', 'confirmed', 'rated', 'disputed')
                         THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN state NOT IN ('draft', 'declined', 'cancelled')
                         THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN state = 'not_met' THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN state IN ('placed', 'accepted', 'assigned', 'under_way')
                         THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN state = 'cancelled' AND told = 'refused' THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN state = 'cancelled' AND told <> 'refused' THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN state = 'declined' THEN 1 ELSE 0 END), 0)
  FROM care_order
 WHERE day = :yesterday AND scope BETWEEN :low AND :high AND ended_at IS NULL;

-- :figure_places_closed
SELECT COUNT(*) FROM place
 WHERE state = 'published' AND scope BETWEEN :low AND :high AND closed_on <= :today
   AND closed_until >= :today AND ended_at IS NULL;

-- :figure_places_unverified
SELECT COUNT(*) FROM place
 WHERE state = 'published' AND scope BETWEEN :low AND :high AND verify_until <= :yesterday
   AND ended_at IS NULL;

-- :figure_papers_expiring
SELECT COUNT(*) FROM paper
 WHERE valid_to BETWEEN :today AND :soon AND scope BETWEEN :low AND :high AND ended_at IS NULL;

-- :figure_elders
SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT),
       CAST(COALESCE(SUM(CASE WHEN residence = 'registered' THEN n ELSE 0 END), 0) AS BIGINT),
       CAST(COALESCE(SUM(CASE WHEN residence = 'resident' THEN n ELSE 0 END), 0) AS BIGINT),
       CAST(COALESCE(SUM(CASE WHEN residence = 'floating' THEN n ELSE 0 END), 0) AS BIGINT)
  FROM (SELECT residence, COUNT(*) AS n
          FROM elder
         WHERE scope BETWEEN :low AND :high AND ended_at IS NULL AND died_on IS NULL
         GROUP BY scope, residence) living;

-- :figure_domain_offers
SELECT catalogue_item.domain, COUNT(*)
  FROM offer JOIN catalogue_item ON catalogue_item.id = offer.item
 WHERE offer.state = 'published' AND offer.scope BETWEEN :low AND :high
   AND offer.ended_at IS NULL
 GROUP BY catalogue_item.domain;

-- By its days, not by its scope (the plus): an index holds all that it reads.
-- :figure_domain_orders
SELECT catalogue_item.domain, COUNT(*),
       SUM(CASE WHEN care_order.state IN ('served', 'confirmed', 'rated', 'disputed')
                THEN 1 ELSE 0 END)
  FROM care_order JOIN catalogue_item ON catalogue_item.id = care_order.item
 WHERE care_order.day BETWEEN :from AND :today AND +care_order.scope BETWEEN :low AND :high
   AND care_order.state NOT IN ('draft', 'declined', 'cancelled')
   AND care_order.ended_at IS NULL
 GROUP BY catalogue_item.domain;

-- :figure_domain_items
SELECT domain, id FROM catalogue_item ORDER BY domain, id LIMIT 500;

-- :figure_meal_items
SELECT id FROM catalogue_item WHERE category = 'meal' AND ended_at IS NULL ORDER BY id LIMIT 20;

-- Meal orders, and what became of them.
-- :figure_meals
SELECT COUNT(*),
       COALESCE(SUM(CASE WHEN o.state IN ('served', 'confirmed', 'rated', 'disputed')
                         THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN o.state = 'not_met' THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN o.state IN ('placed', 'accepted', 'assigned', 'under_way')
                         THEN 1 ELSE 0 END), 0)
  FROM care_order o JOIN catalogue_item i ON i.id = o.item
 WHERE o.day = :yesterday AND o.scope BETWEEN :low AND :high AND o.ended_at IS NULL
   AND i.category = 'meal' AND o.state NOT IN ('draft', 'declined', 'cancelled');

-- :figure_divisions_below
SELECT id, name, scope FROM division
 WHERE parent = :parent AND ended_at IS NULL ORDER BY scope LIMIT 60;
