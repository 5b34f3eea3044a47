-- organisation.sql - purpose queries about organisations.

-- :organisation_duty
SELECT COALESCE(o.duty_phone, o.phone), o.name
  FROM duty_area d JOIN organisation o ON o.id = d.org
 WHERE d.scope IN (:a, :b, :c) AND d.scope <> 0 AND d.ended_at IS NULL AND o.ended_at IS NULL
   AND (d.valid_from IS NULL OR d.valid_from <= :day)
   AND (d.valid_to IS NULL OR d.valid_to >= :day)
   AND COALESCE(o.duty_phone, o.phone) IS NOT NULL
 ORDER BY d.scope DESC, d.id DESC LIMIT 1;

-- :organisation_orders
SELECT COUNT(*),
       COALESCE(SUM(CASE WHEN state IN ('served', 'confirmed', 'rated') THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN state = 'not_met' THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN state = 'declined' THEN 1 ELSE 0 END), 0)
  FROM care_order
 WHERE org = :org AND day BETWEEN :from AND :today AND ended_at IS NULL;

-- :organisation_papers_due
SELECT COUNT(*) FROM paper
 WHERE org = :org AND valid_to IS NOT NULL AND valid_to <= :until AND ended_at IS NULL;

-- :organisation_carers
SELECT COUNT(*) FROM carer WHERE org = :org AND state = 'working' AND ended_at IS NULL;

-- :organisation_rating
SELECT COUNT(*), COALESCE(SUM(stars), 0) FROM rating WHERE org = :org AND ended_at IS NULL;
