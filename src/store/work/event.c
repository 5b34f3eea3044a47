/* event.c - rows that say what changed, read in an order that never changes behind the reader. */

#include "base/record.h"
#include "store/driver.h"
#include "store/event.h"

#include <assert.h>

SQL(event_lift);
SQL(event_add_counted);
SQL(event_add_numbered);
SQL(event_after);
SQL(event_last);
SQL(event_first);
SQL(event_trim);

enum { EVENTS_A_TRANSACTION_MAX = 1 << 20, EVENTS_READ_MAX = 10000 };

const struct field event_fields[] = {
    FIELD(struct event, seq, .zh = "序号", .en = "Sequence"),
    FIELD(struct event, entity, .zh = "对象", .en = "Entity"),
    FIELD(struct event, row_id, .zh = "编号", .en = "Row"),
    FIELD(struct event, action, .zh = "动作", .en = "Action"),
    FIELD(struct event, scope, .zh = "辖区", .en = "Scope"),
    FIELD(struct event, org, .zh = "机构", .en = "Organisation"),
    FIELD(struct event, account, .zh = "账号", .en = "Account"),
    FIELD(struct event, at, .zh = "时间", .en = "At"),
    { 0 },
};

enum err event_add(struct ctx *c, const struct event *e)
{
    struct db *db = c->db;
    struct event stored = *e;
    if (!moment_known(stored.at))
        stored.at = c->now;
    int64_t n = db->begun ? db->events++ : 0;
    if (n >= EVENTS_A_TRANSACTION_MAX)
        return fail(c, ERR_TOO_LARGE, "event.too_many", "a transaction writes at most %d events",
                    EVENTS_A_TRANSACTION_MAX);
    struct params p = PARAMS(P_INT("n", n));
    p.fields = event_fields;
    p.record = &stored;
    bool numbered = db_engine(db) == ENGINE_POSTGRES;
    return db_run(c, numbered ? &sql_event_add_numbered : &sql_event_add_counted, p, NULL);
}

enum err event_after(struct ctx *c, int64_t seq, int64_t n, struct list *ret_events,
                     int64_t *ret_seq)
{
    assert(n > 0);
    assert(n <= EVENTS_READ_MAX);
    struct event *events = NEW(&c->mem, struct event, n);
    size_t count = 0;
    struct rows r = db_rows(c, &sql_event_after, PARAMS(P_INT("seq", seq), P_INT("n", n)));
    while (rows_next(&r))
        rows_read(&r, event_fields, &events[count++]);
    TRY(rows_end(&r));
    *ret_events = (struct list){ events, count };
    *ret_seq = count ? events[count - 1].seq : seq;
    return ERR_NONE;
}

enum err event_last(struct ctx *c, int64_t *ret_seq)
{
    return db_int(c, &sql_event_last, NO_PARAMS, ret_seq);
}

enum err event_lift(struct ctx *c)
{
    if (db_engine(c->db) != ENGINE_POSTGRES)
        return ERR_NONE;
    return db_run(c, &sql_event_lift, NO_PARAMS, NULL);
}

enum err event_first(struct ctx *c, int64_t *ret_seq)
{
    return db_int(c, &sql_event_first, NO_PARAMS, ret_seq);
}

enum err event_trim(struct ctx *c, struct moment before, int64_t *ret_n)
{
    return db_run(c, &sql_event_trim,
                  PARAMS(P_INT("before", before.ms), P_INT("n", EVENT_TRIM_MAX)), ret_n);
}
