/* worklist.c - homes that no address leads to: who, what may be meant, and matching them again. */

#include "care/address/book.h"
#include "care/elder/home.h"
#include "http/describe/gives.h"
#include "http/http.h"

SQL(elder_unmatched);
SQL(elder_unmatched_of);
SQL(elder_homes_matched);

enum { LEVELS = ADDRESS_DOOR + 1, PAGE = 20, PAGE_MAX = 50, BATCH = 50 };

/* --- the match of a text, as it is answered --- */

MUST static enum err put_title(struct ctx *c, struct json *j, const char *name, int64_t compound)
{
    struct compound k;
    struct sv path;
    bool found = false;
    if (compound)
        TRY(entity_load(c, &compound_entity, compound, &k, &found));
    if (!found)
        return ERR_NONE;
    json_text(j, name, k.name);
    TRY(division_path(c, k.row.scope, &path));
    json_text(j, "path", path);
    json_fixed(j, "lat", (int32_t)k.lat.e7, 7);
    json_fixed(j, "lon", (int32_t)k.lon.e7, 7);
    return ERR_NONE;
}

static struct sv level_name(const struct ctx *c, int level)
{
    return sv_of(c->lang == LANG_EN ? address_levels[level].en : address_levels[level].zh);
}

static void put_why(struct ctx *c, struct json *j, unsigned why)
{
    json_array(j, "why");
    for (int i = 0; address_whys[i].key; i++)
        if (why >> i & 1)
            json_text(j, NULL, sv_of(c->lang == LANG_EN ? address_whys[i].en : address_whys[i].zh));
    json_end(j, ']');
}

MUST static enum err put_found(struct ctx *c, struct json *j, const char *name,
                               const struct address_found *f)
{
    json_object(j, name);
    json_text(j, "level", sv_of(address_levels[f->level].key));
    json_text(j, "level_name", level_name(c, f->level));
    json_int(j, "score", f->score);
    if (f->compound)
        json_id(j, "compound", f->compound);
    TRY(put_title(c, j, "compound_title", f->compound));
    if (f->building)
        json_id(j, "home_building", f->building);
    if (f->entrance)
        json_id(j, "home_entrance", f->entrance);
    json_text(j, "building", f->building_text);
    json_text(j, "entrance", f->entrance_text);
    json_text(j, "room", f->room);
    put_why(c, j, f->why);
    json_end(j, '}');
    return ERR_NONE;
}

MUST static enum err put_candidates(struct ctx *c, struct json *j, const struct address_match *m)
{
    json_array(j, "candidates");
    for (size_t i = 0; i < m->others; i++)
        TRY(put_found(c, j, NULL, &m->other[i]));
    json_end(j, ']');
    json_text(j, "unknown", m->unknown);
    return ERR_NONE;
}

/* --- the work list --- */

struct unmatched_asked { int level; struct opt_int after, size; };

static const struct field unmatched_fields[] = {
    CHOICE(struct unmatched_asked, level, address_levels, .zh = "匹配到（未匹配，或只到社区）",
           .en = "Level: none, or only the community"),
    FIELD(struct unmatched_asked, after, .low = 0, .high = INT64_MAX, .code = true,
          .zh = "上一页最后一个编号", .en = "Id of the last one of the page before"),
    FIELD(struct unmatched_asked, size, .low = 1, .high = PAGE_MAX, .zh = "条数", .en = "How many"),
    { 0 },
};

MUST static enum err ranges_of(struct ctx *c, struct scope_range *ret_ranges, size_t *ret_n)
{
    *ret_n = 0;
    if (c->who == &who_house)
        ret_ranges[(*ret_n)++] = division_range(0);
    for (size_t i = 0; c->who != &who_house && c->who && i < c->who->ranges_n; i++)
        ret_ranges[(*ret_n)++] = c->who->ranges[i];
    return *ret_n ? ERR_NONE
                  : fail(c, ERR_FORBIDDEN, "elder.no_area", "the caller has no area of her own");
}

/* Living people's homes by level, of the caller's area. */
MUST static enum err put_levels(struct ctx *c, struct json *j, const struct scope_range *in,
                                size_t n)
{
    int64_t counts[LEVELS] = { 0 };
    for (size_t i = 0; i < n; i++) {
        struct rows r = db_rows(c, &sql_elder_homes_matched,
                                PARAMS(P_INT("low", in[i].low), P_INT("high", in[i].high)));
        if (rows_next(&r))
            for (int k = 0; k < LEVELS; k++)          /* behind the share, from the finest on */
                counts[k] += rows_int(&r, 2 + LEVELS - 1 - k);
        TRY(rows_end(&r));
    }
    json_array(j, "levels");
    for (int k = LEVELS - 1; k >= 0; k--) {
        json_object(j, NULL);
        json_text(j, "level", sv_of(address_levels[k].key));
        json_text(j, "name", level_name(c, k));
        json_int(j, "n", counts[k]);
        json_end(j, '}');
    }
    json_end(j, ']');
    return ERR_NONE;
}

