/* table.c - a CSV text as rows with named columns. */

#include "app/import/table.h"

#include <string.h>

/* Never taken from a file: what the house sets itself, and money, whose unit a cell does not say.
 */
static bool field_may(const struct field *f)
{
    return !f->read_only && !f->hidden && f->kind != KIND_MONEY && f->kind != KIND_LINK &&
           f->kind != KIND_LIST && f->kind != KIND_RECORD;
}

/* Chinese headers of the columns that are no fields. */
static const struct {
    const char *zh, *ours;
} words[] = {
    { "编号", "id" },
    { "代码", "code" },
    { "上级代码", "parent_code" },
    { "坐标系", "datum" },
    { "区划", "division" },
    { "机构", "org" },
    { "核实日期", "verified_on" },
    { "网点编号", "place_id" },
    { "服务项目", "item" },
    { "价格", "price" },
    { "类别", "category" },
    { NULL, NULL },
};

static struct sv word_of(struct sv theirs)
{
    for (int i = 0; words[i].zh; i++)
        if (sv_is(theirs, words[i].zh))
            return sv_of(words[i].ours);
    return SV("");
}

static bool name_in(const char *const *names, struct sv name)
{
    for (; names && *names; names++)
        if (sv_is(name, *names))
            return true;
    return false;
}

static struct sv lower(struct arena *mem, struct sv s)
{
    struct buf b = buf_new(mem, s.len + 1);
    for (size_t i = 0; i < s.len; i++)
        buf_byte(&b, s.at[i] >= 'A' && s.at[i] <= 'Z' ? (char)(s.at[i] + 32) : s.at[i]);
    return buf_sv(&b);
}

/* --- the header --- */

/* What --map says of a header, "" when nothing. */
static struct sv mapped(const struct import *im, struct sv theirs)
{
    struct sv map = im->map, pair;
    while (sv_cut(&map, ',', &pair)) {
        ptrdiff_t is = sv_find_byte(pair, '=');
        if (is > 0 && sv_eq(sv_trim(sv_from(pair, (size_t)is + 1)), theirs))
            return sv_trim(sv_head(pair, (size_t)is));
    }
    return SV("");
}

static struct import_column column_of(const struct import_table *t,
                                      const struct import_names *names, struct sv theirs)
{
    struct arena *mem = &t->im->c->mem;
    struct sv ours = mapped(t->im, theirs);
    struct import_column k = { .theirs = sv_copy(mem, theirs) };
    if (ours.len == 0 && name_in(names->extra, word_of(theirs)))
        ours = word_of(theirs);
    if (ours.len == 0)
        ours = lower(mem, theirs);
    k.ours = name_in(names->extra, ours) ? sv_copy(mem, ours) : SV("");
    for (const struct field *f = t->fields; f->kind != KIND_END && k.ours.len == 0; f++) {
        if (!field_may(f) || !(sv_is(ours, f->name) || (f->zh && sv_is(theirs, f->zh))))
            continue;
        k.ours = sv_of(f->name);
        k.field = name_in(names->extra, k.ours) ? NULL : f;
    }
    return k;
}

static bool column_there(const struct import_table *t, struct sv ours)
{
    for (size_t i = 0; i < t->columns_n; i++)
        if (sv_eq(t->columns[i].ours, ours))
            return true;
    return false;
}

/* A --map that names no column on either side would be silently lost. */
static void map_check(struct import_table *t)
{
    struct sv map = t->im->map, pair;
    while (sv_cut(&map, ',', &pair)) {
        ptrdiff_t is = sv_find_byte(pair, '=');
        struct sv ours = is > 0 ? sv_trim(sv_head(pair, (size_t)is)) : SV("");
        if (!column_there(t, ours))
            table_fault(t->im, 1, SV("--map"), "import.map", sv_trim(pair));
    }
}

