-- carer.sql - who is not there, and whose papers run out.

-- :carer_on_leave
SELECT COUNT(*) FROM leave_note
 WHERE carer = :carer AND state = 'approved' AND from_day <= :day AND to_day >= :day
   AND ended_at IS NULL;

-- :leave_overlaps
SELECT COUNT(*) FROM leave_note
 WHERE carer = :carer AND state IN ('asked', 'approved') AND id <> :id
   AND from_day <= :to_day AND to_day >= :from_day AND ended_at IS NULL;

-- :figure_contracts_ending
SELECT COUNT(*) FROM carer
 WHERE contract_to BETWEEN :today AND :soon AND scope BETWEEN :low AND :high AND state <> 'left'
   AND ended_at IS NULL;
