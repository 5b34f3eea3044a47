/* outbox.c - messages to people: written with the change, sent after the commit. */

#include "base/log.h"
#include "base/record.h"
#include "store/driver.h"
#include "store/outbox.h"

#include <assert.h>

SQL(outbox_add);
SQL(outbox_lease);
SQL(outbox_end);

enum { BACK_OFF_S = 5, BACK_OFF_MAX_S = 3600 };

const struct field message_out_fields[] = {
    FIELD(struct message_out, id, .zh = "编号", .en = "Id"),
    FIELD(struct message_out, way, .zh = "方式", .en = "Way"),
    FIELD(struct message_out, address, .zh = "地址", .en = "Address"),
    FIELD(struct message_out, template, .zh = "模板", .en = "Template"),
    { .name = "content", .kind = KIND_TEXT, .offset = offsetof(struct message_out, values),
      .high = 20000, .zh = "内容", .en = "Content" },
    FIELD(struct message_out, once, .zh = "唯一标识", .en = "Once"),
    FIELD(struct message_out, not_before, .zh = "不早于", .en = "Not before"),
    FIELD(struct message_out, state, .zh = "状态", .en = "State"),
    FIELD(struct message_out, tries, .zh = "次数", .en = "Tries"),
    FIELD(struct message_out, created_at, .zh = "建立时间", .en = "Created"),
    FIELD(struct message_out, sent_at, .zh = "发送时间", .en = "Sent"),
    { 0 },
};

enum err outbox_add(struct ctx *c, const struct message_out *m)
{
    assert(m->way.len > 0);
    assert(m->once.len > 0);
    struct message_out stored = *m;
    if (!moment_known(stored.not_before))
        stored.not_before = c->now;
    stored.created_at = c->now;
    return db_run(c, &sql_outbox_add, RECORD_PARAMS(message_out_fields, &stored), NULL);
}

/* --- what is due --- */

static struct build due(struct ctx *c, const struct carrier *carriers, size_t n)
{
    struct build b = build_new(c);
    build_sql(&b, "SELECT * FROM outbox WHERE state IN ('waiting', 'sending') AND not_before <= ");
    build_value(&b, V_INT(c->now.ms));
    build_sql(&b, " AND (state = 'waiting' OR lease_until < ");
    build_value(&b, V_INT(c->now.ms));
    build_sql(&b, ") AND way IN (");
    for (size_t i = 0; i < n; i++) {
        if (i)
            build_sql(&b, ", ");
        build_value(&b, V_TEXT(sv_of(carriers[i].way)));
    }
    build_sql(&b, ") ORDER BY not_before, id LIMIT ");
    build_int(&b, OUTBOX_STEP_MAX);
    return b;
}

static enum err read_due(struct ctx *c, const struct carrier *carriers, size_t n,
                         struct message_out *messages, size_t *ret_n)
{
    struct build b = due(c, carriers, n);
    struct rows r = build_rows(c, &b);
    size_t count = 0;
    while (count < OUTBOX_STEP_MAX && rows_next(&r)) {
        record_clear(message_out_fields, &messages[count]);
        rows_read(&r, message_out_fields, &messages[count++]);
    }
    *ret_n = count;
    return rows_end(&r);
}

/* --- one message --- */

struct lease { struct message_out *message; bool got; };

static enum err write_lease(struct ctx *c, void *what)
{
    struct lease *l = what;
    int64_t n;
    TRY(db_run(c, &sql_outbox_lease,
               PARAMS(P_INT("until", c->now.ms + OUTBOX_LEASE_S * 1000),
                      P_INT("id", l->message->id), P_INT("tries", l->message->tries),
                      P_INT("now", c->now.ms)),
               &n));
    l->got = n == 1;
    return ERR_NONE;
}

struct end { const struct message_out *message; const char *state; int64_t not_before, sent_at; };

static enum err write_end(struct ctx *c, void *what)
{
    const struct end *e = what;
    return db_run(c, &sql_outbox_end,
                  PARAMS(P_TEXT("state", sv_of(e->state)), P_INT("not_before", e->not_before),
                         P_ID("sent_at", e->sent_at), P_INT("id", e->message->id),
                         P_INT("tries", e->message->tries)),
                  NULL);
}

static int64_t back_off_ms(int64_t tries)
{
    int64_t s = BACK_OFF_S;
    for (int64_t i = 1; i < tries && s < BACK_OFF_MAX_S; i++)
        s *= 4;
    return (s < BACK_OFF_MAX_S ? s : BACK_OFF_MAX_S) * 1000;
}

static struct end end_of(struct ctx *c, const struct message_out *m, enum err e)
{
    if (!e)
        return (struct end){ m, "sent", m->not_before.ms, c->now.ms };
    const char *state = m->tries < OUTBOX_TRIES_MAX ? "waiting" : "failed";
    return (struct end){ m, state, c->now.ms + back_off_ms(m->tries), 0 };
}

static const struct carrier *carrier_of(const struct carrier *carriers, size_t n, struct sv way)
{
    for (size_t i = 0; i < n; i++)
        if (sv_is(way, carriers[i].way))
            return &carriers[i];
    return NULL;
}

static enum err send_one(struct ctx *c, const struct carrier *k, struct message_out *m,
                         bool *ret_sent)
{
    struct lease l = { m, false };
    *ret_sent = false;
    TRY(store_write(c, write_lease, &l));
    if (!l.got)
        return ERR_NONE;                                 /* another worker was faster */
    m->tries++;
    enum err e = k->send(c, m, k->state);
    struct end end = end_of(c, m, e);
    if (e)
        log_fault(c, "outbox");
    ctx_forgive(c);
    TRY(store_write(c, write_end, &end));
    *ret_sent = !e;
    return ERR_NONE;
}

enum err outbox_step(struct ctx *c, const struct carrier *carriers, size_t n, int64_t *ret_sent)
{
    *ret_sent = 0;
    if (n == 0)
        return ERR_NONE;
    struct message_out *messages = NEW(&c->mem, struct message_out, OUTBOX_STEP_MAX);
    size_t count;
    TRY(read_due(c, carriers, n, messages, &count));
    for (size_t i = 0; i < count; i++) {
        bool sent;
        TRY(send_one(c, carrier_of(carriers, n, messages[i].way), &messages[i], &sent));
        *ret_sent += sent;
    }
    return ERR_NONE;
}
