-- payment.sql - what an order has brought in, and which days of a place are closed.

-- :payment_taken
SELECT COALESCE(SUM(amount), 0) FROM payment WHERE care_order = :care_order;


-- An order that is said to be paid and has brought in another sum than it cost.
-- :payment_check
SELECT o.id AS id FROM care_order o
  JOIN (SELECT care_order, SUM(amount) AS amount FROM payment WHERE kind = 'taken'
         GROUP BY care_order) p ON p.care_order = o.id
 WHERE p.amount <> o.own_pay LIMIT 100;
