/* generic.c - what one may do with every entity, answered by model from its tables. */

#include "http/generic.h"

#include "http/answer.h"
#include "http/file/file.h"
#include "http/describe/gives.h"
#include "model/history/history.h"

#include <string.h>

/* --- reading --- */

static enum err list_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct entity *e = generic_of(q->endpoint)->entity;
    struct query query;
    struct page page;
    TRY(query_read(c, e, q->query_string, &query));
    query.to_answer = true;
    TRY(entity_list(c, e, &query, &page));
    entity_page_json(c, &a->json, "items", e, &page, false);
    if (page.next.len)
        json_text(&a->json, "next", page.next);
    if (page.total >= 0)
        json_int(&a->json, "total", page.total);
    return ERR_NONE;
}

/* The row's members stand in the answer's own object. */
static enum err answer_row(struct ctx *c, struct answer *a, const struct entity *e, const void *row)
{
    const struct row *r =
        (const void *)((const char *)row + field_named(e->fields, SV("version"))->offset);
    a->etag = sv_fmt(&c->mem, "%lld", (long long)r->version);
    a->body.len = 0;
    a->json = json_new(&a->body);
    entity_json(c, &a->json, NULL, e, row, false);
    return ERR_NONE;
}

static enum err row_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct entity *e = generic_of(q->endpoint)->entity;
    int64_t id;
    void *row = arena_take(&c->mem, e->size, alignof(max_align_t));
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, e, id, row));
    return answer_row(c, a, e, row);
}

/* --- writing --- */

static enum err row_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct entity *e = generic_of(q->endpoint)->entity;
    void *row = arena_take(&c->mem, e->size, alignof(max_align_t));
    memcpy(row, q->body, e->size);
    TRY(entity_create(c, e, row));
    int64_t id = field_int(&e->fields[0], row);
    a->status = 201;
    a->location = sv_fmt(&c->mem, "/api/%s/%lld", e->name, (long long)id);
    return answer_row(c, a, e, row);
}

/* Read over the row as it is, so that what is not named stays. */
static enum err row_patch(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct entity *e = generic_of(q->endpoint)->entity;
    int64_t id, version;
    void *row = arena_take(&c->mem, e->size, alignof(max_align_t));
    bool *given = NEW(&c->mem, bool, fields_n(e->fields));
    TRY(request_id(c, q, 0, &id));
    TRY(request_version(c, q, &version));
    TRY(entity_get(c, e, id, row));
    TRY(json_read(c, q->json, e->fields, false, row, given));
    TRY(entity_update(c, e, row, version, "change"));
    return answer_row(c, a, e, row);
}

/* The body is the step's fields and, behind them, the reason. */
static enum err row_act(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct generic *g = generic_of(q->endpoint);
    const struct entity *e = g->entity;
    int64_t id, version;
    void *row = arena_take(&c->mem, e->size, alignof(max_align_t));
    TRY(request_id(c, q, 0, &id));
    TRY(request_version(c, q, &version));
    struct sv reason = *(const struct sv *)(const void *)((const char *)q->body + g->reason_at);
    if (reason.len)
        c->reason = reason;
    TRY(entity_act(c, e, id, version, sv_of(g->action), q->body, row));
    return answer_row(c, a, e, row);
}

static enum err history_get(struct ctx *c, const struct request *q, struct answer *a)
{
    int64_t id;
    TRY(request_id(c, q, 0, &id));
    return history_json(c, &a->json, "items", generic_of(q->endpoint)->entity, id);
}

/* --- unmasking --- */

struct reveal { struct sv fields, reason; };
static const struct field reveal_fields[] = {
    FIELD(struct reveal, fields, .required = true, .low = 1, .high = 500, .zh = "字段",
          .en = "Fields", .hint_zh = "以逗号分隔", .hint_en = "comma between"),
    FIELD(struct reveal, reason, .required = true, .low = 2, .high = 500, .zh = "理由",
          .en = "Reason"),
    { 0 },
};