MUST static enum err ids_of(struct ctx *c, const struct unmatched_asked *q,
                            const struct scope_range *in, size_t n, int64_t *ret_ids, size_t *ret_n)
{
    int64_t size = q->size.known ? q->size.n : PAGE;
    *ret_n = 0;
    for (size_t i = 0; i < n && *ret_n < (size_t)size; i++) {
        struct rows r = db_rows(c, &sql_elder_unmatched,
                                PARAMS(P_TEXT("level", sv_of(address_levels[q->level].key)),
                                       P_INT("low", in[i].low), P_INT("high", in[i].high),
                                       P_INT("after", q->after.known ? q->after.n : 0),
                                       P_INT("size", size - (int64_t)*ret_n)));
        while (rows_next(&r))
            ret_ids[(*ret_n)++] = rows_int(&r, 0);
        TRY(rows_end(&r));
    }
    return ERR_NONE;
}

/* The whole address is shown to who has to find the home: that is a look, and logged. */
MUST static enum err put_elder(struct ctx *c, struct json *j, const struct address_index *ix,
                               int64_t id)
{
    struct elder e;
    struct address_match m;
    struct sv path;
    bool found;
    TRY(entity_load(c, &elder_entity, id, &e, &found));
    if (!found)
        return ERR_NONE;
    TRY(access_note(c, id, &elder_entity, id, SV("unmatched:address")));
    address_match(&c->mem, ix, e.address, e.row.scope, &m);
    TRY(division_path(c, e.row.scope, &path));
    json_object(j, NULL);
    json_id(j, "id", id);
    json_int(j, "version", e.row.version);
    json_text(j, "name", mask_text(&c->mem, MASK_NAME, e.name));
    json_id(j, "division", e.division.n);
    json_text(j, "division_title", path);
    json_text(j, "address", e.address);
    json_text(j, "level", sv_of(address_levels[e.match_level].key));
    TRY(put_candidates(c, j, &m));
    json_end(j, '}');
    return ERR_NONE;
}

MUST static enum err put_page(struct ctx *c, struct json *j, const int64_t *ids, size_t n)
{
    const struct address_index *ix;
    enum err err = ERR_NONE;
    TRY(address_enter(c, &ix));
    json_array(j, "items");
    for (size_t i = 0; i < n && err == ERR_NONE; i++)
        err = put_elder(c, j, ix, ids[i]);
    json_end(j, ']');
    address_leave(c, ix);
    return err;
}

static enum err unmatched_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct unmatched_asked *asked = q->query;
    struct scope_range in[WHO_RANGES_MAX];
    int64_t ids[PAGE_MAX];
    size_t in_n, n;
    TRY(ranges_of(c, in, &in_n));
    TRY(ids_of(c, asked, in, in_n, ids, &n));
    TRY(put_levels(c, &a->json, in, in_n));
    TRY(put_page(c, &a->json, ids, n));
    if (n == (size_t)(asked->size.known ? asked->size.n : PAGE))
        json_id(&a->json, "next", ids[n - 1]);
    return ERR_NONE;
}

/* --- trying a text --- */

struct match_asked { struct sv text; struct division_id division; };

static const struct field match_fields[] = {
    FIELD(struct match_asked, text, .required = true, .high = 200, .zh = "住址", .en = "Address"),
    LINK(struct match_asked, division, "division", .zh = "所在区划", .en = "Division"),
    { 0 },
};

static enum err match_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct match_asked *asked = q->query;
    const struct address_index *ix;
    struct address_match m;
    struct division d = { .row = { .scope = 0 } };
    bool found;
    if (asked->division.n)
        TRY(entity_load(c, &division_entity, asked->division.n, &d, &found));
    TRY(address_enter(c, &ix));
    address_match(&c->mem, ix, asked->text, d.row.scope, &m);
    enum err err = put_found(c, &a->json, "best", &m.best);
    if (err == ERR_NONE)
        err = put_candidates(c, &a->json, &m);
    address_leave(c, ix);
    return err;
}

