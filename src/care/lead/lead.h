/*
 * lead.h - 未诉 beside 已诉: what the house saw by itself before anybody complained, beside what was
 * complained about, and by how long the first came before the second.
 *
 *     未诉   work items that the house raised itself (nobody met, a missed meal, refusals, moods,
 *           a worried carer, an idle batch …); not those written by hand, nor those that come
 *           from requests
 *     已诉   complaints and calls for help, withdrawn ones left out
 *     lead  from the earliest such signal about the same elder or place, within
 *           `lead.look_back_days` before it, to the moment the complaint came; a complaint without
 *           one came as a surprise
 */
#ifndef CARE_LEAD_H
#define CARE_LEAD_H

#include "care/request/request.h"
#include "care/signal/signal.h"
#include "http/http.h"

enum { LEAD_REQUESTS_MAX = 4000, LEAD_DAYS_MAX = 366 };

/* One complaint and the first signal before it; `first` unknown: a surprise. */
struct lead_one {
    int64_t       request, scope;
    int           topic, solved;
    struct moment came, first;
};

/* Those of a range since a moment, the latest first; at most LEAD_REQUESTS_MAX. */
MUST enum err lead_requests(struct ctx *c, struct scope_range in, struct moment since,
                            struct lead_one **ret_ones, size_t *ret_n);

/* The median in hours of those that were preceded; -1 when none was. */
int64_t lead_median_hours(struct arena *mem, const struct lead_one *ones, size_t n);

extern const struct module lead_module;

#endif
