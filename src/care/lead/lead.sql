-- lead.sql - signals before complaints.

-- :lead_signals
SELECT scope, kind, state, COUNT(*) FROM work_item
 WHERE scope BETWEEN :low AND :high AND happened_at >= :since AND ended_at IS NULL
   AND kind IN ('not_met_alone', 'not_met', 'attention', 'refused', 'mood', 'meal_missed',
                'meal_batch')
 GROUP BY scope, kind, state ORDER BY scope, kind, state;

-- Complaints, with the first signal about her or about the place before each.
-- :lead_requests
SELECT r.id, r.scope, r.topic, r.solved, r.came_at,
       (SELECT MIN(w.happened_at) FROM work_item w
         WHERE w.elder = r.elder AND w.happened_at < r.came_at
           AND w.happened_at >= r.came_at - :span AND w.ended_at IS NULL
           AND w.kind IN ('not_met_alone', 'not_met', 'attention', 'refused', 'mood',
                          'meal_missed', 'meal_batch')),
       (SELECT MIN(p.happened_at) FROM work_item p
         WHERE p.place = r.place AND p.elder IS NULL AND p.happened_at < r.came_at
           AND p.happened_at >= r.came_at - :span AND p.ended_at IS NULL
           AND p.kind IN ('not_met_alone', 'not_met', 'attention', 'refused', 'mood',
                          'meal_missed', 'meal_batch'))
  FROM request r
 WHERE r.scope BETWEEN :low AND :high AND r.came_at >= :since AND r.ended_at IS NULL
   AND r.kind IN ('complaint', 'help') AND r.state <> 'withdrawn'
 ORDER BY r.came_at DESC, r.id LIMIT 4000;
