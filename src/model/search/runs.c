/* runs.c - through the index: each probe in each district is one run of it, in order of keys. */

#include "model/search/finding.h"

SQL(search_buckets);

/* Runs of one statement; each binds up to nine values, more where the caller's rule is one. */
enum { BRANCHES_MAX = 40, BRANCHES_MAX_RULED = 12 };

static enum err buckets_of(struct ctx *c, const struct entity *e, struct run *r)
{
    int64_t low = search_bucket(r->range.low), high = search_bucket(r->range.high);
    r->bucket = NEW(&c->mem, int64_t, BUCKETS_MAX);
    if (low == high) {
        r->bucket[r->buckets++] = low;
        return ERR_NONE;
    }
    struct rows rows = db_rows(c, &sql_search_buckets,
                               PARAMS(P_TEXT("entity", sv_of(e->name)), P_INT("low", low),
                                      P_INT("high", high)));
    while (r->buckets < BUCKETS_MAX && rows_next(&rows))
        r->bucket[r->buckets++] = rows_int(&rows, 0);
    return rows_end(&rows);
}

enum err runs_of(struct finding *f)
{
    const struct who *w = f->c->who;
    struct runs *r = &f->runs;
    *r = (struct runs){ .n = 0 };
    if (f->view.all || f->by_condition)
        r->at[r->n++].range = (struct scope_range){ 0, INT64_MAX };
    else if (f->view.ranges)
        for (size_t i = 0; i < w->ranges_n; i++)
            r->at[r->n++].range = w->ranges[i];
    for (size_t i = 0; i < r->n; i++)
        TRY(buckets_of(f->c, f->e, &r->at[i]));
    return ERR_NONE;
}

/* One run of the index: a probe in a district at a rank. */
struct branch { const struct probe *probe; const struct run *run; int64_t bucket; int rank; };

/* The end of all texts that begin with `word`, in byte order. */
static struct sv after_word(struct arena *mem, struct sv word)
{
    struct buf b = buf_new(mem, word.len + 4);
    buf_put(&b, word);
    buf_rune(&b, 0x10FFFF);
    return buf_sv(&b);
}

void build_key_range(struct ctx *c, struct build *b, const struct probe *p)
{
    build_sql(b, " AND key >= ");
    build_value(b, V_TEXT(p->low));
    build_sql(b, " AND key < ");
    build_value(b, V_TEXT(after_word(&c->mem, p->low)));
    if (p->like.len) {
        build_sql(b, " AND key LIKE ");
        build_value(b, V_TEXT(p->like));
    }
}

/* Nothing where the district lies in the range as a whole. */
static void build_scope(struct build *b, const struct run *r, int64_t bucket)
{
    if (r->range.low <= bucket * 1000000 && r->range.high >= bucket * 1000000 + 999999)
        return;
    build_sql(b, " AND scope BETWEEN ");
    build_value(b, V_INT(r->range.low));
    build_sql(b, " AND ");
    build_value(b, V_INT(r->range.high));
}

static void build_entity(struct build *b, const struct entity *e)
{
    build_sql(b, " FROM search_entry WHERE entity = '");
    build_name(b, e->name);
    build_sql(b, "'");
}

/* Of several names in one field, as compounds have, what is inside one may begin another. */
static const char *ranks_inside(const struct entity *e)
{
    return search_of_persons(e) ? " AND rank = 2" : " AND rank IN (0, 1, 2)";
}

/* The caller's rule, where it is one. */
static void build_rule(struct finding *f, struct build *b)
{
    if (!f->by_condition)
        return;
    build_sql(b, " AND row_id IN (SELECT id FROM ");
    build_name(b, f->e->name);
    build_sql(b, " WHERE ended_at IS NULL");
    build_view(f->c, b, f->e, &f->view, false);
    build_sql(b, ")");
}

/* The district; none where nobody has what the probe cannot do without. */
static void build_bucket(struct finding *f, struct build *b, const struct branch *x)
{
    build_sql(b, " AND bucket = ");
    if (x->probe->inside.len == 0) {
        build_value(b, V_INT(x->bucket));
        return;
    }
    build_sql(b, "(SELECT bucket");
    build_entity(b, f->e);
    build_sql(b, " AND bucket = ");
    build_value(b, V_INT(x->bucket));
    build_piece(b, ranks_inside(f->e));
    build_key_range(f->c, b, &(struct probe){ .low = x->probe->inside });
    build_sql(b, " LIMIT 1)");
}

static void build_run_of(struct finding *f, struct build *b, const struct branch *x)
{
    build_sql(b, "SELECT row_id, rank, key");
    build_entity(b, f->e);
    build_bucket(f, b, x);
    build_sql(b, " AND rank = ");
    build_int(b, x->rank);
    build_key_range(f->c, b, x->probe);
    build_scope(b, x->run, x->bucket);
    build_rule(f, b);
}

/* A row may be there twice, so more of them are read than are wanted. */
static int64_t limit_of(const struct finding *f)
{
    return 2 * ((int64_t)f->max + 1);
}

/*
 * SQLite merges ordered runs and reads of each no more than it must. PostgreSQL would plan each
 * run by itself, which took longer than reading them: there the runs are rows that one plan joins.
 */