static void header_take(struct import_table *t, const struct import_names *names)
{
    struct import *im = t->im;
    t->columns = NEW(&im->c->mem, struct import_column, t->csv.cells_n);
    for (size_t i = 0; i < t->csv.cells_n; i++) {
        struct import_column k = column_of(t, names, sv_trim(t->csv.cells[i]));
        if (k.ours.len == 0 && k.theirs.len) {
            buf_text(&im->left_out, im->left_out.len ? ", " : "");
            buf_put(&im->left_out, k.theirs);
        }
        if (k.ours.len && column_there(t, k.ours))
            table_fault(im, 1, k.theirs, "import.column_twice", k.ours);
        t->columns[t->columns_n++] = k;
    }
    for (const char *const *name = names->required; *name; name++)
        if (!column_there(t, sv_of(*name)))
            table_fault(im, 1, sv_of(*name), "import.column_missing", sv_of(*name));
    map_check(t);
}

enum err table_open(struct import *im, struct sv text, const struct field *fields,
                    const struct import_names *names, struct import_table *ret_table)
{
    im->faults = buf_new(&im->mem, 1024);
    im->left_out = buf_new(&im->mem, 64);
    im->faults_n = im->read = im->added = im->changed = 0;
    *ret_table = (struct import_table){ .im = im, .csv = csv_new(text), .fields = fields };
    if (csv_next(&ret_table->csv, &im->c->mem)) {
        header_take(ret_table, names);
        return ERR_NONE;
    }
    TRY(csv_err(im->c, &ret_table->csv));
    return fail(im->c, ERR_MALFORMED, "import.empty", "the file holds no row");
}

/* --- rows --- */

bool table_next(struct import_table *t)
{
    if (t->im->read == IMPORT_ROWS_MAX) {
        table_fault(t->im, t->csv.line, SV(""), "import.too_many", SV(""));
        return false;
    }
    bool more = csv_next(&t->csv, &t->im->c->mem);
    t->im->read += more;
    return more;
}

struct sv table_cell(const struct import_table *t, const char *ours)
{
    for (size_t i = 0; i < t->columns_n; i++)
        if (sv_is(t->columns[i].ours, ours))
            return sv_trim(csv_cell(&t->csv, i));
    return SV("");
}

bool table_has(const struct import_table *t, const char *ours)
{
    return column_there(t, sv_of(ours));
}

void table_read(struct import_table *t, void *record)
{
    for (size_t i = 0; i < t->columns_n; i++)
        if (t->columns[i].field && sv_trim(csv_cell(&t->csv, i)).len)
            (void)field_parse(t->im->c, t->columns[i].field, csv_cell(&t->csv, i), record);
}

/* --- faults --- */

static struct sv column_name(const struct import_table *t, struct sv ours)
{
    for (size_t i = 0; i < t->columns_n; i++)
        if (sv_eq(t->columns[i].ours, ours))
            return t->columns[i].theirs;
    return ours;
}

static void note(struct import *im, int64_t line, struct sv column, const struct field_fault *f)
{
    struct ctx *c = im->c;
    if (im->faults_n++ >= IMPORT_SHOWN_MAX)
        return;
    struct sv why = house_message(c->house, &im->mem, c->lang, f->key, f->arg0, f->arg1);
    buf_fmt(&im->faults, c->lang == LANG_EN ? "line %lld, %.*s: %.*s\n" : "第 %lld 行 %.*s：%.*s\n",
            (long long)line, SV_ARG(column), SV_ARG(why));
}

void table_fault(struct import *im, int64_t line, struct sv column, const char *key, struct sv arg)
{
    note(im, line, column, &(struct field_fault){ column, key, arg, SV("") });
}

bool table_row_good(struct import_table *t)
{
    struct fault *f = &t->im->c->fault;
    bool good = f->fields_n == 0;
    for (size_t i = 0; i < f->fields_n; i++)
        note(t->im, t->csv.line, column_name(t, f->fields[i].field), &f->fields[i]);
    if (!good)
        ctx_forgive(t->im->c);
    return good;
}

enum err table_end(struct import_table *t)
{
    TRY(csv_err(t->im->c, &t->csv));
    if (t->im->faults_n)
        return fail(t->im->c, ERR_INVALID, "import.faults", "faults: %lld; nothing was stored",
                    (long long)t->im->faults_n);
    return ERR_NONE;
}

void import_end(struct import *im)
{
    arena_free(&im->mem);
}
