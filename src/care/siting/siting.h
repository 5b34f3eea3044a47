/*
 * siting.h - where should the next places of a kind go (选址)? A question over the homes of the
 * atlas and the candidates of a division, answered with proposals, what each gives, and a proved
 * bound.
 *
 * Candidates: places of other kinds that could take it in, idle properties (care/property), points
 * of a grid on the streets. Places of the kind stand unless marked as closable. What a proposal
 * gives is counted by the rule of the atlas, so a what-if (care/scenario) says the very same.
 *
 * A small question (TRY_CANDIDATES_MAX, TRY_HOMES_MAX) is answered at once and nothing is kept. A
 * row of `siting` is a question that a job answers: its answer is kept as it was worked out, and as
 * a scenario (origin siting). Whoever may read figures in the division may ask, read and call off.
 * `marks` is a JSON object of lists of candidates' keys (of places, to close them):
 *
 *     { "force": ["property:382912366590824451"], "close": ["place:…"],
 *       "forbid": ["place:…", "grid:302251000,1201000000"] }
 */
#ifndef CARE_SITING_H
#define CARE_SITING_H

#include "care/scenario/scenario.h"

enum { SITING_CANDIDATES_MAX = 3000, SITING_TRY_CANDIDATES = 400, SITING_TRY_HOMES = 20000,
       SITING_SITES_MAX = 200, SITING_SECONDS_MAX = 300, SITING_TRY_SECONDS = 2,
       SITING_SECONDS = 60, SITING_MARKS_MAX = 500, SITING_GRID_MIN = 50, SITING_GRID_MAX = 2000,
       SITING_EQUITY_MAX = 20, SITING_ANSWER_MAX = 2000000 };

enum siting_way { SITING_BY_WALK, SITING_BY_RADIUS };
enum siting_goal { SITING_BY_NUMBER, SITING_BY_BUDGET };
enum siting_source { FROM_PLACES, FROM_PROPERTIES, FROM_GRID };
enum siting_state { SITING_WAITING, SITING_DONE, SITING_FAILED, SITING_CANCELLED };
extern const struct choice siting_ways[], siting_goals[], siting_sources[], siting_states[];

struct siting_id { int64_t n; };

/* The question and, of a row, its answer; what is asked stands in siting_asked_fields. */
struct siting_row {
    struct siting_id   id;
    struct row         row;              /* scope: of the division */
    struct sv          name;
    struct division_id division;         /* 0 (only tried): all that the caller answers for */
    int                kind;             /* enum place_kind */
    int                profile;          /* row of walk_paces */
    struct opt_int     minutes, metres;  /* else as the area's parameters say */
    int                way, goal;         /* enum siting_way, siting_goal */
    int64_t            sites;            /* SITING_BY_NUMBER: how many may be built */
    struct money       budget;           /* SITING_BY_BUDGET */
    struct money       close_saves;      /* what closing one sets free of it */
    double             equity;           /* W: an elder counts up to 1 + W; 0: all the same */
    struct set         sources;          /* 0: places and properties */
    struct set         kinds;            /* of places that are candidates; 0: those that care */
    int64_t            grid_m;           /* FROM_GRID: its step; 0: 300 */
    struct opt_int     seconds;          /* of the search */
    struct text        marks;
    int                state;
    int64_t            job;
    struct scenario_id scenario;         /* the answer as one */
    struct sv          fault;            /* message of SITING_FAILED */
    struct moment      answered_at;
    struct text        answer;           /* as POST /api/siting/try gives it */
    struct account_id  made_by;
};

extern const struct field  siting_asked_fields[];      /* over struct siting_row: what is asked */
extern const struct field  siting_fields[];
extern const struct entity siting_entity;
extern const struct module siting_module;

#endif
