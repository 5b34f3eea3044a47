-- wechat.sql - attempts to bind a WeChat.

-- :wechat_ask_by_mark
SELECT id FROM wechat_ask WHERE mark = :mark AND ended_at IS NULL LIMIT 1;

-- :wechat_last_ask
SELECT id FROM wechat_ask WHERE account = :account AND ended_at IS NULL ORDER BY id DESC LIMIT 1;
