-- organisation.sql - purpose queries about organisations.

-- :organisation_duty
SELECT COALESCE(o.duty_phone, o.phone), o.name
  FROM duty_area d JOIN organisation o ON o.id = d.org
 WHERE d.scope IN (:a, :b, :c) AND d.scope <> 0 AND d.ended_at IS NULL AND o.ended_at IS NULL
   AND (d.valid_from IS NULL OR d.valid_from <= :day)
   AND (d.valid_to IS NULL OR d.valid_to >= :day)
   AND COALESCE(o.duty_phone, o.phone) IS NOT NULL
 ORDER BY d.scope DESC, d.id DESC LIMIT 1;
