/*
 * request.h - 诉求工单: somebody asks, suggests, complains or needs help, and gets an answer by a
 * day.
 *
 *     open → routed → accepted → replied → closed      (withdrawn by who asked)
 *        └──────── an office answers itself ┘   └ not solved: open again
 *
 * A request is the offices' and the complainant's: no organisation ever sees one. An organisation
 * that is to answer gets a task (承办单, task.h) made from it, which carries who complains only
 * when she did not ask to be hidden. docs/decisions/0044.
 *
 * The clock runs in working days by the calendar; by when an answer is due follows from kind and
 * risk (parameters), is put off once at most, and never lies behind what the city demands.
 */
#ifndef CARE_REQUEST_H
#define CARE_REQUEST_H

#include "care/order/order.h"
#include "care/place/place.h"

enum request_kind { REQUEST_CONSULTATION, REQUEST_SUGGESTION, REQUEST_COMPLAINT, REQUEST_HELP,
                    REQUEST_KINDS };
enum request_channel { REQUEST_WEB, REQUEST_PHONE, REQUEST_COUNTER, REQUEST_12345,
                       REQUEST_OPEN311, REQUEST_VISITED };
enum request_topic {
    TOPIC_OTHER, TOPIC_MEAL, TOPIC_HOME, TOPIC_STATION, TOPIC_INSTITUTION, TOPIC_STAFF, TOPIC_FEE,
    TOPIC_SUBSIDY, TOPIC_SAFETY, TOPIC_FACILITY,
};
enum request_risk { RISK_NORMAL, RISK_MIDDLE, RISK_HIGH };
enum request_state { REQUEST_OPEN, REQUEST_ROUTED, REQUEST_ACCEPTED, REQUEST_REPLIED,
                     REQUEST_CLOSED, REQUEST_WITHDRAWN };
enum request_timely { TIMELY_WAITING, TIMELY_YES, TIMELY_LATE };
enum request_solved { SOLVED_UNKNOWN, SOLVED_YES, SOLVED_NO };
enum request_satisfied { SATISFIED_UNKNOWN, SATISFIED_YES, SATISFIED_PARTLY, SATISFIED_NO };
extern const struct choice request_kinds[], request_channels[], request_topics[], request_risks[],
    request_states[], request_timelies[], request_solveds[], request_satisfieds[];

struct request_id { int64_t n; };
struct open311_client_id { int64_t n; };   /* care/open311 */

struct request_ticket {
    struct request_id  id;
    struct row         row;            /* scope: of the elder, else of what it is about */
    struct sv          number;         /* short, for the telephone: "S1122-7K3QF2" */
    struct sv          number12345;    /* 12345's own number, kept and unique; "" none */
    int                kind, channel, topic;
    struct day         came_on;        /* the day that a list says; sets came_at */
    struct moment      came_at;        /* when she said it */
    struct account_id  account;        /* the citizen who sent it; 0: staff wrote it down */
    struct account_id  written_by;
    struct sv          name, phone;    /* of who complains */
    bool               hidden;         /* she is to be hidden from who it is about */
    struct elder_id    elder;
    struct organisation_id org;        /* whom it is about */
    struct place_id    place;
    struct care_order_id care_order;
    struct division_id division;
    struct open311_client_id client;   /* whose program sent it; 0: none */
    struct degrees     lat, lon;       /* where, as a program said; unknown: 0, 0 */
    struct sv          matter;         /* SECRET: what she said */
    bool               danger;         /* she says that somebody is hurt or in danger */
    int                risk;
    struct sv          risk_why;       /* the words found, or what an officer decided */
    struct organisation_id handler;    /* who has it: an organisation by its task … */
    struct division_id office;         /* … or an office; both 0: nobody yet */
    struct day         city_due;       /* the day that the city demands; DAY_NONE: none */
    struct day         accept_by, due;
    bool               due_unsure;     /* a year without arrangement: counted by weekdays */
    bool               extended;
    struct sv          extend_reason;
    struct moment      routed_at, accepted_at, replied_at, closed_at;
    struct account_id  replied_by;
    int                response, finish;       /* accepted, answered by the day that was due */
    struct sv          reply;          /* SECRET: what she is told */
    int                solved, satisfied;
    struct sv          rated_words;    /* SECRET */
    int64_t            reopened;       /* how often it was not over */
    bool               inspection_asked;
    int                state;
};

extern const struct field  request_fields[];
extern const struct entity request_entity;
extern const struct step   request_steps[];
extern const struct module request_module, request_my_module, request_reply_module,
    request_inspect_module;

/* What a face sends; staff also say how it came. Citizens: the caller is who complains. */
struct request_new {
    int                kind, topic, channel;
    struct sv          matter, name, phone;
    bool               hidden, danger;
    struct elder_id    elder;
    struct organisation_id org;
    struct place_id    place;
    struct care_order_id care_order;
    struct division_id division;
    struct compound_id compound;       /* says the division, where that is not given */
};
extern const struct field request_new_fields[];

/*
 * Stores a request for the caller: links must lead to what she sees (a place or organisation: to
 * what is published), the clock starts, the risk is judged. ERR_INVALID with the fields at fault.
 */
MUST enum err request_open(struct ctx *c, const struct request_new *n,
                           struct request_ticket *ret_request);

/* An inspection begun because of a request says what came of it: an internal note there. */
MUST enum err request_inspected(struct ctx *c, int64_t request, struct sv words);

/* An order is disputed: the request that goes with it. It is never hidden: the order names her. */
MUST enum err request_of_dispute(struct ctx *c, const struct care_order *o);

#endif
