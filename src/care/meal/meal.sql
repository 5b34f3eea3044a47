-- meal.sql - meal points, menus, diets.

-- :meal_point_cut_off
SELECT cut_off_breakfast, cut_off_lunch, cut_off_supper FROM meal_point
 WHERE place = :place AND ended_at IS NULL LIMIT 1;

-- :meal_point_of
SELECT * FROM meal_point
 WHERE place = :place AND state = 'published' AND ended_at IS NULL LIMIT 1;
