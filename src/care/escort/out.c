/* out.c - who is out at a clinic now, or should be: with the steps and their times, late first. */

#include "care/escort/escort.h"

#include "care/parameter/parameter.h"
#include "http/describe/gives.h"
#include "http/http.h"

#include <stdlib.h>

SQL(escorts_out);

enum { LINES_MAX = 200, MS_A_MINUTE = 60000 };

/* How it stands: nobody has set out although it is time; out beyond the order's end; or well. */
enum out_state { OUT_WELL, OUT_NOT_STARTED, OUT_TOO_LONG };
static const struct choice out_states[] = {
    { "well", "正常", "well" }, { "not_started", "到点未出发", "not set out in time" },
    { "too_long", "超时未回", "not back in time" }, { 0 },
};

struct out_line {
    struct escort e;
    int64_t start_min, end_min;
    int     state;
    int64_t late_min;                      /* how long it is late; 0: it is not */
};
struct out { struct out_line at[LINES_MAX]; size_t n; };

MUST static enum err read_range(struct ctx *c, struct scope_range in, struct out *out)
{
    int64_t ids[LINES_MAX];
    size_t first = out->n, n = first;
    struct rows r = db_rows(c, &sql_escorts_out,
                            PARAMS(P_INT("org", c->who->org), P_INT("low", in.low),
                                   P_INT("high", in.high), P_INT("today", day_of(c->now).n)));
    while (n < LINES_MAX && rows_next(&r)) {
        ids[n] = rows_int(&r, 0);
        out->at[n].start_min = rows_int(&r, 1);
        out->at[n++].end_min = rows_int(&r, 2);
    }
    TRY(rows_end(&r));
    for (size_t i = first; i < n; i++) {
        bool found;
        TRY(entity_load(c, &escort_entity, ids[i], &out->at[i].e, &found));
    }
    out->n = n;
    return ERR_NONE;
}

/* Since when it is late, by the order's own times and the grace of the house. */
MUST static enum err judge(struct ctx *c, struct out_line *l)
{
    int64_t grace;
    bool planned = l->e.state == ESCORT_PLANNED;
    TRY(parameter_int(c, "escort.late_min", l->e.row.scope, l->e.day, &grace));
    struct moment due = moment_at(l->e.day, (int)(planned ? l->start_min : l->end_min));
    int64_t late = (c->now.ms - due.ms) / MS_A_MINUTE - grace;
    l->late_min = late > 0 ? late : 0;
    l->state = late <= 0 ? OUT_WELL : planned ? OUT_NOT_STARTED : OUT_TOO_LONG;
    return ERR_NONE;
}

/* Latest first; of those in time who set out before. */
static int by_late(const void *a, const void *b)
{
    const struct out_line *x = a, *y = b;
    if (x->late_min != y->late_min)
        return x->late_min < y->late_min ? 1 : -1;
    int64_t left = x->e.day.n * MINUTES_A_DAY + x->start_min;
    int64_t right = y->e.day.n * MINUTES_A_DAY + y->start_min;
    return (left > right) - (left < right);
}

/* An organisation's own; an officer's by her ranges. */
MUST static enum err out_read(struct ctx *c, struct out *out)
{
    struct scope_range all = { 0, DIVISION_CODE_MAX };
    bool own = roles[c->who->role].sees == SEES_ORG;
    if (own)
        TRY(read_range(c, all, out));
    for (size_t i = 0; !own && i < c->who->ranges_n; i++)
        TRY(read_range(c, c->who->ranges[i], out));
    for (size_t i = 0; i < out->n; i++)
        TRY(judge(c, &out->at[i]));
    qsort(out->at, out->n, sizeof *out->at, by_late);
    return ERR_NONE;
}

/* --- as an answer --- */

MUST static enum err put_line(struct ctx *c, struct json *j, const struct out_line *l)
{
    const struct choice *kind = &errand_kinds[l->e.kind], *state = &out_states[l->state];
    struct carer carer;
    struct care_order order;
    bool found = false;
    json_object(j, NULL);
    entity_json(c, j, "row", &escort_entity, &l->e, false);
    json_text(j, "kind_name", sv_of(c->lang == LANG_EN ? kind->en : kind->zh));
    json_text(j, "how", sv_of(state->key));
    json_text(j, "how_name", sv_of(c->lang == LANG_EN ? state->en : state->zh));
    json_int(j, "late_min", l->late_min);
    json_int(j, "start_min", l->start_min);
    json_int(j, "end_min", l->end_min);
    if (l->e.carer.n)
        TRY(entity_load(c, &carer_entity, l->e.carer.n, &carer, &found));
    if (found)
        json_text(j, "carer_name", carer.name);
    TRY(entity_load(c, &care_order_entity, l->e.care_order.n, &order, &found));
    json_text(j, "number", found ? order.number : SV(""));
    json_text(j, "for_name", found ? mask_text(&c->mem, MASK_NAME, order.for_name) : SV(""));
    escort_steps_json(c, j, &l->e);
    json_end(j, '}');
    return ERR_NONE;
}

enum err escorts_out_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct out *out = NEW(&c->mem, struct out, 1);
    (void)q;
    TRY(out_read(c, out));
    json_moment(&a->json, "as_of", c->now);
    json_array(&a->json, "lines");
    for (size_t i = 0; i < out->n; i++)
        TRY(put_line(c, &a->json, &out->at[i]));
    json_end(&a->json, ']');
    return ERR_NONE;
}

static const struct field line_gives[] = {
    SAYS(RECORD, "row", .links = "escort"), SAYS(TEXT, "kind_name"),
    SAYS(CHOICE, "how", .choices = out_states), SAYS(TEXT, "how_name"),
    SAYS(INT, "late_min", .zh = "超时多少分钟", .en = "Minutes late; 0 when it is not"),
    SAYS(INT, "start_min"), SAYS(INT, "end_min"), MAY_SAY(TEXT, "carer_name"),
    SAYS(TEXT, "number"), SAYS(TEXT, "for_name"),
    SAYS(LIST, "steps", .record = escort_step_gives), { 0 },
};
const struct field escorts_out_gives[] = {
    SAYS(MOMENT, "as_of"), SAYS(LIST, "lines", .record = line_gives), { 0 },
};
