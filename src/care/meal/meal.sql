-- meal.sql - meal points, menus, diets.

-- :meal_point_cut_off
SELECT cut_off_breakfast, cut_off_lunch, cut_off_supper FROM meal_point
 WHERE place = :place AND ended_at IS NULL LIMIT 1;

-- :meal_point_of
SELECT * FROM meal_point
 WHERE place = :place AND state = 'published' AND ended_at IS NULL LIMIT 1;

-- Yesterday's meals by who ran the point as they were ordered.
-- :figure_meals_operators
SELECT COUNT(*),
       COALESCE(SUM(CASE WHEN operated_by = 'institution' THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN operated_by = 'catering' THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN operated_by = 'canteen' THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN operated_by = 'village' THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN operated_by = 'kitchen' THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN operated_by IN ('unknown', 'other') THEN 1 ELSE 0 END), 0)
  FROM care_order
 WHERE day = :yesterday AND scope BETWEEN :low AND :high AND ended_at IS NULL
   AND sitting <> 'none' AND state NOT IN ('draft', 'declined', 'cancelled');

-- :menu_dishes
SELECT kind, name, suits, price FROM dish
 WHERE place = :place AND day = :day AND sitting = :sitting AND ended_at IS NULL
 ORDER BY id LIMIT 60;

-- A week's dishes of a place.
-- :menu_week
SELECT * FROM dish
 WHERE place = :place AND day BETWEEN :first AND :last AND ended_at IS NULL
 ORDER BY day, sitting, id LIMIT 600;

-- How many dishes a place has on a day for a sitting.
-- :menu_has
SELECT COUNT(*) FROM dish
 WHERE place = :place AND day = :day AND sitting = :sitting AND ended_at IS NULL;

-- The sittings of a day that have a menu, with what all their dishes are fit for.
-- :menu_fit
SELECT suits FROM dish
 WHERE place = :place AND day = :day AND sitting = :sitting AND ended_at IS NULL LIMIT 60;

-- :elder_diets
SELECT diets FROM elder_diet WHERE elder = :elder AND ended_at IS NULL LIMIT 1;

-- What a place offers to eat.
-- :table_offers
SELECT o.id FROM offer o JOIN catalogue_item i ON i.id = o.item
 WHERE o.place = :place AND o.state = 'published' AND o.ended_at IS NULL AND i.category = 'meal'
 ORDER BY i.at_home, o.price, o.id LIMIT 8;
