-- todo.sql - who could take over what waits.

-- :todo_colleagues
SELECT g.account, g.role, a.name, g.org, g.low, g.high
  FROM access_grant g JOIN account a ON a.id = g.account
 WHERE (g.org = :org OR (g.low <= :scope AND g.high >= :scope))
   AND g.role NOT IN ('citizen', 'carer') AND g.ended_at IS NULL
   AND (g.valid_from IS NULL OR g.valid_from <= :today)
   AND (g.valid_to IS NULL OR g.valid_to >= :today)
   AND a.kind = 'staff' AND a.state = 'active' AND a.ended_at IS NULL
 ORDER BY a.name, g.account, g.id LIMIT 500;
