-- form.sql - who fills in a form.

-- :form_division_name
SELECT name FROM division WHERE scope = :scope AND ended_at IS NULL ORDER BY id LIMIT 1;
