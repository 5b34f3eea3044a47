-- escort.sql - who may act for her, and the escorts of orders and carers.

-- The paper of one that was signed off line follows within some hours.
-- :proxy_standing
SELECT id, acts FROM proxy
 WHERE elder = :elder AND org = :org AND state <> 'withdrawn' AND valid_from <= :day
   AND valid_until >= :day AND (papers > 0 OR created_at >= :signed_since) AND ended_at IS NULL
 ORDER BY valid_until DESC, id DESC LIMIT 20;

-- :escort_of_order
SELECT id FROM escort WHERE care_order = :care_order AND ended_at IS NULL LIMIT 1;

-- Today's of a carer.
-- :carer_escorts
SELECT e.id, v.id AS visit FROM visit v JOIN escort e ON e.care_order = v.care_order
 WHERE v.carer = :carer AND v.day = :day AND v.state <> 'cancelled'
   AND e.state <> 'called_off' AND v.ended_at IS NULL AND e.ended_at IS NULL
 ORDER BY v.start_min, e.id LIMIT 30;

-- Out now, whatever the day, and who should go today, the visit not over. :org 0: whoever's.
-- :escorts_out
SELECT e.id, o.start_min, o.end_min FROM escort e JOIN care_order o ON o.id = e.care_order
 WHERE (e.state IN ('out', 'clinic', 'seen', 'drugs')
        OR (e.state = 'planned' AND e.day = :today
            AND o.state IN ('placed', 'accepted', 'assigned', 'under_way')))
   AND (:org = 0 OR e.org = :org) AND e.scope BETWEEN :low AND :high AND e.ended_at IS NULL
 ORDER BY e.day, o.start_min, e.id LIMIT 200;

-- Somebody set out without a 委托书.
-- :escort_check
SELECT id FROM escort
 WHERE state NOT IN ('planned', 'called_off') AND proxy IS NULL AND ended_at IS NULL LIMIT 100;

-- Signed by a guardian who is not hers.
-- :proxy_check
SELECT p.id AS id FROM proxy p JOIN guardian g ON g.id = p.guardian
 WHERE g.elder <> p.elder AND p.ended_at IS NULL LIMIT 100;
