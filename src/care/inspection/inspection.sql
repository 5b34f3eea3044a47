-- inspection.sql - checklists, answers and the grades that are shown.

-- :checklist_items
SELECT * FROM checklist_item
 WHERE checklist = :checklist AND ended_at IS NULL ORDER BY seq, id LIMIT 120;

-- :checklist_used
SELECT COUNT(*) FROM inspection WHERE checklist = :checklist AND ended_at IS NULL;

-- :inspection_answers
SELECT result, points, vital FROM inspection_answer
 WHERE inspection = :inspection AND ended_at IS NULL LIMIT 120;

-- :inspection_shown
SELECT i.day, i.score, i.grade, k.kind, k.title, i.failing,
       (SELECT COUNT(*) FROM inspection_answer a
         WHERE a.inspection = i.id AND a.mended = 'confirmed' AND a.ended_at IS NULL)
  FROM inspection i JOIN checklist k ON k.id = i.checklist
 WHERE i.place = :place AND i.state = 'published' AND i.ended_at IS NULL
 ORDER BY i.day DESC, i.id DESC LIMIT 6;

-- The places of a scope that could be drawn for a spot check.
-- :inspection_places
SELECT p.id, p.name, p.kind,
       (SELECT MAX(i.day) FROM inspection i
         WHERE i.place = p.id AND i.state IN ('submitted', 'published') AND i.ended_at IS NULL)
  FROM place p
 WHERE p.scope BETWEEN :low AND :high AND p.state = 'published' AND p.ended_at IS NULL
   AND p.kind = :kind ORDER BY p.id LIMIT 2000;
