-- signal.sql - work items: the open one, and what has happened often.

-- :signal_open
SELECT id FROM work_item
 WHERE kind = :kind AND elder = :elder AND state IN ('open', 'taken') AND ended_at IS NULL
 ORDER BY id LIMIT 1;

-- :signal_open_place
SELECT id FROM work_item
 WHERE kind = :kind AND place = :place AND elder IS NULL AND state IN ('open', 'taken')
   AND ended_at IS NULL
 ORDER BY id LIMIT 1;

-- How her last orders ended, newest first.
-- :signal_endings
SELECT state FROM care_order
 WHERE elder = :elder AND day >= :from AND ended_at IS NULL
   AND state IN ('under_way', 'served', 'confirmed', 'rated', 'disputed', 'not_met')
 ORDER BY day DESC, start_min DESC, id DESC LIMIT 10;

-- :signal_refusals
SELECT COUNT(*) FROM care_order
 WHERE elder = :elder AND day >= :from AND told = 'refused' AND ended_at IS NULL;

-- :signal_twice
SELECT elder FROM work_item
 WHERE state IN ('open', 'taken') AND elder IS NOT NULL AND kind <> 'other' AND ended_at IS NULL
 GROUP BY kind, elder HAVING COUNT(*) > 1 LIMIT 100;

-- What was done about an item, in order.
-- :welfare_steps
SELECT id FROM welfare_step WHERE work_item = :item AND ended_at IS NULL ORDER BY id LIMIT 100;

-- How often one thing was tried.
-- :welfare_tried
SELECT COUNT(*) FROM welfare_step
 WHERE work_item = :item AND what = :what AND ended_at IS NULL;

-- Whom to ring: neighbours, or everybody else; those to ring first at first.
-- :welfare_contacts
SELECT id FROM contact
 WHERE elder = :elder AND ended_at IS NULL
   AND ((:neighbours = 1 AND relation = 'neighbour')
        OR (:neighbours = 0 AND relation <> 'neighbour'))
 ORDER BY CASE WHEN main = 1 THEN 0 WHEN emergency = 1 THEN 1 ELSE 2 END, id LIMIT 6;

-- The community's office.
-- :welfare_office
SELECT id FROM organisation
 WHERE kind = 'community_office' AND scope = :scope AND state = 'published' AND ended_at IS NULL
 ORDER BY id LIMIT 1;
