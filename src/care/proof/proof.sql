-- proof.sql - proofs of visits, photographs seen before, door codes.

-- The visit a carer left last before a moment of the day.
-- :proof_visit_before
SELECT id FROM visit
 WHERE carer = :carer AND day = :day AND id <> :visit AND done_at <= :at
   AND state IN ('done', 'not_met') AND ended_at IS NULL
 ORDER BY done_at DESC LIMIT 1;

-- :proofs_of_visit
SELECT id FROM proof WHERE visit = :visit AND ended_at IS NULL ORDER BY id LIMIT 60;

-- A signature or photo that is byte by byte one of another visit, but of who went with her.
-- :proof_same_file
SELECT visit FROM proof
 WHERE org = :org AND file_hash = :hash AND visit <> :visit AND visit <> :mate
   AND ended_at IS NULL
 ORDER BY id LIMIT 1;

-- Photos of the organisation that share a band of eight bits with this one.
-- :photo_alike
SELECT visit, likeness FROM photo_mark
 WHERE org = :org AND band = :band AND value = :value AND visit <> :visit AND visit <> :mate
 LIMIT 2000;

-- :photo_mark_add
INSERT INTO photo_mark (id, proof, org, visit, band, value, likeness)
VALUES (:id, :proof, :org, :visit, :band, :value, :likeness);

-- :photo_marked
SELECT COUNT(*) FROM photo_mark WHERE proof = :proof;

-- :door_code_find
SELECT id, elder, state, valid_from, valid_to FROM door_code
 WHERE code_key = :key AND kind = :kind AND ended_at IS NULL
 ORDER BY CASE WHEN elder = :elder THEN 0 ELSE 1 END, valid_from DESC LIMIT 1;

-- What a phone takes along for a home.
-- :door_codes_of
SELECT kind, salt, check_hash FROM door_code
 WHERE elder = :elder AND state = 'hung' AND ended_at IS NULL
   AND valid_from <= :day AND (valid_to IS NULL OR valid_to >= :day)
 ORDER BY kind, id LIMIT 6;

-- A code that was hung up takes the place of the one before.
-- :door_codes_before
SELECT id FROM door_code
 WHERE elder = :elder AND kind = :kind AND state = 'hung' AND id <> :but AND ended_at IS NULL
   AND (valid_to IS NULL OR valid_to > :day)
 ORDER BY id LIMIT 10;

-- Homes an organisation goes to that have no code waiting to be hung up.
-- :door_codes_due
SELECT DISTINCT visit.elder AS elder FROM visit
 WHERE visit.org = :org AND visit.day BETWEEN :low AND :high AND visit.elder > 0
   AND visit.state <> 'cancelled'
   AND NOT EXISTS (SELECT 1 FROM door_code d
                    WHERE d.elder = visit.elder AND d.kind = 'door' AND d.ended_at IS NULL
                      AND d.state <> 'ended' AND d.valid_from >= :from)
 ORDER BY elder LIMIT 10;

-- The sheet to print: codes made and not yet hung up, in the order of buildings.
-- :door_code_sheet
SELECT door_code.id FROM door_code JOIN elder ON elder.id = door_code.elder
 WHERE door_code.org = :org AND door_code.kind = 'door' AND door_code.state = 'made'
   AND door_code.ended_at IS NULL
 ORDER BY elder.division, elder.address, door_code.id LIMIT 500;
