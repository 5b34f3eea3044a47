/* judge.c - one row of a list: read, found again, checked; what would happen to it. */

#include "care/intake/inside.h"
#include "care/intake/read/alike.h"


/* Column of the table `seen`: by key, and by what a row without one shows. */
static const struct sv by_key = SV_INIT("key"), by_match = SV_INIT("match");

/* --- faults are kept apart, so that a row is looked at to its end --- */

static void faults_keep(struct pass *p)
{
    struct fault *f = &p->w.fault;
    for (size_t i = 0; i < f->fields_n; i++) {
        bool there = false;
        for (size_t k = 0; k < p->noted_n; k++)
            there = there || sv_eq(p->noted[k].field, f->fields[i].field);
        if (!there && p->noted_n < FIELD_FAULTS_MAX)
            p->noted[p->noted_n++] = f->fields[i];
    }
    ctx_forgive(&p->w);
}

static void fault_add(struct pass *p, struct sv field, const char *key, struct sv arg)
{
    ctx_forgive(&p->w);
    fail_field_args(&p->w, field, key, arg, SV(""));
    faults_keep(p);
}

/* --- reading --- */

/* What a cell says wrongly is noted; only the database can fail. */
static enum err row_read(struct pass *p, const struct sheet_row *row, void *record)
{
    p->month_only = 0;
    for (size_t i = 0; i < p->map.n; i++) {
        const struct import_column *k = &p->map.at[i];
        p->given[i] = k->column < 0
                      || ((size_t)k->column < row->n && row->cells[k->column].text.len > 0);
        struct sheet_cell fixed = { .kind = CELL_TEXT, .text = k->fixed };
        int64_t id;
        if (k->column < 0 && k->field->kind == KIND_LINK
            && sv_int(k->fixed, 1, INT64_MAX, &id) && k->fixed.len > 12)
            field_set_int(k->field, record, id);     /* chosen on the screen, by its id */
        else if (k->column < 0)
            value_take(p, k, &fixed, record);
        else if ((size_t)k->column < row->n)
            value_take(p, k, &row->cells[k->column], record);
    }
    enum err e = p->w.fault.kind;
    if (e == ERR_BUSY || e == ERR_BROKEN)
        return e;
    faults_keep(p);
    return ERR_NONE;
}

/* A birthday without its day comes from the document; alone it is the month's first day. */
static void month_settle(struct pass *p, void *record)
{
    const struct field *birth = field_named(p->e->fields, SV("birth"));
    const struct field *key = p->rule->key ? field_named(p->e->fields, sv_of(p->rule->key)) : NULL;
    if (p->month_only && birth && key && !field_absent(key, record))
        field_clear(birth, record);
}

static void month_compare(struct pass *p, const void *record)
{
    const struct field *birth = field_named(p->e->fields, SV("birth"));
    if (!p->month_only || !birth || field_absent(birth, record))
        return;
    struct civil said = civil_of_day((struct day){ p->month_only });
    struct civil is = civil_of_day((struct day){ field_int(birth, record) });
    if (said.year != is.year || said.month != is.month)
        fault_add(p, SV("birth"), "intake.month_differs", SV(""));
}

static void remarks_look(struct pass *p, struct judged *j)
{
    const struct import_rule *r = p->rule;
    const struct field *note = r->remarks ? field_named(p->e->fields, sv_of(r->remarks)) : NULL;
    const struct field *phone = r->phone ? field_named(p->e->fields, sv_of(r->phone)) : NULL;
    if (!note || !phone || !field_absent(phone, j->row) || field_absent(note, j->row))
        return;
    j->hint_phone = phone_in(&p->w.mem, field_text(note, j->row));
    if (j->hint_phone.len == 0)
        return;
    j->hint = note;
    if (p->batch->take_phones)
        field_set_text(phone, j->row, j->hint_phone);
}

/* --- twice in the file --- */

static void seen_note(struct pass *p, const struct sheet_row *row, struct sv field, uint64_t key)
{
    int64_t before = table64_get(&p->seen, key);
    if (before && before != row->number)
        fault_add(p, field, "intake.twice", sv_fmt(&p->w.mem, "%lld", (long long)before));
    else
        table64_set(&p->seen, key, row->number);
}

