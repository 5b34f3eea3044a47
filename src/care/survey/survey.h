/*
 * survey.h - 电话回访: people served are drawn by lot and asked on the telephone.
 *
 * A round names a span of days and how many people of each provider are asked. Drawing takes, of
 * each provider (stratum), the people it served in that span, each once, and those with the lowest
 * draw_number() of the round's seed: a simple random sample without replacement that anybody can
 * draw again. A call is tried at three different parts of a day before it counts as not reached;
 * refused and not reached are counted apart from answers. Only offices call: no provider sees who
 * was drawn.
 */
#ifndef CARE_SURVEY_H
#define CARE_SURVEY_H

#include "care/order/order.h"
#include "care/survey/stats.h"
#include "http/http.h"

enum { SURVEY_CALLS_MAX = 2000, SURVEY_PER_ORG_MAX = 400, SURVEY_TRIES = 3 };
enum round_state { ROUND_DRAFT, ROUND_DRAWN, ROUND_CLOSED };
enum survey_call_state { ASK_WAITING, ASK_ANSWERED, ASK_REFUSED, ASK_UNREACHED };
enum survey_answer { ANSWER_NONE, ANSWER_YES, ANSWER_PARTLY, ANSWER_NO };
enum day_part { PART_MORNING, PART_AFTERNOON, PART_EVENING };
extern const struct choice round_states[], survey_call_states[], survey_answers[], day_parts[];

struct survey_round_id { int64_t n; };
struct survey_stratum_id { int64_t n; };
struct survey_call_id { int64_t n; };

struct survey_round {
    struct survey_round_id id;
    struct row         row;
    struct sv          name;
    struct division_id division;
    struct day         from_day, to_day;       /* days of the service */
    int64_t            per_org;                /* people asked of each provider, at most */
    int64_t            seed;
    struct sv          opening, question1, question2;
    int64_t            population, drawn;      /* people served; drawn */
    struct moment      drawn_at;
    int                state;
};

struct survey_stratum {
    struct survey_stratum_id id;
    struct row         row;
    struct survey_round_id round;
    struct organisation_id org;
    int64_t            population, drawn;
};

struct survey_call {
    struct survey_call_id id;
    struct row         row;
    struct survey_round_id round;
    struct organisation_id org;
    struct elder_id    elder;
    struct care_order_id care_order;
    int64_t            place_in_queue;         /* by lot too: callers do not choose */
    int64_t            tries;
    struct set         parts;                  /* of the day, already tried */
    struct moment      tried_at;
    int                came, satisfied;        /* answers to the two questions */
    struct sv          words;                  /* SECRET */
    struct sv          recording;              /* where the recording lies */
    struct account_id  called_by;
    int                state;
};

extern const struct field  survey_round_fields[], survey_stratum_fields[], survey_call_fields[];
extern const struct entity survey_round_entity, survey_stratum_entity, survey_call_entity;
extern const struct module survey_module;

/* draw.c: fills strata and calls of a round; the row's counts are set. */
MUST enum err survey_draw(struct ctx *c, struct survey_round *r);

/* page.c: what came of a round, by provider and in all; and how it was drawn, in words. */
enum { SURVEY_STRATA_MAX = 500 };
struct survey_line {
    int64_t org;
    struct sv name;
    struct stratum of;
    int64_t drawn, refused, unreached, waiting;
};
struct survey_result {
    struct survey_line *lines;
    size_t n;
    int64_t drawn, answered, refused, unreached;
    struct share all;
    double covered;                            /* the part of the people whose provider answered */
};
MUST enum err survey_result_of(struct ctx *c, struct survey_round_id id, struct survey_result *ret);
struct sv survey_method(enum lang lang);

extern const struct endpoint survey_endpoints[];

#endif
