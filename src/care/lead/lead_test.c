/* lead_test.c - the first signal before a complaint, and what is a surprise. */

#include "care/lead/lead.h"

#include "care/order/order_world_test.h"

enum { HOUR_MS = 3600000 };

static void signal_at(struct station *s, enum signal_kind kind, struct moment at)
{
    struct work_item w;
    record_clear(work_item_fields, &w);
    w.row.scope = s->wang.row.scope;
    w.id.n = s->wang.id.n + 100 + at.ms % 1000 + (int64_t)kind;
    w.kind = (int)kind;
    w.elder = s->wang.id;
    w.why = SV("试算");
    w.happened_at = at;
    w.due = at;
    w.state = SIGNAL_DONE;
    MUST_GO(s->c, entity_bulk(s->c, &work_item_entity, &w, 1));
}

static void complains(struct station *s, enum request_kind kind)
{
    struct request_ticket r;
    record_clear(request_fields, &r);
    r.row.scope = s->wang.row.scope;
    r.id.n = s->wang.id.n + 50 + (int64_t)kind;
    r.number = sv_fmt(test_mem(), "S%d", (int)kind);
    r.kind = (int)kind;
    r.topic = TOPIC_MEAL;
    r.elder = s->wang.id;
    r.came_at = s->c->now;
    MUST_GO(s->c, entity_bulk(s->c, &request_entity, &r, 1));
}

static size_t all(struct station *s, struct lead_one **ones)
{
    size_t n;
    MUST_GO(s->c, lead_requests(s->c, (struct scope_range){ 0, INT64_MAX },
                                (struct moment){ 0 }, ones, &n));
    return n;
}

TEST_DB(the_lead_runs_from_the_first_signal_about_her)
{
    struct station s = station_world();
    struct lead_one *ones;
    struct moment now = s.c->now;
    complains(&s, REQUEST_COMPLAINT);
    CHECK_INT(all(&s, &ones), 1);
    CHECK(!moment_known(ones[0].first));
    CHECK_INT(lead_median_hours(test_mem(), ones, 1), -1);
    signal_at(&s, SIGNAL_MEAL_MISSED, (struct moment){ now.ms - 48 * HOUR_MS });
    signal_at(&s, SIGNAL_NOT_MET, (struct moment){ now.ms - 30 * HOUR_MS });
    signal_at(&s, SIGNAL_REFUSED, (struct moment){ now.ms - 40 * 24 * (int64_t)HOUR_MS });
    signal_at(&s, SIGNAL_OTHER, (struct moment){ now.ms - 90 * HOUR_MS });
    CHECK_INT(all(&s, &ones), 1);
    CHECK_INT(ones[0].first.ms, now.ms - 48 * HOUR_MS);
    CHECK_INT(lead_median_hours(test_mem(), ones, 1), 48);
    complains(&s, REQUEST_SUGGESTION);
    CHECK_INT(all(&s, &ones), 1);
}
