/*
 * ghost.h - 空转站点: a sign and no service. A score out of facts, every night, for each station.
 *
 * Ten facts of the last days (parameter ghost.days) each weigh so much (parameters ghost.w.…):
 * no orders, nobody signed in, visits signed in together, no answer when its facts were verified,
 * closed for long, facts overdue, complaints; places whose last published inspection was poor
 * (ghost.inspection_days); and of the call-back survey (ghost.survey_days): those it says to have
 * served who could not be reached, and who said that nobody ever came. From ghost.score on, the
 * station's manager reads the score and its reasons first, for ghost.manager_days, and may answer
 * with words and files; only then it stands on the street's list for a spot check (抽查), with her
 * answer beside it. Nothing of it is public, and no score decides anything by itself.
 * docs/decisions/0045, 0087.
 */
#ifndef CARE_GHOST_H
#define CARE_GHOST_H

#include "care/organisation/organisation.h"
#include "model/who/account.h"
#include "store/job.h"

enum ghost_fact {
    GHOST_NO_ORDERS, GHOST_NO_ATTENDANCE, GHOST_TOGETHER, GHOST_NO_ANSWER, GHOST_CLOSED,
    GHOST_OVERDUE, GHOST_COMPLAINTS, GHOST_INSPECTED, GHOST_UNREACHED, GHOST_NEVER_CAME, GHOST_FACTS
};
enum ghost_state { GHOST_QUIET, GHOST_TOLD, GHOST_LISTED };
enum spot_state { SPOT_OPEN, SPOT_DONE, SPOT_DROPPED };
enum spot_result { SPOT_NONE, SPOT_WORKING, SPOT_PARTLY, SPOT_EMPTY };
extern const struct choice ghost_states[], spot_states[], spot_results[];

struct ghost_score_id { int64_t n; };
struct spot_check_id { int64_t n; };

/* What the station reads of itself; offices lack the right to read it. One a station. */
struct ghost_score {
    struct ghost_score_id id;
    struct row         row;
    struct organisation_id org;
    int64_t            score;          /* 0..100 */
    int64_t            reasons_n;
    struct sv          reasons;        /* sentences, a line each, with the numbers */
    struct day         measured_on, since;     /* since: the score reached the limit */
    struct day         listed_from;    /* the street reads it from then on */
    struct sv          answer;         /* what she says to it */
    struct moment      answered_at;
    int                state;
};

/* What the street has to look at. */
struct spot_check {
    struct spot_check_id id;
    struct row         row;
    struct organisation_id org;
    int64_t            score, reasons_n;
    struct sv          reasons, answer;
    struct day         listed_on, due;
    int                result;
    struct sv          found;
    struct account_id  done_by;
    struct moment      done_at;
    int                state;
};

extern const struct field  ghost_score_fields[], spot_check_fields[];
extern const struct entity ghost_score_entity, spot_check_entity;
extern const struct module ghost_module;

/* Measures every station as of now; what the nightly job does. `j` NULL: from a command or test. */
MUST enum err ghost_measure(struct ctx *c, const struct job *j);

/* What the station says reaches an open spot check at once. */
MUST enum err ghost_answered(struct ctx *c, const struct ghost_score *g);

/* One station, inside a transaction. Stations younger than ghost.days have no score. */
MUST enum err ghost_measure_one(struct ctx *c, struct organisation_id org);

#endif
