/*
 * inspection.h - looking at a place by a checklist: answers, photos, score, what must be mended by
 * when, both signatures, and the grade that everybody may read afterwards.
 *
 * A checklist is data: a title, its kind (meals by the norm, safety, fire), version and source,
 * and its items with points, whether one failing item fails the whole, and days to mend. It is
 * 待核 until somebody compared it with the document, like every rule of the house.
 *
 *     inspection   open → submitted → published             dropped
 *                    └ re-inspection: a new one that names it
 *     a failing answer has a day to be mended by; mended (整改) is noted by the place and confirmed
 *     by who inspects.
 *
 * Score: points of the items that pass over those that count (不适用 counts for nothing), in per
 * cent; the grade by parameters. Published by somebody else than who inspected.
 */
#ifndef CARE_INSPECTION_H
#define CARE_INSPECTION_H

#include "care/place/place.h"
#include "http/http.h"

enum checklist_kind { CHECKLIST_MEALS, CHECKLIST_SAFETY, CHECKLIST_FIRE };
enum looked_is { LOOKED_NOT, LOOKED_PASS, LOOKED_FAIL, LOOKED_NOT_HERE };
enum inspection_state { INSPECTION_OPEN, INSPECTION_SUBMITTED, INSPECTION_PUBLISHED,
                        INSPECTION_DROPPED };
enum inspection_grade { GRADED_NONE, GRADED_GOOD, GRADED_FAIR, GRADED_POOR };
enum mended { MENDED_NO, MENDED_SAID, MENDED_CONFIRMED };
extern const struct choice checklist_kinds[], looked_choices[], inspection_states[],
    inspection_grades[], mended_choices[];

struct checklist_id { int64_t n; };
struct checklist_item_id { int64_t n; };
struct inspection_id { int64_t n; };
struct inspection_answer_id { int64_t n; };

struct checklist {
    struct checklist_id id;
    struct row          row;
    struct sv           title;
    int                 kind;
    int64_t             edition;           /* 1, 2 …: an edition in use is not changed */
    struct sv           source, document_no;
    bool                checked;           /* compared with the document; else 待核 */
    struct day          valid_from, valid_to;
};

struct checklist_item {
    struct checklist_item_id id;
    struct row          row;
    struct checklist_id checklist;
    int64_t             seq;
    struct sv           part, words;       /* 食材采购; what one looks for */
    int64_t             points;
    bool                vital;             /* failing it fails the whole */
    int64_t             mend_days;
};

struct inspection {
    struct inspection_id id;
    struct row          row;
    struct place_id     place;
    struct organisation_id org;
    struct checklist_id checklist;
    struct inspection_id again;            /* a re-inspection of */
    struct day          day;
    struct account_id   inspector;
    struct sv           reason;            /* 抽查, 投诉, 复查 */
    int64_t             request;           /* 诉求工单 that asked for it; 0 none */
    int64_t             score;             /* per cent, once submitted */
    int64_t             failing;
    int                 grade;
    struct sv           signed_place, signed_inspector;    /* names as signed */
    struct moment       submitted_at, published_at;
    struct account_id   published_by;
    int                 state;
};

struct inspection_answer {
    struct inspection_answer_id id;
    struct row          row;
    struct inspection_id inspection;
    struct organisation_id org;
    struct checklist_item_id item;
    struct place_id     place;
    int64_t             seq, points;
    struct sv           part, words;       /* of the item as it was */
    bool                vital;
    int                 result;            /* enum looked_is */
    struct sv           note;
    struct day          mend_by;           /* of a failing one */
    int                 mended;
    struct sv           mended_note;
    struct moment       mended_at;
};

extern const struct field  checklist_fields[], checklist_item_fields[], inspection_fields[],
    inspection_answer_fields[];
extern const struct entity checklist_entity, checklist_item_entity, inspection_entity,
    inspection_answer_entity;
extern const struct module inspection_module;

/* What is asked: begin one (an answer row for every item is made), by staff who review. */
struct inspection_new { struct place_id place; struct checklist_id checklist;
                        struct inspection_id again; struct sv reason; int64_t request; };
extern const struct field inspection_new_fields[];
MUST enum err inspection_begin(struct ctx *c, const struct inspection_new *in,
                               struct inspection *ret_inspection);

/* Score and failing answers as they stand now. */
struct inspection_sum { int64_t points, got, failing, open; bool vital_failed; };
MUST enum err inspection_sum(struct ctx *c, struct inspection_id id, struct inspection_sum *ret);

/* per cent → grade, by the parameters of the scope; a failed vital item is poor. */
MUST enum err inspection_grade_of(struct ctx *c, int64_t scope, struct day day,
                                  const struct inspection_sum *sum, int64_t *ret_score,
                                  int *ret_grade);

/* The published grades of a place as the member "inspections" of the open object. */
MUST enum err inspections_json(struct ctx *c, struct json *j, struct place_id place);


#endif