static enum err reveal_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct reveal *r = q->body;
    int64_t id;
    TRY(request_id(c, q, 0, &id));
    c->reason = r->reason;
    return entity_reveal(c, generic_of(q->endpoint)->entity, id, r->fields, &a->json);
}

/* --- rows of endpoints --- */

const struct generic *generic_of(const struct endpoint *e)
{
    bool ours = e->run == list_get || e->run == row_get || e->run == row_post ||
                e->run == row_patch || e->run == row_act || e->run == reveal_post ||
                e->run == history_get || e->run == file_post || e->run == files_get ||
                e->run == file_get || e->run == file_small_get || e->run == file_end;
    return ours ? (const struct generic *)(const void *)e : NULL;
}

struct maker {
    struct arena           *mem;
    const struct entity    *entity;
    const struct endpoint **list;
    size_t                  n, room;
};

/* The path is /api/, the entity's name, and `below`. */
static struct generic *add(struct maker *m, const char *below, struct endpoint row)
{
    struct generic *g = NEW(m->mem, struct generic, 1);
    g->row = row;
    g->row.path = sv_fmt(m->mem, "/api/%s%s", m->entity->name, below).at;
    g->row.zh = sv_fmt(m->mem, "%s · %s", m->entity->zh, row.zh).at;
    g->row.en = sv_fmt(m->mem, "%s: %s", m->entity->en, row.en).at;
    g->entity = m->entity;
    m->list = GROW(m->mem, m->list, m->n + 1, &m->room);
    m->list[m->n++] = &g->row;
    return g;
}

/* What the tables know of who may read; model asks again, row by row. */
static enum right reading_right(const struct entity *e)
{
    if (e->reads == MAY_ANYONE)
        return MAY_ANYONE;
    return e->seen_by_own || e->seen_by_all ? MAY_SIGNED_IN : e->reads;
}

const struct field history_line_gives[] = {
    SAYS(ID, "id"), SAYS(INT, "version"), SAYS(TEXT, "scope"), SAYS(MOMENT, "created_at"),
    SAYS(TEXT, "entity"), SAYS(TEXT, "row_id"), MAY_SAY(ID, "elder"), SAYS(TEXT, "action"),
    MAY_SAY(ID, "account"), MAY_SAY(TEXT, "account_title"), MAY_SAY(TEXT, "role"),
    MAY_SAY(TEXT, "channel"), MAY_SAY(TEXT, "purpose"), MAY_SAY(TEXT, "reason"),
    SAYS(INT, "row_version"), MAY_SAY(TEXT, "hash"),
    MAY_SAY(JSON, "was", .zh = "变更前的字段", .en = "Its fields before"),
    MAY_SAY(JSON, "became", .zh = "变更后的字段", .en = "Its fields after"), { 0 },
};
static const struct field history_gives[] = {
    SAYS(LIST, "items", .record = history_line_gives), { 0 },
};

static void add_reads(struct maker *m)
{
    const struct entity *e = m->entity;
    struct endpoint row = {
        .verb = GET, .lane = READS, .may = reading_right(e), .gives = e->fields
    };
    row.run = list_get, row.zh = "列表", row.en = "list";
    add(m, "", row);
    row.run = row_get, row.zh = "查看", row.en = "read one";
    add(m, "/{id}", row);
    row.gives = history_gives;
    row.run = history_get, row.zh = "历史", row.en = "history";
    if (!e->no_history)
        add(m, "/{id}/history", row);
    row.gives = files_gives;
    row.run = files_get, row.zh = "附件", row.en = "its files";
    if (e->files)
        add(m, "/{id}/file", row);
    row.media = "application/octet-stream";
    row.gives = NULL;
    row.run = file_small_get, row.zh = "附件小图", row.en = "a file's small picture";
    if (e->files)
        add(m, "/{id}/file/{file}/small", row);
    row.run = file_get, row.zh = "打开附件", row.en = "open a file";
    row.lane = file_is_personal(e) ? WRITES : READS;
    if (e->files)
        add(m, "/{id}/file/{file}", row);
}

