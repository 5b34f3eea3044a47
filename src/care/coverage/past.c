/* past.c - coverage of days gone by: noted where it changes, read as of a day. */

#include "care/coverage/past.h"

#include "care/coverage/coverage.h"

SQL(coverage_by_scope);
SQL(coverage_past_day);
SQL(coverage_past_day_set);
SQL(coverage_past_last);
SQL(coverage_past_on);

enum { BATCH = 500 };

const struct field coverage_past_fields[] = {
    ROW_FIELDS(struct coverage_past),
    CHOICE(struct coverage_past, kind, place_kinds, .filter = true, .brief = true,
           .zh = "网点类型", .en = "Kind of place"),
    FIELD(struct coverage_past, day, .filter = true, .brief = true, .zh = "日期", .en = "Day"),
    FIELD(struct coverage_past, known, .brief = true, .zh = "住处位置已知", .en = "Homes known"),
    FIELD(struct coverage_past, near, .brief = true, .zh = "走得到", .en = "Who could walk to one"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "last", .columns = "scope, kind, day, id" },
    { .name = "on", .columns = "kind, scope, day, id" },
    { 0 },
};

static const struct sort sorts[] = { { "day", "day", true, "日期", "Day" }, { 0 } };

const struct entity coverage_past_entity = {
    .name = "coverage_past", .zh = "覆盖历史", .en = "Past coverage",
    .kind = ENTITY_APPEND_ONLY, .size = sizeof(struct coverage_past),
    .fields = coverage_past_fields, .indexes = indexes, .sorts = sorts,
    .reads = MAY_READ_FIGURES, .writes = MAY_SET_RULES, .no_create = true, .no_update = true,
    .no_history = true,
};

/* --- what stands now, and what was noted last --- */

/* Of one community: `had` the kinds that have a row, with what it said. */
struct at_scope {
    int64_t  scope, known, near[PLACE_KINDS];
    int64_t  known_then[PLACE_KINDS], near_then[PLACE_KINDS];
    uint32_t had;
};
struct noting {
    struct at_scope      *at;
    size_t                n, room;
    struct coverage_past *rows;
    size_t                rows_n, next;
};

/* Both lists come in order of scope, so a scope is at the end or not there yet. */
static struct at_scope *scope_of(struct ctx *c, struct noting *m, size_t *from, int64_t scope)
{
    while (*from < m->n && m->at[*from].scope < scope)
        ++*from;
    if (*from < m->n && m->at[*from].scope == scope)
        return &m->at[*from];
    m->at = GROW(&c->mem, m->at, m->n, &m->room);
    for (size_t i = m->n++; i > *from; i--)
        m->at[i] = m->at[i - 1];
    m->at[*from] = (struct at_scope){ .scope = scope };
    return &m->at[*from];
}

MUST static enum err read_now(struct ctx *c, struct noting *m)
{
    size_t from = 0;
    struct rows r = db_rows(c, &sql_coverage_by_scope, PARAMS(P_INT("low", 0),
                                                              P_INT("high", INT64_MAX)));
    while (rows_next(&r)) {
        struct at_scope *s = scope_of(c, m, &from, rows_int(&r, 0));
        int64_t kinds = rows_int(&r, 1), homes = rows_int(&r, 2);
        s->known += homes;
        for (int kind = 0; kind < PLACE_KINDS; kind++)
            s->near[kind] += kinds >> kind & 1 ? homes : 0;
    }
    return rows_end(&r);
}

MUST static enum err read_last(struct ctx *c, struct noting *m)
{
    size_t from = 0;
    int kind;
    struct rows r = db_rows(c, &sql_coverage_past_last, NO_PARAMS);
    while (rows_next(&r)) {
        if (!choice_of(place_kinds, rows_text(&r, 1), &kind))
            continue;
        struct at_scope *s = scope_of(c, m, &from, rows_int(&r, 0));
        s->had |= 1u << kind;
        s->known_then[kind] = rows_int(&r, 2);
        s->near_then[kind] = rows_int(&r, 3);
    }
    return rows_end(&r);
}

static void row_add(struct noting *m, const struct at_scope *s, int kind, struct day day)
{
    bool had = s->had >> kind & 1;
    if (had ? s->known_then[kind] == s->known && s->near_then[kind] == s->near[kind]
            : s->known == 0)
        return;
    struct coverage_past *row = &m->rows[m->rows_n++];
    record_clear(coverage_past_fields, row);
    row->row.scope = s->scope;
    row->kind = kind;
    row->day = day;
    row->known = s->known;
    row->near = s->near[kind];
}

static enum err compare(struct ctx *c, void *arg)
{
    struct noting *m = arg;
    int64_t noted = 0;
    *m = (struct noting){ 0 };
    TRY(db_int(c, &sql_coverage_past_day, NO_PARAMS, &noted));
    if (noted >= day_of(c->now).n)
        return ERR_NONE;
    TRY(read_now(c, m));
    TRY(read_last(c, m));
    m->rows = NEW(&c->mem, struct coverage_past, m->n * PLACE_KINDS);
    for (size_t i = 0; i < m->n; i++)
        for (int kind = 0; kind < PLACE_KINDS; kind++)
            row_add(m, &m->at[i], kind, day_of(c->now));
    return ERR_NONE;
}

static enum err store_some(struct ctx *c, void *arg)
{
    struct noting *m = arg;
    size_t n = m->rows_n - m->next < BATCH ? m->rows_n - m->next : BATCH;
    return entity_bulk(c, &coverage_past_entity, m->rows + m->next, n);
}

static enum err noted_today(struct ctx *c, void *arg)
{
    (void)arg;
    return db_run(c, &sql_coverage_past_day_set, PARAMS(P_INT("day", day_of(c->now).n)), NULL);
}

/* One that is cut short is gone on with: what was stored then is what was noted last. */
enum err coverage_past_note(struct ctx *c)
{
    struct noting m;
    TRY(transaction(c, compare, &m));
    if (!m.n)
        return ERR_NONE;
    for (; m.next < m.rows_n; m.next += BATCH)
        TRY(transaction(c, store_some, &m));
    return transaction(c, noted_today, NULL);
}

/* --- as of a day --- */

enum err coverage_on(struct ctx *c, int kind, struct day day, struct scope_range in,
                     struct coverage_thens *ret_thens)
{
    struct coverage_thens t = { 0 };
    size_t room = 0;
    struct rows r = db_rows(c, &sql_coverage_past_on,
                            PARAMS(P_TEXT("kind", sv_of(place_kinds[kind].key)),
                                   P_INT("day", day.n), P_INT("low", in.low),
                                   P_INT("high", in.high)));
    while (rows_next(&r)) {
        t.at = GROW(&c->mem, t.at, t.n, &room);
        t.at[t.n++] = (struct coverage_then){ rows_int(&r, 0), { rows_int(&r, 1) },
                                              rows_int(&r, 2), rows_int(&r, 3) };
    }
    *ret_thens = t;
    return rows_end(&r);
}
