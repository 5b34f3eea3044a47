/* digest.c - by the clock: the evening's one message, and tomorrow's visits told the day before. */

#include "care/message/inside.h"

#include "care/parameter/parameter.h"
#include "model/jobs.h"

SQL(message_digest_due);
SQL(message_gathered);
SQL(message_orders_of_day);

enum { LINES_RUNES = 90, GATHERED_MAX = 40, MORNING_MIN = 480 };

/* --- the digest --- */

/* The text without the signature and the link, shorter: what happened and when. */
static void put_line(struct ctx *c, struct buf *b, const struct message_row *m)
{
    struct catalogue_item item;
    struct care_order o;
    bool found = false;
    struct civil at = civil_of(m->happened_at);
    if (b->len)
        buf_text(b, "；");
    buf_fmt(b, "%02d:%02d", at.hour, at.minute);
    if (m->care_order.n && !entity_load(c, &care_order_entity, m->care_order.n, &o, &found) &&
        found && !entity_load(c, &catalogue_item_entity, o.item.n, &item, &found) && found)
        buf_put(b, sv_runes_head(item.plain_name.len ? item.plain_name : item.name, 8));
    buf_text(b, message_kinds[m->kind].zh);
}

/* As many lines as the text holds; the number says how many there were. */
MUST static enum err gather_lines(struct ctx *c, const int64_t *ids, size_t n, struct sv *ret_lines,
                                  struct message_row *ret_first)
{
    struct buf b = buf_new(&c->mem, 512);
    struct message_row m;
    bool found;
    for (size_t i = 0; i < n; i++) {
        size_t before = b.len;
        TRY(entity_load(c, &message_entity, ids[i], &m, &found));
        if (!found)
            continue;
        if (i == 0)
            *ret_first = m;
        put_line(c, &b, &m);
        if (sv_runes(buf_sv(&b)) > LINES_RUNES)
            b.len = before;
        TRY(entity_act_by_rule(c, &message_entity, m.id.n, m.row.version, SV("fold"), NULL, &m));
    }
    *ret_lines = buf_sv(&b);
    return ERR_NONE;
}

static enum err digest_one(struct ctx *c, const struct due_row *due, const void *with)
{
    int64_t ids[GATHERED_MAX];
    size_t n = 0;
    struct account a;
    struct sv lines;
    struct message_row first;
    bool found;
    (void)with;
    struct rows r = db_rows(c, &sql_message_gathered,
                            PARAMS(P_INT("account", due->id), P_INT("now", c->now.ms)));
    while (n < GATHERED_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    TRY(entity_load(c, &account_entity, due->id, &a, &found));
    if (!found || n == 0)
        return ERR_NONE;
    TRY(gather_lines(c, ids, n, &lines, &first));
    return message_send(c, &(struct message_new){
        .kind = TELL_DIGEST, .account = a.id, .elder = first.elder, .phone = a.phone,
        .scope = first.row.scope,
        .values = { { "lines", lines }, { "count", sv_fmt(&c->mem, "%zu", n) } },
        .once = sv_fmt(&c->mem, "digest/%lld/%lld", (long long)a.id.n, (long long)ids[0]) });
}

enum err message_digest_job(struct ctx *c, const struct job *j)
{
    return work_by_clock(c, j, &(struct work_by_clock){ .due = &sql_message_digest_due,
                                                        .each = digest_one });
}

/* --- tomorrow --- */

static enum err tomorrow_one(struct ctx *c, const struct due_row *due, const void *with)
{
    struct care_order o;
    int64_t told;
    bool found;
    (void)with;
    TRY(entity_load(c, &care_order_entity, due->id, &o, &found));
    if (!found)
        return ERR_NONE;
    TRY(parameter_int(c, "message.tomorrow", o.row.scope, day_of(c->now), &told));
    return told ? message_tell(c, TELL_TOMORROW, &o, o.day.n) : ERR_NONE;
}

/* Each quarter of an hour from the morning on, so that everybody's own hour lies ahead. */
enum err message_tomorrow_job(struct ctx *c, const struct job *j)
{
    if (minute_of(c->now) < MORNING_MIN)
        return ERR_NONE;
    return work_by_clock(c, j, &(struct work_by_clock){
        .due = &sql_message_orders_of_day, .until = { day_of(c->now).n + 1 },
        .each = tomorrow_one });
}
