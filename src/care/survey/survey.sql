-- survey.sql - who was served, and how the calls went.

-- :survey_served
SELECT org, elder, MAX(id) FROM care_order
 WHERE scope BETWEEN :low AND :high AND day BETWEEN :from AND :to AND ended_at IS NULL
   AND elder IS NOT NULL AND state IN ('served', 'confirmed', 'rated', 'disputed')
 GROUP BY org, elder;

-- How the calls of each provider ended.
-- :survey_result
SELECT s.org, organisation.name, s.population, s.drawn,
       COALESCE(SUM(CASE WHEN k.state = 'answered' THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN k.state = 'answered' AND k.satisfied = 'yes' THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN k.state = 'refused' THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN k.state = 'unreached' THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN k.state = 'waiting' THEN 1 ELSE 0 END), 0)
  FROM survey_stratum s
  JOIN organisation ON organisation.id = s.org
  LEFT JOIN survey_call k ON k.round = s.round AND k.org = s.org AND k.ended_at IS NULL
 WHERE s.round = :round AND s.ended_at IS NULL
 GROUP BY s.org, organisation.name, s.population, s.drawn
 ORDER BY s.org LIMIT 500;

-- The next to be rung: not tried today at this part of the day, fewest tries first.
-- :survey_next
SELECT id FROM survey_call
 WHERE round = :round AND state = 'waiting' AND scope BETWEEN :low AND :high
   AND ended_at IS NULL AND (parts / :bit) % 2 = 0
 ORDER BY tries, place_in_queue LIMIT 1;

-- Whom to ring where she has no telephone of her own.
-- :survey_contact
SELECT id FROM contact WHERE elder = :elder AND ended_at IS NULL ORDER BY main DESC, id LIMIT 1;