static struct sv value_of(struct pass *p, const struct field *f, const void *record)
{
    if (field_absent(f, record))
        return SV("");
    return f->kind == KIND_TEXT ? field_text(f, record)
                                : sv_fmt(&p->w.mem, "%lld", (long long)field_int(f, record));
}

static void twice_look(struct pass *p, const struct sheet_row *row, struct sv key,
                       const void *record)
{
    struct buf b = buf_new(&p->w.mem, 128);
    if (key.len) {
        seen_note(p, row, sv_of(p->rule->key), hash64(by_key, key));
        return;
    }
    for (size_t i = 0; i < 6 && p->rule->match[i].field; i++) {
        const struct field *f = field_named(p->e->fields, sv_of(p->rule->match[i].field));
        buf_put(&b, value_of(p, f, record));
        buf_byte(&b, '\n');
    }
    if (b.len > 6)
        seen_note(p, row, sv_of(p->rule->match[0].field), hash64(by_match, buf_sv(&b)));
}

/* --- found again --- */

static void *record_new(struct pass *p)
{
    void *row = arena_take(&p->w.mem, p->e->size, alignof(max_align_t));
    record_clear(p->e->fields, row);
    return row;
}

static enum err find_alike(struct pass *p, struct judged *j)
{
    struct alike like;
    TRY(alike_find(&p->w, p->rule, j->row, &like));
    if (!like.id)
        return ERR_NONE;
    j->points = like.points;
    j->existing = like.id;
    j->before = like.row;
    return ERR_NONE;
}

/* What a list says over what is there; empty cells say nothing. */
static void merge(struct pass *p, struct judged *j)
{
    void *row = arena_take(&p->w.mem, p->e->size, alignof(max_align_t));
    const struct import_rule *r = p->rule;
    const struct field *phone = r->phone ? field_named(p->e->fields, sv_of(r->phone)) : NULL;
    memcpy(row, j->before, p->e->size);
    for (size_t i = 0; i < p->map.n; i++) {
        const struct import_column *k = &p->map.at[i];
        const struct field *f = k->field;
        bool stays = f->create_only && !field_absent(f, row);
        int64_t bit = k->flag >= 0 ? INT64_C(1) << k->flag : 0;
        if (p->given[i] && bit)
            field_set_int(f, row, (field_int(f, row) & ~bit) | (field_int(f, j->row) & bit));
        else if (p->given[i] && !stays && !field_absent(f, j->row))
            field_copy(f, row, j->row);
    }
    if (j->hint && p->batch->take_phones && field_absent(phone, row))
        field_copy(phone, row, j->row);
    j->row = row;
}

/* The one the key leads to. */
static enum err find_by_key(struct pass *p, struct sv key, struct judged *j, bool *ret_seen)
{
    const struct field *f = field_named(p->e->fields, sv_of(p->rule->key));
    size_t n = 0;
    bool found;
    *ret_seen = true;
    TRY(entity_find_by(&p->w, p->e, f, key, 1, &j->existing, &n));
    if (n == 0) {
        j->existing = 0;
        return ERR_NONE;
    }
    TRY(entity_seen(&p->w, p->e, j->existing, true, ret_seen));
    j->before = record_new(p);
    j->points = 100;
    return *ret_seen ? entity_load(&p->w, p->e, j->existing, j->before, &found) : ERR_NONE;
}

/* --- the verdict --- */

static bool same_as_before(struct pass *p, const struct judged *j)
{
    for (const struct field *f = p->e->fields; f->kind != KIND_END; f++)
        if (f->kind != KIND_LIST && f->kind != KIND_RECORD && !field_same(f, j->before, j->row))
            return false;
    return true;
}

