-- message.sql - messages to people.

-- :template_published
SELECT id FROM message_template
 WHERE kind = :kind AND way = :way AND state = 'published' AND ended_at IS NULL LIMIT 1;

-- :template_last_number
SELECT MAX(number) FROM message_template WHERE kind = :kind AND way = :way;

-- :message_once
SELECT id FROM message WHERE once = :once LIMIT 1;

-- What was or will be told to an account today, urgent ones apart.
-- :message_today_account
SELECT COUNT(*) FROM message
 WHERE account = :account AND created_at >= :since AND urgent = 0
   AND state IN ('waiting', 'sent', 'delivered', 'failed', 'unsure');

-- :message_today_elder
SELECT COUNT(*) FROM message
 WHERE elder = :elder AND account IS NULL AND created_at >= :since AND urgent = 0
   AND state IN ('waiting', 'sent', 'delivered', 'failed', 'unsure');

-- :choice_of_account
SELECT id FROM message_choice WHERE account = :account AND ended_at IS NULL LIMIT 1;

-- :choice_of_elder
SELECT id FROM message_choice WHERE elder = :elder AND ended_at IS NULL LIMIT 1;

-- Family that may see her records, with the day until which.
-- :message_family
SELECT account FROM bond
 WHERE elder = :elder AND state = 'active' AND ended_at IS NULL AND (may & 2) = 2
   AND (valid_until IS NULL OR valid_until >= :today)
 ORDER BY id LIMIT 10;

-- :channel_in_use
SELECT id FROM message_channel WHERE way = :way AND state = 'active' AND ended_at IS NULL LIMIT 1;

-- :message_by_link
SELECT id FROM message WHERE link = :link LIMIT 1;

-- :message_by_ref
SELECT id FROM message WHERE channel = :channel AND provider_ref = :ref LIMIT 1;

-- :message_tests
SELECT id FROM message WHERE kind = 'channel.test' AND ended_at IS NULL ORDER BY id DESC LIMIT 10;

-- :message_digest_due
SELECT DISTINCT account AS id FROM message
 WHERE state = 'gathered' AND not_before <= :now AND account > :after AND ended_at IS NULL
 ORDER BY account LIMIT 100;

-- :message_gathered
SELECT id FROM message
 WHERE account = :account AND state = 'gathered' AND not_before <= :now AND ended_at IS NULL
 ORDER BY happened_at, id LIMIT 40;

-- Orders of a day that stand, were not placed just now, and have not been told of.
-- :message_orders_of_day
SELECT id, version FROM care_order
 WHERE state IN ('placed', 'accepted', 'assigned') AND day = :until AND id > :after
   AND created_at < :now - 7200000 AND ended_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM outbox
                    WHERE outbox.once = 'order.tomorrow/' || care_order.id || '/' || care_order.day)
 ORDER BY id LIMIT 100;

-- Every message of an event and a person stands once.
-- :message_twice
SELECT MIN(id) FROM message WHERE ended_at IS NULL GROUP BY once HAVING COUNT(*) > 1 LIMIT 100;

-- What waits to be sent has its row in the transport.
-- :message_without_transport
SELECT m.id FROM message m
 WHERE m.state = 'waiting' AND m.way <> 'call' AND m.ended_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM outbox o
                    WHERE o.once = 'message/' || m.id || '/' || m.again)
 LIMIT 100;
