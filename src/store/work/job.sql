-- job.sql - jobs, schedules and node numbers.
-- Durable jobs. `tries` is the fence: whoever has lost his lease finds another number there.

-- :job_add
INSERT INTO job (kind, input, state, not_before, account, scope, created_at)
VALUES (:kind, :input, 'waiting', :now, :account, :scope, :now)
RETURNING id;

-- :job_get
SELECT * FROM job WHERE id = :id;

-- :job_cancel
UPDATE job
   SET cancel = CASE WHEN ended_at IS NULL THEN 1 ELSE cancel END,
       ended_at = CASE WHEN state = 'waiting' THEN :now ELSE ended_at END,
       state = CASE WHEN state = 'waiting' THEN 'cancelled' ELSE state END
 WHERE id = :id;

-- :job_due
SELECT * FROM job
 WHERE ended_at IS NULL AND not_before <= :now AND (state = 'waiting' OR lease_until < :now)
   AND (:of = 0 OR (:of = 1 AND COALESCE(account, 0) <> 0)
        OR (:of = 2 AND COALESCE(account, 0) = 0))
 ORDER BY not_before, id LIMIT 1;

-- :job_lease
UPDATE job SET state = 'running', tries = tries + 1, lease_until = :until
 WHERE id = :id AND tries = :tries AND ended_at IS NULL
   AND (state = 'waiting' OR lease_until < :now);

-- :job_progress
UPDATE job SET done = :done, total = :total, lease_until = :until
 WHERE id = :id AND tries = :tries AND state = 'running'
RETURNING cancel;

-- :job_result
UPDATE job SET result = :result WHERE id = :id AND tries = :tries AND state = 'running';

-- :job_end
UPDATE job
   SET state = :state, not_before = :not_before, error = :error, ended_at = :ended_at,
       lease_until = NULL
 WHERE id = :id AND tries = :tries AND state = 'running';

-- Schedules: one row each, the last period put in and the job it became.

-- :schedule_all
SELECT s.name, s.period, s.until,
       CASE WHEN j.id IS NULL OR j.ended_at IS NOT NULL THEN 0 ELSE 1 END AS busy
  FROM schedule AS s LEFT JOIN job AS j ON j.id = s.job;

-- :schedule_first
INSERT INTO schedule (name, period, until) VALUES (:name, :period, :until)
ON CONFLICT (name) DO NOTHING;

-- :schedule_take
UPDATE schedule SET period = :period, until = :until WHERE name = :name AND period = :old;

-- :schedule_job
UPDATE schedule SET job = :job WHERE name = :name;

-- Node numbers for ids.

-- :node_next
SELECT coalesce(max(id), 0) + 1 FROM node;

-- :node_oldest
SELECT id FROM node WHERE lease_until < :before ORDER BY lease_until, id LIMIT 1;

-- :node_add
INSERT INTO node (id, owner, lease_until) VALUES (:id, :owner, :until)
ON CONFLICT (id) DO NOTHING;

-- :node_take
UPDATE node SET owner = :owner, lease_until = :until WHERE id = :id AND lease_until < :before;

-- :node_renew
UPDATE node SET lease_until = :until WHERE id = :id AND owner = :owner AND lease_until >= :now;
