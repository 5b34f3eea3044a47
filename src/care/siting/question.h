/* question.h - between the files of this folder: a question made ready, and its answer. */
#ifndef CARE_SITING_QUESTION_H
#define CARE_SITING_QUESTION_H

#include "care/atlas/page/ask.h"
#include "care/siting/plan.h"
#include "care/siting/siting.h"

/* One candidate. `key` names it in marks: "place:…", "property:…", "grid:LAT_E7,LON_E7". */
struct candidate {
    struct sv    key, name, detail;
    int          source;                 /* enum siting_source */
    int          kind;                   /* of a place: enum place_kind; of a property: its own */
    int64_t      id, scope, area_m2;     /* id 0 and scope 0 of the grid */
    struct point at;
    int64_t      cost;                   /* fen; guessed: by parameter */
    bool         guessed;
    uint8_t      mark;                   /* enum siting_mark */
};

/* Everything but the search: who lives where, what stands, where one may build. */
struct question {
    const struct siting_row *asked;
    struct atlas_question    rule;
    struct atlas_demand      demand;
    struct atlas_served      served;
    struct candidate        *candidate;
    uint32_t                 n;
    struct atlas_site       *stands;     /* of the kind, within the division */
    size_t                   stands_n;
    bool                    *closable;   /* of each served.site */
    int64_t                  norm_permille;
    int64_t                  loose, unpriced, grid_cells;   /* what was left out or guessed */
};

/* What is wrong with it whatever the city looks like: noted by field. */
void question_check(struct ctx *c, const struct siting_row *asked);

/*
 * Candidates and what stands, without asking whom they serve. ERR_INVALID by field: nothing may be
 * built anywhere ("sources"), too fine a grid ("grid_m"), unknown marks ("marks").
 */
MUST enum err question_candidates(struct ctx *c, const struct siting_row *asked,
                                  struct atlas *atlas, struct question *ret_question);

/*
 * The same, and whom they serve. `at_once`: ERR_TOO_LARGE "siting.large" beyond what a request may
 * ask. Enters and leaves the atlas.
 */
MUST enum err question_make(struct ctx *c, const struct siting_row *asked, bool at_once,
                            struct question *ret_question);

/* An answer: what to build, tried as a what-if (whose figures it gives). */
struct solution {
    struct site_plan   plan;
    struct overlap    *overlap;
    uint32_t           overlaps;
    struct atlas_tried tried;
    struct sv          changes;          /* of the scenario, JSON */
    size_t             changed, left_out;/* changes; those beyond SCENARIO_CHANGES_MAX */
    double             seconds;          /* that the search was given */
};

/* `go_on` may be NULL (plan/site/site.h). ERR_INVALID "sites" or "budget": the forced cost more. */
MUST enum err question_solve(struct ctx *c, const struct question *q, double seconds,
                             bool (*go_on)(void *arg), void *arg, struct solution *ret_solution);

/* The whole answer as members of the open object; names come from the directory. */
void solution_json(struct ctx *c, struct json *j, const struct directory *d,
                   const struct question *q, const struct solution *s);
extern const struct field siting_gives[], siting_candidates_gives[];
void candidates_json(struct ctx *c, struct json *j, const struct question *q);

struct sv candidate_source_name(const struct ctx *c, const struct candidate *k);

/* page.c, run.c, take.c */
endpoint_fn siting_candidates_post, siting_try_post, siting_answer_get, siting_progress_get,
    siting_take_post;
extern const struct field siting_answer_gives[], siting_progress_gives[], siting_take_fields[];

/* What leaves as a file: a kept row's answer, or what the question gives when the file is made. */
struct siting_take {
    struct siting_row question;
    struct siting_id  siting;            /* 0: the question */
    int               format;            /* 0: workbook, 1: PDF */
    struct sv         reason;
};
struct job;
enum err siting_job(struct ctx *c, const struct job *j);
enum err siting_end(struct ctx *c, void *row, const void *input);
enum err siting_take_job(struct ctx *c, const struct job *j);

#endif