static void build_branch(struct finding *f, struct build *b, const struct branch *x)
{
    if (b->engine == ENGINE_SQLITE) {
        build_piece(b, b->n ? " UNION ALL " : "");
        build_run_of(f, b, x);
        return;
    }
    bool inside = x->probe->inside.len != 0;
    build_piece(b, b->n ? ", (" : "SELECT row_id, rank, key FROM (VALUES (");
    build_value(b, V_INT(x->bucket));
    build_sql(b, ", ");
    build_value(b, V_TEXT(x->probe->low));
    build_sql(b, ", ");
    build_value(b, V_TEXT(after_word(&f->c->mem, x->probe->low)));
    build_sql(b, ", ");
    build_value(b, V_TEXT(x->probe->like.len ? x->probe->like : SV("%")));
    build_sql(b, ", ");
    build_value(b, V_TEXT(x->probe->inside));
    build_sql(b, ", ");
    build_value(b, V_TEXT(inside ? after_word(&f->c->mem, x->probe->inside) : SV("")));
    build_sql(b, ", ");
    build_value(b, V_INT(x->run->range.low));
    build_sql(b, ", ");
    build_value(b, V_INT(x->run->range.high));
    build_sql(b, ")");
}

static void build_joined(struct finding *f, struct build *b, int rank)
{
    build_sql(b, ") AS run (district, low, beyond, pattern, inside, inside_beyond, from_scope,"
                 " to_scope) CROSS JOIN LATERAL (SELECT row_id, rank, key");
    build_entity(b, f->e);
    build_sql(b, " AND bucket = district AND rank = ");
    build_int(b, rank);
    build_sql(b, " AND key >= low AND key < beyond AND key LIKE pattern"
                 " AND scope BETWEEN from_scope AND to_scope");
    build_rule(f, b);
    build_sql(b, " ORDER BY key LIMIT ");
    build_int(b, limit_of(f));
    build_sql(b, ") AS found WHERE (inside = '' OR EXISTS (SELECT 1");
    build_entity(b, f->e);
    build_piece(b, ranks_inside(f->e));
    build_sql(b, " AND bucket = district AND key >= inside AND key < inside_beyond))");
}

static enum err branches_read(struct finding *f, struct build *b, struct sv word, int rank,
                              bool cut)
{
    size_t before = f->hits->n;
    if (b->engine == ENGINE_POSTGRES)
        build_joined(f, b, rank);
    build_sql(b, " ORDER BY key LIMIT ");
    build_int(b, limit_of(f));
    struct rows r = build_rows(f->c, b);
    while (rows_next(&r)) {
        struct search_hit hit = { rows_int(&r, 0), (int)meeting_of((enum search_rank)rank, cut),
                                  rows_text(&r, 2) };
        if (rank != RANK_INSIDE && sv_eq(hit.key, word))
            hit.rank = -1;
        hit_add(f, hit);
    }
    if (f->hits->n - before > f->max)
        f->hits->more = true;                        /* some run may have met its limit */
    return rows_end(&r);
}

/* Probes [from, to) of a word at a rank, a few statements for all districts. */
static enum err probes_read(struct finding *f, const struct word *w, size_t from, size_t to,
                            int rank)
{
    struct build b = build_new(f->c);
    int branches = 0, most = f->by_condition ? BRANCHES_MAX_RULED : BRANCHES_MAX;
    for (size_t p = from; p < to; p++)
        for (size_t i = 0; i < f->runs.n; i++)
            for (size_t k = 0; k < f->runs.at[i].buckets; k++) {
                build_branch(f, &b, &(struct branch){ &w->probes.at[p], &f->runs.at[i],
                                                      f->runs.at[i].bucket[k], rank });
                if (++branches < most)
                    continue;
                TRY(branches_read(f, &b, w->text, rank, from > 0));
                b = build_new(f->c);
                branches = 0;
            }
    return branches ? branches_read(f, &b, w->text, rank, from > 0) : ERR_NONE;
}

bool enough(const struct finding *f, int rank)
{
    const struct search_hits *h = f->hits;
    size_t rows = 0;
    for (size_t i = 0; i < h->n && rows <= f->max; i++) {
        bool known = h->at[i].rank > rank;
        for (size_t k = 0; k < i && !known; k++)
            known = h->at[k].id == h->at[i].id && h->at[k].rank <= rank;
        rows += !known;
    }
    return rows > f->max;
}

/* The word as it stands at a rank, or cut: the likeliest cut, where it leaves room the others. */
static enum err rank_read(struct finding *f, const struct word *w, int rank, bool cut)
{
    int met = (int)meeting_of((enum search_rank)rank, cut);
    if (!cut)
        return enough(f, met - 1) ? ERR_NONE : probes_read(f, w, 0, 1, rank);
    if (w->probes.n > 1 && !enough(f, rank == RANK_INSIDE ? met : met - 1))
        TRY(probes_read(f, w, 1, 2, rank));
    if (w->probes.n > 2 && !enough(f, met))
        TRY(probes_read(f, w, 2, w->probes.n, rank));
    return ERR_NONE;
}

enum err by_index(struct finding *f, const struct word *w)
{
    static const struct { int rank; bool cut; } order[] = {
        { RANK_START, false }, { RANK_OTHER_READING, false }, { RANK_START, true },
        { RANK_OTHER_READING, true }, { RANK_INSIDE, false }, { RANK_INSIDE, true },
    };
    for (size_t i = 0; w->probes.n && i < sizeof order / sizeof order[0]; i++)
        TRY(rank_read(f, w, order[i].rank, order[i].cut));
    return ERR_NONE;
}
