-- sync.sql - off-line work.

-- :session_is_bearer
SELECT bearer FROM session WHERE id = :id;
