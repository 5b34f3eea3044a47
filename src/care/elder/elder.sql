-- elder.sql - finding people by number.

-- :call_bonds
SELECT b.id, b.elder FROM bond b JOIN account a ON a.id = b.account
 WHERE (a.phone_key = :account_key OR a.phone_last4 = :account_key)
   AND b.state = 'active' AND b.ended_at IS NULL
 ORDER BY b.id LIMIT 10;

-- :call_last_order
SELECT id FROM care_order WHERE elder = :elder AND ended_at IS NULL ORDER BY id DESC LIMIT 1;

-- :elder_scope_differs
SELECT e.id FROM elder e JOIN division d ON d.id = e.division
 WHERE e.ended_at IS NULL AND e.scope <> d.scope LIMIT 100;

-- :elder_by_number
SELECT id FROM elder WHERE id_number_key = :key AND ended_at IS NULL LIMIT 1;

-- :elders_by_phone
SELECT id FROM elder WHERE phone_key = :key AND ended_at IS NULL ORDER BY id LIMIT 10;
