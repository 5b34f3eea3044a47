-- request.sql - requests, their tasks, what stands behind the figures.

-- :request_task_live
SELECT id FROM request_task
 WHERE request = :request AND state IN ('routed', 'accepted') AND ended_at IS NULL LIMIT 1;

-- The request of an order's dispute that is not over.
-- :request_of_order
SELECT id FROM request
 WHERE care_order = :care_order AND state NOT IN ('closed', 'withdrawn') AND ended_at IS NULL
 LIMIT 1;

-- :requests_silent
SELECT id, version FROM request
 WHERE state = 'replied' AND replied_at < (:until + 1) * 86400000 - 28800000 AND ended_at IS NULL
 ORDER BY id LIMIT 100;

-- :requests_of_elder
SELECT COUNT(*) FROM request
 WHERE elder = :elder AND came_at >= :since AND state <> 'withdrawn' AND ended_at IS NULL;

-- :requests_of_place
SELECT COUNT(*) FROM request
 WHERE place = :place AND came_at >= :since AND state <> 'withdrawn' AND ended_at IS NULL;

-- Complaints about an organisation.
-- :requests_of_org
SELECT COUNT(*) FROM request
 WHERE org = :org AND kind = 'complaint' AND came_at >= :since AND state <> 'withdrawn'
   AND ended_at IS NULL;

-- :request_inspections
SELECT id FROM inspection WHERE request = :request AND ended_at IS NULL ORDER BY id DESC LIMIT 20;

-- Earlier ones of the same elder, place or order, newest first.
-- :requests_beside
SELECT id FROM request
 WHERE id <> :id AND ended_at IS NULL
   AND (elder = :elder OR place = :place OR care_order = :care_order)
 ORDER BY id DESC LIMIT 10;

-- :request_notes
SELECT id FROM request_note WHERE request = :request AND ended_at IS NULL ORDER BY id LIMIT 100;

-- :request_tasks
SELECT id FROM request_task WHERE request = :request AND ended_at IS NULL ORDER BY id LIMIT 20;

-- :request_happened
SELECT created_at AS at, action, role FROM history
 WHERE entity = 'request' AND row_id = :request ORDER BY id LIMIT 200;

-- :figure_requests_overdue
SELECT COUNT(*), COALESCE(SUM(CASE WHEN risk = 'high' THEN 1 ELSE 0 END), 0) FROM request
 WHERE scope BETWEEN :low AND :high AND state IN ('open', 'routed', 'accepted')
   AND due <= :yesterday AND ended_at IS NULL;

-- :figure_requests_near
SELECT COUNT(*), COALESCE(SUM(CASE WHEN state = 'open' THEN 1 ELSE 0 END), 0) FROM request
 WHERE scope BETWEEN :low AND :high AND state IN ('open', 'routed', 'accepted')
   AND due BETWEEN :today AND :near AND ended_at IS NULL;

-- :figure_requests_response
SELECT COALESCE(SUM(CASE WHEN response = 'in_time' THEN 1 ELSE 0 END), 0), COUNT(*) FROM request
 WHERE scope BETWEEN :low AND :high AND accept_by BETWEEN :today - 30 AND :yesterday
   AND state <> 'withdrawn' AND ended_at IS NULL;

-- Days begin at midnight in Shanghai.
-- :figure_requests_solved
SELECT COALESCE(SUM(CASE WHEN solved = 'yes' THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN solved <> 'unknown' THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN solved = 'no' THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN solved = 'unknown' THEN 1 ELSE 0 END), 0)
  FROM request
 WHERE scope BETWEEN :low AND :high AND replied_at >= (:today - 30) * 86400000 - 28800000
   AND ended_at IS NULL;

-- :figure_requests_satisfied
SELECT COALESCE(SUM(CASE WHEN satisfied = 'yes' THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN satisfied <> 'unknown' THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN satisfied = 'partly' THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN satisfied = 'no' THEN 1 ELSE 0 END), 0)
  FROM request
 WHERE scope BETWEEN :low AND :high AND replied_at >= (:today - 30) * 86400000 - 28800000
   AND ended_at IS NULL;

-- Routed to an organisation, and it has nothing to answer.
-- :request_check
SELECT id FROM request
 WHERE handler IS NOT NULL AND state IN ('routed', 'accepted') AND ended_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM request_task
                    WHERE request_task.request = request.id
                      AND request_task.state IN ('routed', 'accepted'))
 LIMIT 100;
