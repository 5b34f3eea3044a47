/*
 * cmd_export.c - yike export: an entity's rows as CSV on standard output, masked as in answers.
 *
 * Read page by page in the order of ids from one snapshot, so memory does not grow with the table
 * and no row is given twice. The access log says who took it out and why, before the first row.
 */

#include "app/cmd/command.h"
#include "app/work.h"
#include "base/csv.h"
#include "model/history/access.h"
#include "model/row/list.h"
#include "model/row/shown.h"

#include <stdio.h>
#include <stdlib.h>

enum { PAGE_ROWS = 200 };

struct export { const char *entity, *reason; FILE *out; int64_t rows; };

static void put_row(struct arena *mem, struct csv_out *t, const struct entity *e, const void *row)
{
    for (const struct field *f = e->fields; f->kind != KIND_END; f++)
        if (shown_goes_out(f))
            csv_put(t, shown_key(mem, f, row));
    csv_end_line(t);
}

static void put_head(struct csv_out *t, const struct entity *e)
{
    for (const struct field *f = e->fields; f->kind != KIND_END; f++)
        if (shown_goes_out(f))
            csv_put(t, sv_of(f->name));
    csv_end_line(t);
}

static enum err out_write(struct ctx *c, FILE *out, const struct buf *b)
{
    if (fwrite(b->at, 1, b->len, out) != b->len || fflush(out) != 0)
        return fail(c, ERR_BROKEN, "export.output", "could not write to the output");
    return ERR_NONE;
}

static const struct sort by_id = { "id", "id", false, "编号", "Id" };

static enum err pages_write(struct ctx *c, const struct entity *e, struct export *x)
{
    char after[1024];
    size_t after_len = 0;
    bool first = true;
    do {
        struct query q = { .size = PAGE_ROWS, .sort = &by_id, .ended = true,
                           .after = { after, after_len } };
        struct page page;
        TRY(entity_list(c, e, &q, &page));
        struct buf b = buf_new(&c->mem, 64 * 1024);
        struct csv_out t = csv_out_new(&b);
        if (first) {
            buf_put(&b, CSV_MARK);
            put_head(&t, e);
        }
        first = false;
        for (size_t i = 0; i < page.n; i++)
            put_row(&c->mem, &t, e, (const char *)page.rows + i * e->size);
        TRY(out_write(c, x->out, &b));
        x->rows += (int64_t)page.n;
        after_len = sv_head(page.next, sizeof after).len;
        for (size_t i = 0; i < after_len; i++)
            after[i] = page.next.at[i];
        arena_reset(&c->mem);
    } while (after_len);
    return ERR_NONE;
}

static enum err note(struct ctx *c, void *entity)
{
    return access_note(c, 0, entity, 0, SV("export"));
}

enum err export_rows(struct ctx *c, const char *entity, FILE *out, int64_t *ret_rows)
{
    const struct entity *e = house_entity(c->house, sv_of(entity));
    struct export x = { .out = out };
    if (!e)
        return fail(c, ERR_MISSING, "export.entity", "there is no entity %s", entity);
    TRY(transaction(c, note, (void *)(uintptr_t)e));
    TRY(db_begin_reads(c));
    enum err err = pages_write(c, e, &x);
    db_rollback(c);
    *ret_rows = x.rows;
    return err;
}

static enum err export_work(struct start *s, void *arg)
{
    struct export *x = arg;
    struct progress p = { .what = x->entity };
    TRY(start_node(s));
    s->ctx.reason = sv_of(x->reason);
    s->ctx.purpose = SV("export");
    TRY(export_rows(&s->ctx, x->entity, stdout, &x->rows));
    progress_end(&p, x->rows);
    return ERR_NONE;
}

int export_command(int argc, char **argv)
{
    struct config config = config_default();
    struct export x = { .reason = "", .out = stdout };
    const char *rest[2] = { 0 };
    bool help;
    const struct command *k = command_named("export");
    const struct option_row rows[] = {
        { "reason", &x.reason, NULL }, { "data", &config.data_dir, NULL },
        { "db", &config.database, NULL }, { 0 },
    };
    if (!options_read(k, argc, argv, rows, rest, 1, &help))
        return EXIT_USAGE;
    if (help)
        return EXIT_DONE;
    if (!rest[0] || !*x.reason) {
        fprintf(stderr, "yike export: name an entity and say --reason, for the access log\n"
                        "usage: yike %s\n", k->usage);
        return EXIT_USAGE;
    }
    x.entity = rest[0];
    return command_run(k, &config, START_READY, export_work, &x);
}
