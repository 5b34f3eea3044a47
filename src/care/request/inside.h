/* inside.h - what the files of this folder share. */
#ifndef CARE_REQUEST_INSIDE_H
#define CARE_REQUEST_INSIDE_H

#include "care/figure/figure.h"
#include "care/request/request.h"
#include "care/request/task.h"
#include "http/http.h"

/* Who works on requests: offices, never an organisation (request_office_guard). */
#define REQUEST_OFFICE (RIGHT(MAY_PLACE_ORDERS) | RIGHT(MAY_WRITE_REGISTER))

/* --- clock.c --- */

/* The n-th working day after a day; *ret_unsure: a year whose arrangement is not loaded. */
MUST enum err request_days_after(struct ctx *c, struct day from, int64_t n, struct day *ret_day,
                                 bool *ret_unsure);
/* Sets accept_by and due from `from` by kind and risk. */
MUST enum err request_clock(struct ctx *c, struct day from, struct request_ticket *r);
void request_accepted(const struct ctx *c, struct request_ticket *r);
void request_replied(const struct ctx *c, struct request_ticket *r);

/* --- risk.c --- */

/* How dangerous the words are, and which; the words are parameters. */
MUST enum err request_judge(struct ctx *c, struct request_ticket *r);

/* --- steps.c --- */

struct route_input { struct organisation_id handler; struct division_id office; struct sv gist; };
struct triage_input { int risk; };
struct reply_input { struct sv reply; };
struct solved_input { int satisfied; struct sv words; };
struct unsolved_input { struct sv words; };

/* --- note.c --- */

struct request_note_id { int64_t n; };
/* What offices say among themselves: in no answer to the complainant or an organisation. */
struct request_note {
    struct request_note_id id;
    struct row             row;
    struct request_id      request;
    struct account_id      account;
    struct sv              words;          /* SECRET */
};
extern const struct field  request_note_fields[];
extern const struct entity request_note_entity;

/* --- follow.c --- */

/* What an order, an inspection and the signals hear of a step of a request. */
enum err request_follow(struct ctx *c, const void *before, const void *row, const char *action);

/* --- inspect.c --- */

/* Member "inspections": those begun because of the request. */
MUST enum err request_inspections_json(struct ctx *c, struct json *j, struct request_id request);

extern const struct endpoint request_endpoints[], request_my_endpoints[],
    request_reply_endpoints[], request_inspect_endpoints[];
extern const struct indicator request_indicators[];

#endif
