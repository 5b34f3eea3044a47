-- verify.sql - what is due to be asked about again, and how fresh the directory is.

-- :verify_places_due
SELECT id FROM place p
 WHERE state = 'published' AND verify_until <= :until AND ended_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM verification v WHERE v.place = p.id AND v.state = 'open')
 ORDER BY verify_until, id LIMIT 100;

-- :verify_orgs_due
SELECT id FROM organisation o
 WHERE state = 'published' AND verify_until <= :until AND ended_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM verification v
                    WHERE v.org = o.id AND v.place IS NULL AND v.state = 'open')
 ORDER BY verify_until, id LIMIT 100;

-- What is read out: thirty fit on the telephone.
-- :verify_offers_of_place
SELECT offer.name, offer.price, catalogue_item.unit FROM offer
  JOIN catalogue_item ON catalogue_item.id = offer.item
 WHERE offer.place = :place AND offer.state = 'published' AND offer.ended_at IS NULL
 ORDER BY offer.id LIMIT 30;

-- :verify_offers_of_org
SELECT offer.name, offer.price, catalogue_item.unit FROM offer
  JOIN catalogue_item ON catalogue_item.id = offer.item
 WHERE offer.org = :org AND offer.place IS NULL AND offer.state = 'published'
   AND offer.ended_at IS NULL
 ORDER BY offer.id LIMIT 30;

-- :verify_freshness
SELECT COUNT(*), COALESCE(SUM(CASE WHEN verify_until < :today THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN verify_until IS NULL THEN 1 ELSE 0 END), 0),
       MIN(verified_at)
  FROM place
 WHERE state = 'published' AND scope BETWEEN :low AND :high AND ended_at IS NULL;

-- :verify_divisions
SELECT id, name, scope FROM division
 WHERE parent = :parent AND ended_at IS NULL ORDER BY scope LIMIT 200;

-- :verify_open_twice
SELECT place FROM verification WHERE state = 'open' AND place IS NOT NULL AND ended_at IS NULL
 GROUP BY place HAVING COUNT(*) > 1 LIMIT 100;
