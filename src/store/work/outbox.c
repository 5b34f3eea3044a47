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

static int64_t room_of(const struct carrier *k)
{
    return k->room > 0 && k->room < OUTBOX_STEP_MAX ? k->room : OUTBOX_STEP_MAX;
}

static struct build due(struct ctx *c, const struct carrier *k, int64_t room)
{
    struct build b = build_new(c);
    build_sql(&b, "SELECT * FROM outbox WHERE state IN ('waiting', 'sending') AND not_before <= ");
    build_value(&b, V_INT(c->now.ms));
    build_sql(&b, " AND (state = 'waiting' OR lease_until < ");
    build_value(&b, V_INT(c->now.ms));
    build_sql(&b, ") AND way = ");
    build_value(&b, V_TEXT(sv_of(k->way)));
    build_sql(&b, " ORDER BY not_before, id LIMIT ");
    build_int(&b, room);
    return b;
}

/* Each carrier's own are asked for by itself: much that waits for one does not hide the other's. */
static enum err read_due(struct ctx *c, const struct carrier *k, struct message_out *messages,
                         size_t *n)
{
    int64_t left = OUTBOX_STEP_MAX - (int64_t)*n, room = room_of(k) < left ? room_of(k) : left;
    if (room <= 0)
        return ERR_NONE;
    struct build b = due(c, k, room);
    struct rows r = build_rows(c, &b);
    while (*n < OUTBOX_STEP_MAX && rows_next(&r)) {
        record_clear(message_out_fields, &messages[*n]);
        rows_read(&r, message_out_fields, &messages[(*n)++]);
    }
    return rows_end(&r);
}

/* --- a step: claim, send, settle --- */

/* What is due, and what has become of it. */
struct batch {
    struct message_out        *messages;
    const struct message_out **mine;         /* claimed by this step … */
    enum carried              *how;
    size_t                     n, mine_n;
    const struct carrier      *carriers;
    size_t                     carriers_n;
};

/* Another worker may have been faster with any of them. */
static enum err claim(struct ctx *c, void *what)
{
    struct batch *b = what;
    b->mine_n = 0;
    for (size_t i = 0; i < b->n; i++) {
        struct message_out *m = &b->messages[i];
        int64_t got;
        TRY(db_run(c, &sql_outbox_lease,
                   PARAMS(P_INT("until", c->now.ms + OUTBOX_LEASE_S * 1000), P_INT("id", m->id),
                          P_INT("tries", m->tries), P_INT("now", c->now.ms)), &got));
        if (got == 1)
            b->mine[b->mine_n++] = m;
    }
    return ERR_NONE;
}

static int64_t back_off_ms(int64_t tries)
{
    int64_t s = BACK_OFF_S;
    for (int64_t i = 1; i < tries && s < BACK_OFF_MAX_S; i++)
        s *= 4;
    return (s < BACK_OFF_MAX_S ? s : BACK_OFF_MAX_S) * 1000;
}

static bool is_final(const struct message_out *m, enum carried how)
{
    return how != CARRIED_NO || m->tries >= OUTBOX_TRIES_MAX;
}

static const char *state_after(const struct message_out *m, enum carried how)
{
    static const char *const ends[] = { "failed", "sent", "failed", "unsure" };
    return is_final(m, how) ? ends[how] : "waiting";
}

static enum err settle_one(struct ctx *c, const struct batch *b, size_t i)
{
    const struct message_out *m = b->mine[i];
    enum carried how = b->how[i];
    int64_t not_before =
        is_final(m, how) ? m->not_before.ms : c->now.ms + back_off_ms(m->tries);
    TRY(db_run(c, &sql_outbox_end,
               PARAMS(P_TEXT("state", sv_of(state_after(m, how))),
                      P_INT("not_before", not_before),
                      P_ID("sent_at", how == CARRIED_YES ? c->now.ms : 0), P_INT("id", m->id),
                      P_INT("tries", m->tries)), NULL));
    for (size_t k = 0; k < b->carriers_n; k++)
        if (sv_is(m->way, b->carriers[k].way) && b->carriers[k].settled)
            TRY(b->carriers[k].settled(c, m, how, is_final(m, how), b->carriers[k].state));
    return ERR_NONE;
}

static enum err settle(struct ctx *c, void *what)
{
    const struct batch *b = what;
    for (size_t i = 0; i < b->mine_n; i++)
        TRY(settle_one(c, b, i));
    return ERR_NONE;
}

/* The carrier's own of the batch in one call, so that it can have them in one go as well. */
static void send_by(struct ctx *c, const struct carrier *k, struct batch *b)
{
    const struct message_out **list = NEW(&c->mem, const struct message_out *, b->mine_n);
    size_t *at = NEW(&c->mem, size_t, b->mine_n), n = 0;
    for (size_t i = 0; i < b->mine_n; i++) {
        if (!sv_is(b->mine[i]->way, k->way))
            continue;
        at[n] = i;
        list[n++] = b->mine[i];
    }
    if (n == 0)
        return;
    enum carried *how = NEW(&c->mem, enum carried, n);
    if (k->send(c, list, n, how, k->state))
        log_fault(c, "outbox");
    ctx_forgive(c);
    for (size_t i = 0; i < n; i++)
        b->how[at[i]] = how[i];
}

enum err outbox_step(struct ctx *c, const struct carrier *carriers, size_t n, int64_t *ret_sent)
{
    *ret_sent = 0;
    struct batch b = { .messages = NEW(&c->mem, struct message_out, OUTBOX_STEP_MAX),
                       .carriers = carriers, .carriers_n = n };
    for (size_t i = 0; i < n; i++)
        TRY(read_due(c, &carriers[i], b.messages, &b.n));
    if (b.n == 0)
        return ERR_NONE;
    b.mine = NEW(&c->mem, const struct message_out *, b.n);
    b.how = NEW(&c->mem, enum carried, b.n);
    TRY(store_write(c, claim, &b));
    for (size_t i = 0; i < b.n; i++)
        b.messages[i].tries++;               /* as the claimed ones now stand */
    for (size_t i = 0; i < n; i++)
        send_by(c, &carriers[i], &b);
    TRY(store_write(c, settle, &b));
    for (size_t i = 0; i < b.mine_n; i++)
        *ret_sent += b.how[i] == CARRIED_YES;
    return ERR_NONE;
}
