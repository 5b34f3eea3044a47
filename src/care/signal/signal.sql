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
