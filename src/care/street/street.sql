-- street.sql - the edits that make the net, and those near a line.

-- :streets_published
SELECT id FROM street_edit
 WHERE state = 'published' AND ended_at IS NULL
   AND (valid_from IS NULL OR valid_from <= :today) AND (valid_to IS NULL OR valid_to >= :today)
 ORDER BY id LIMIT :most;

-- Drawn and not yet in the net: what a line may be joined to.
-- :streets_near
SELECT id FROM street_edit
 WHERE state IN ('draft', 'submitted') AND ended_at IS NULL AND id <> :id
   AND lat BETWEEN :south AND :north AND lon BETWEEN :west AND :east
 ORDER BY id LIMIT :most;

-- Published ones that the net does without.
-- :figure_streets_loose
SELECT COUNT(*) FROM street_edit
 WHERE state = 'published' AND fit IN ('start_far', 'end_far', 'adrift', 'no_street')
   AND scope BETWEEN :low AND :high AND ended_at IS NULL;