static enum err verdict_checked(struct pass *p, struct judged *j)
{
    j->verdict = j->before ? VERDICT_CHANGED : VERDICT_NEW;
    enum err e = entity_check(&p->w, p->e, j->before, j->row);
    if (e == ERR_BUSY || e == ERR_BROKEN)
        return e;
    const char *key = p->w.fault.key;
    if (e == ERR_FORBIDDEN && key && strcmp(key, "scope.outside") == 0) {
        ctx_forgive(&p->w);
        fault_add(p, SV(""), "intake.outside", SV(""));
        j->verdict = VERDICT_OUTSIDE;
        return ERR_NONE;
    }
    if (e != ERR_NONE && p->w.fault.fields_n == 0)
        fault_add(p, SV(""), key ? key : "invalid", SV(""));
    faults_keep(p);
    month_compare(p, j->row);
    if (p->noted_n)
        j->verdict = VERDICT_WRONG;
    else if (j->before && same_as_before(p, j))
        j->verdict = VERDICT_SAME;
    return ERR_NONE;
}

/* A row without key that may be somebody we know: what a person has said of it counts. */
static enum err doubt_settle(struct pass *p, const struct sheet_row *row, struct judged *j,
                             bool *ret_open)
{
    uint64_t line = hash64(SV("line"), sv_fmt(&p->w.mem, "%lld", (long long)row->number));
    int64_t state = table64_get(&p->lines, line) - 1;
    *ret_open = false;
    if (state == LINE_SAME) {
        int64_t id = table64_get(&p->candidates, line);
        bool found;
        j->before = record_new(p);
        TRY(entity_load(&p->w, p->e, id, j->before, &found));
        j->existing = id;
        return ERR_NONE;
    }
    TRY(find_alike(p, j));
    *ret_open = j->existing && state != LINE_APART;
    if (state == LINE_APART) {
        j->existing = 0;
        j->before = NULL;
    }
    return ERR_NONE;
}

enum err judge(struct pass *p, const struct sheet_row *row, struct judged *ret)
{
    struct judged j = { .row = record_new(p) };
    bool doubt = false, seen = true;
    const struct field *key = p->rule->key ? field_named(p->e->fields, sv_of(p->rule->key)) : NULL;
    p->noted_n = 0;
    ctx_forgive(&p->w);
    TRY(row_read(p, row, j.row));
    month_settle(p, j.row);
    remarks_look(p, &j);
    struct sv known = key ? value_of(p, key, j.row) : SV("");
    j.keyed = known.len > 0;
    twice_look(p, row, known, j.row);
    if (known.len)
        TRY(find_by_key(p, known, &j, &seen));
    else
        TRY(doubt_settle(p, row, &j, &doubt));
    if (seen) {
        if (j.before)
            merge(p, &j);
        TRY(verdict_checked(p, &j));
    } else {
        fault_add(p, sv_of(p->rule->key), "intake.elsewhere", SV(""));
        j.verdict = VERDICT_OUTSIDE;
    }
    if (doubt && j.verdict != VERDICT_WRONG && j.verdict != VERDICT_OUTSIDE)
        j.verdict = VERDICT_DOUBT;
    j.faults = NEW(&p->w.mem, struct field_fault, p->noted_n);
    memcpy(j.faults, p->noted, p->noted_n * sizeof *j.faults);
    j.faults_n = p->noted_n;
    ctx_forgive(&p->w);
    *ret = j;
    return ERR_NONE;
}

int64_t fault_column(const struct pass *p, const struct field_fault *f)
{
    const struct import_column *k = f->field.len ? map_column(&p->map, f->field) : NULL;
    return k ? k->column : -1;
}

struct sv faults_text(struct pass *p, const struct judged *j)
{
    struct buf b = buf_new(&p->w.mem, 128);
    for (size_t i = 0; i < j->faults_n; i++) {
        const struct field_fault *f = &j->faults[i];
        const struct field *of = field_named(p->e->fields, f->field);
        buf_text(&b, i ? "；" : "");
        if (of)
            buf_fmt(&b, "%s：", of->zh);
        buf_put(&b, house_message(p->w.house, &p->w.mem, LANG_ZH, f->key, f->arg0, f->arg1));
    }
    return sv_runes_head(buf_sv(&b), 1000);
}
