/* inside.h - what the files of care/gathering share. */
#ifndef CARE_GATHERING_INSIDE_H
#define CARE_GATHERING_INSIDE_H

#include "care/gathering/gathering.h"

/* Effects and follow-up of an enrolment (enrol.c). */
struct place_input { struct slot_id slot; };
enum err enrolment_invite(struct ctx *c, void *row, const void *input);
enum err enrolment_accept(struct ctx *c, void *row, const void *input);
enum err enrolment_give_back(struct ctx *c, void *row, const void *input);
enum err enrolment_guard(struct ctx *c, const void *row);
enum err enrolment_follow(struct ctx *c, const void *before, const void *row, const char *action);

/* All who signed up or wait are let go, free of charge, and told (enrol.c). */
MUST enum err gathering_call_off(struct ctx *c, const struct gathering *g);

/* The gathering, when the caller works for who holds it or answers for where it is. */
MUST enum err gathering_of_staff(struct ctx *c, struct gathering_id id, struct gathering *ret);

extern const struct endpoint gathering_endpoints[];
extern const struct job_kind gathering_jobs[];                   /* clock.c */
extern const struct schedule gathering_schedules[];

/* GET /api/gathering/open, near.c */
endpoint_fn gathering_open_get;
extern const struct field gathering_open_gives[];
/* console.c */
endpoint_fn gathering_week_get, gathering_sheet_get, gathering_sign_in_post;
extern const struct field gathering_week_asked_fields[], gathering_week_gives[],
    gathering_sheet_asked_fields[], gathering_sheet_gives[], door_fields[], door_gives[];
struct gathering_week_asked { struct day from; };
struct gathering_sheet_asked { struct day day; };

/* Numbers of one: who is in, waits, was told of a place, never came; and places left (page.c). */
struct gathering_count { int64_t in, waiting, invited, absent, left; };
MUST enum err gathering_count_of(struct ctx *c, const struct gathering *g,
                                 struct gathering_count *ret_count);

/* "id", "title", "kind", "when", … of the open object. */
MUST enum err gathering_json(struct ctx *c, struct json *j, const struct gathering *g);
#define GATHERING_GIVES                                                                           \
    SAYS(ID, "id"), SAYS(TEXT, "title"), SAYS(CHOICE, "kind", .choices = gathering_kinds),        \
        SAYS(TEXT, "kind_name"), SAYS(TEXT, "when"), SAYS(TEXT, "where"), SAYS(DAY, "first_day"), \
        SAYS(DAY, "last_day"), SAYS(INT, "start_min"), SAYS(INT, "end_min"),                      \
        MAY_SAY(TEXT, "leader"), SAYS(ID, "org"), SAYS(TEXT, "org_name"), MAY_SAY(ID, "place"),   \
        SAYS(MONEY, "price"), SAYS(INT, "places"), SAYS(INT, "left"), SAYS(INT, "in"),            \
        SAYS(INT, "waiting"), SAYS(INT, "invited"), SAYS(DAY, "opens_on"), SAYS(DAY, "closes_on")

extern const struct follower gathering_followers[];        /* of orders that end: enrol.c */

#endif
