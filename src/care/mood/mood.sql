-- mood.sql - the words that worry.

-- :risk_words_on
SELECT word, kind FROM risk_word
 WHERE valid_from <= :day AND (valid_to IS NULL OR valid_to >= :day) AND ended_at IS NULL
 ORDER BY id LIMIT 500;