static const struct field found_gives[] = {
    SAYS(TEXT, "level"), SAYS(TEXT, "level_name"), SAYS(INT, "score"), MAY_SAY(ID, "compound"),
    MAY_SAY(TEXT, "compound_title"), MAY_SAY(TEXT, "path"), MAY_SAY(DEGREES, "lat"),
    MAY_SAY(DEGREES, "lon"), MAY_SAY(ID, "home_building"), MAY_SAY(ID, "home_entrance"),
    SAYS(TEXT, "building"), SAYS(TEXT, "entrance"), SAYS(TEXT, "room"), SAYS(LIST, "why"), { 0 },
};
static const struct field match_gives[] = {
    SAYS(RECORD, "best", .record = found_gives),
    SAYS(LIST, "candidates", .record = found_gives), SAYS(TEXT, "unknown"), { 0 },
};
static const struct field level_gives[] = {
    SAYS(TEXT, "level"), SAYS(TEXT, "name"), SAYS(INT, "n"), { 0 },
};
static const struct field open_home_gives[] = {
    SAYS(ID, "id"), SAYS(INT, "version"), SAYS(TEXT, "name"), SAYS(ID, "division"),
    SAYS(TEXT, "division_title"), SAYS(TEXT, "address"), SAYS(TEXT, "level"),
    SAYS(LIST, "candidates", .record = found_gives), SAYS(TEXT, "unknown"), { 0 },
};
static const struct field unmatched_gives[] = {
    SAYS(LIST, "levels", .record = level_gives), SAYS(LIST, "items", .record = open_home_gives),
    MAY_SAY(ID, "next"), { 0 },
};
static const struct field moved_gives[] = {
    SAYS(ID, "id"), SAYS(INT, "version"), SAYS(TEXT, "division_title"), SAYS(TEXT, "match_level"),
    SAYS(BOOL, "still_ours"), { 0 },
};

const struct endpoint home_endpoints[] = {
    { .verb = POST, .path = "/api/elder/{id}/move", .run = elder_move, .lane = WRITES,
      .may = MAY_WRITE_REGISTER, .takes = move_fields, .takes_size = sizeof(struct elder_moved),
      .gives = moved_gives,
      .zh = "迁移", .en = "She moves" },
    { .verb = GET, .path = "/api/address/unmatched", .run = unmatched_get, .lane = WRITES,
      .may = MAY_WRITE_REGISTER, .query = unmatched_fields,
      .query_size = sizeof(struct unmatched_asked), .gives = unmatched_gives, .zh = "未匹配的住址",
      .en = "Addresses that lead to no home" },
    { .verb = GET, .path = "/api/address/match", .run = match_get, .lane = READS,
      .may = MAY_READ_REGISTER, .query = match_fields, .query_size = sizeof(struct match_asked),
      .gives = match_gives,
      .zh = "试着匹配一个住址", .en = "Try to match an address" },
    { 0 },
};

/* --- matching again --- */

struct rematch { struct sv form; int64_t compound, after, last, n; };

MUST static enum err rematch_one(struct ctx *c, int64_t id, const struct rematch *r)
{
    struct elder e;
    bool found;
    TRY(entity_load(c, &elder_entity, id, &e, &found));
    if (!found || e.match_by == MATCH_BY_HAND ||
        (r->form.len && sv_find(address_form(&c->mem, e.address), r->form) < 0))
        return ERR_NONE;
    e.match_by = MATCH_AGAIN;
    enum err err = entity_update_by_rule(c, &elder_entity, &e, e.row.version, "match");
    if (err == ERR_INVALID) {                   /* an old row that no longer passes stays */
        ctx_forgive(c);
        return ERR_NONE;
    }
    return err;
}

static enum err rematch_batch(struct ctx *c, void *arg)
{
    struct rematch *r = arg;
    int64_t ids[BATCH];
    size_t n = 0;
    struct rows rows = db_rows(c, &sql_elder_unmatched_of,
                               PARAMS(P_INT("compound", r->compound), P_INT("after", r->after),
                                      P_INT("size", BATCH)));
    while (rows_next(&rows))
        ids[n++] = rows_int(&rows, 0);
    TRY(rows_end(&rows));
    for (size_t i = 0; i < n; i++)
        TRY(rematch_one(c, ids[i], r));
    r->last = n ? ids[n - 1] : r->after;
    r->n = (int64_t)n;
    return ERR_NONE;
}

/* The newest index first: the name was learnt a moment ago. */
enum err home_rematch(struct ctx *c, const struct job *j)
{
    struct rematch r = { .n = BATCH };
    const struct json_value *tree = NULL;
    if (j->input.len)
        TRY(json_parse(c, j->input, &tree));
    const struct json_value *form = json_member(tree, "form");
    if (form)
        r.form = form->text;
    (void)json_id_of(json_member(tree, "compound"), &r.compound);
    TRY(address_refresh(c));
    for (int64_t done = 0; r.n == BATCH; r.after = r.last) {
        TRY(transaction_batch(c, rematch_batch, &r));
        done += r.n;
        TRY(job_progress(c, j, done, 0));
    }
    return ERR_NONE;
}
