-- outbox.sql - messages to people.
-- Messages to people. `tries` is the fence, as with jobs.

-- :outbox_add
INSERT INTO outbox (way, address, template, content, once, not_before, state, created_at)
VALUES (:way, :address, :template, :content, :once, :not_before, 'waiting', :created_at)
ON CONFLICT (once) DO NOTHING;

-- :outbox_lease
UPDATE outbox SET state = 'sending', tries = tries + 1, lease_until = :until
 WHERE id = :id AND tries = :tries
   AND (state = 'waiting' OR (state = 'sending' AND lease_until < :now));

-- :outbox_end
UPDATE outbox SET state = :state, not_before = :not_before, sent_at = :sent_at, lease_until = NULL
 WHERE id = :id AND tries = :tries AND state = 'sending';
