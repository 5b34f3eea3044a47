-- knowledge.sql - answers that are published and still count.

-- :knowledge_published
SELECT id, scope, question, answer, topic, keywords, verified_on FROM knowledge_item
 WHERE state = 'published' AND expires_on >= :today AND ended_at IS NULL
 ORDER BY id DESC LIMIT 500;