static void add_file_writes(struct maker *m)
{
    add(m, "/{id}/file", (struct endpoint){ .verb = POST, .run = file_post, .hash = file_keep,
        .lane = HASHES, .may = MAY_SIGNED_IN, .raw = true, .query = file_told_fields,
        .query_size = sizeof(struct file_told), .gives = file_fields, .zh = "上传附件",
        .en = "add a file" });
    add(m, "/{id}/file/{file}/end", (struct endpoint){ .verb = POST, .run = file_end,
        .lane = WRITES, .may = MAY_SIGNED_IN, .takes = file_end_fields,
        .takes_size = sizeof(struct file_end), .zh = "移除附件", .en = "take a file away" });
}

static bool has_closed_fields(const struct entity *e)
{
    for (const struct field *f = e->fields; f->kind != KIND_END; f++)
        if (f->class != OPEN && !f->hidden)
            return true;
    return false;
}

static void add_writes(struct maker *m)
{
    const struct entity *e = m->entity;
    struct endpoint row = {
        .lane = WRITES, .takes = e->fields, .takes_size = e->size, .gives = e->fields
    };
    row.verb = POST, row.run = row_post, row.zh = "新增", row.en = "create";
    row.may = e->creates ? e->creates : e->writes;
    if (!e->no_create)
        add(m, "", row);
    row.verb = PATCH, row.run = row_patch, row.zh = "修改", row.en = "change";
    row.may = e->writes;
    row.partial = true;
    if (!e->no_update && e->kind != ENTITY_APPEND_ONLY)
        add(m, "/{id}", row);
    if (has_closed_fields(e))
        add(m, "/{id}/reveal", (struct endpoint){ .verb = POST, .run = reveal_post, .lane = WRITES,
            .may = MAY_UNMASK, .takes = reveal_fields, .takes_size = sizeof(struct reveal),
            .no_replay = true, .gives = e->fields, .zh = "查看完整内容", .en = "reveal" });
    if (e->files)
        add_file_writes(m);
}

/* The step's table with `reason` behind its record. */
static const struct field *with_reason(struct arena *mem, const struct step *s, size_t at)
{
    size_t n = s->takes ? fields_n(s->takes) : 0;
    if (s->takes && field_named(s->takes, SV("reason")))
        return s->takes;                      /* it asks for the reason itself */
    struct field *fields = NEW(mem, struct field, n + 2);
    for (size_t i = 0; i < n; i++)
        fields[i] = s->takes[i];
    fields[n] = (struct field){ .name = "reason", .kind = KIND_TEXT, .offset = at, .high = 500,
                                .required = s->reason, .zh = "理由", .en = "Reason" };
    return fields;
}

static bool named_before(const struct entity *e, const struct step *s)
{
    for (const struct step *one = e->steps; one < s; one++)
        if (!one->automatic && strcmp(one->action, s->action) == 0)
            return true;
    return false;
}

/* Who may is asked by entity_act(), per step: the same action may stand in several. */
static void add_steps(struct maker *m)
{
    const struct entity *e = m->entity;
    for (const struct step *s = e->steps; s && s->action; s++) {
        if (s->automatic || !s->from[0] || named_before(e, s))
            continue;
        size_t behind =
            (s->takes_size + alignof(struct sv) - 1) / alignof(struct sv) * alignof(struct sv);
        const struct field *own = s->takes ? field_named(s->takes, SV("reason")) : NULL;
        size_t at = own ? own->offset : behind;
        struct generic *g = add(m, sv_fmt(m->mem, "/{id}/%s", s->action).at, (struct endpoint){
            .verb = POST, .run = row_act, .lane = WRITES, .may = MAY_SIGNED_IN,
            .takes = with_reason(m->mem, s, at), .takes_size = behind + sizeof(struct sv),
            .gives = e->fields, .zh = s->zh, .en = s->en });
        g->action = s->action;
        g->reason_at = at;
    }
}

const struct endpoint *const *generic_endpoints(struct arena *mem, const struct entity *e)
{
    struct maker m = { .mem = mem, .entity = e };
    add_reads(&m);
    add_writes(&m);
    add_steps(&m);
    return m.list;
}
