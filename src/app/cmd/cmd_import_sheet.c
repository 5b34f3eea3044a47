/* cmd_import_sheet.c - yike import sheet: a list checked, stored when told to, and taken back. */

#include "app/cmd/cmd_import_sheet.h"

#include "care/intake/intake.h"

#include <stdio.h>
#include <string.h>

struct going {
    struct import_batch      b;
    const struct intake_new *n;
    struct sv                bytes;
    const char              *act;
};

static enum err upload(struct ctx *c, void *arg)
{
    struct going *s = arg;
    return intake_upload(c, s->n, s->bytes, &s->b);
}

static enum err act(struct ctx *c, void *arg)
{
    struct going *s = arg;
    TRY(entity_get(c, &import_batch_entity, s->b.id.n, &s->b));
    struct intake_map map = { s->b.sheet, s->b.header_row, s->b.header_rows, s->b.mapping, false,
                              s->n ? s->n->source : SV("") };
    return entity_act(c, &import_batch_entity, s->b.id.n, s->b.row.version, sv_of(s->act),
                      strcmp(s->act, "map") == 0 ? &map : NULL, &s->b);
}

static enum err step(struct ctx *c, struct going *s, const char *action)
{
    s->act = action;
    return transaction(c, act, s);
}

static enum err file_read(struct ctx *c, const char *path, struct sv *ret_bytes)
{
    FILE *in = fopen(path, "re");
    if (!in)
        return fail(c, ERR_MISSING, "import.file", "could not open %s", path);
    char *at = NEW(&c->mem, char, SHEET_BYTES_MAX + 1);
    size_t n = fread(at, 1, SHEET_BYTES_MAX + 1, in);
    fclose(in);
    *ret_bytes = (struct sv){ at, n };
    return ERR_NONE;
}

static enum err returned_write(struct ctx *c, const struct import_batch *b, const char *path)
{
    struct sv bytes;
    TRY(intake_returned(c, b, &bytes));
    if (bytes.len == 0)
        return ERR_NONE;
    FILE *out = fopen(path, "we");
    bool good = out && fwrite(bytes.at, 1, bytes.len, out) == bytes.len;
    if (out && fclose(out) != 0)
        good = false;
    if (!good)
        return fail(c, ERR_BUSY, "export.output", "could not write %s", path);
    printf("what to mend is marked in %s\n", path);
    return ERR_NONE;
}

static void counts_print(const struct import_batch *b)
{
    const struct import_counts *n = &b->counts;
    printf("batch %lld: %lld rows: %lld new, %lld changed, %lld unchanged, %lld in doubt, "
           "%lld wrong, %lld outside\n", (long long)b->id.n, (long long)n->rows_n,
           (long long)n->new_n, (long long)n->changed_n, (long long)n->same_n,
           (long long)n->doubt_n, (long long)n->wrong_n, (long long)n->outside_n);
}

static enum err checked(struct ctx *c, struct going *s, const struct sheet_wanted *w)
{
    TRY(file_read(c, w->file, &s->bytes));
    TRY(transaction(c, upload, s));
    TRY(step(c, s, "map"));
    TRY(intake_check(c, s->b.id.n, NULL));
    TRY(entity_get(c, &import_batch_entity, s->b.id.n, &s->b));
    if (s->b.state != BATCH_CHECKED) {
        fprintf(stderr, "%.*s\n", SV_ARG(s->b.trouble));
        return fail(c, ERR_INVALID, "import.faults", "batch %lld was not checked",
                    (long long)s->b.id.n);
    }
    counts_print(&s->b);
    return w->returned ? returned_write(c, &s->b, w->returned) : ERR_NONE;
}

enum err import_sheet_work(struct start *start, const struct sheet_wanted *w)
{
    struct ctx *c = &start->ctx;
    struct intake_new n = { sv_of(w->entity), sv_of(w->file), sv_of(w->source) };
    struct going s = { .n = &n };
    const char *slash = strrchr(w->file, '/');
    if (slash)
        n.file_name = sv_of(slash + 1);
    TRY(checked(c, &s, w));
    if (!w->confirm) {
        printf("nothing is stored yet: add --confirm, or confirm it in the console\n");
        return ERR_NONE;
    }
    TRY(step(c, &s, "confirm"));
    TRY(intake_confirm(c, s.b.id.n, NULL));
    TRY(entity_get(c, &import_batch_entity, s.b.id.n, &s.b));
    printf("stored: %lld added, %lld changed\n", (long long)s.b.added_n, (long long)s.b.updated_n);
    return ERR_NONE;
}

enum err import_undo_work(struct start *start, const struct sheet_wanted *w)
{
    struct ctx *c = &start->ctx;
    struct going s = { 0 };
    if (!sv_int(sv_of(w->file), 1, INT64_MAX, &s.b.id.n))
        return fail(c, ERR_INVALID, "import.batch", "no batch %s", w->file);
    c->reason = SV("yike import undo");
    TRY(step(c, &s, "undo"));
    TRY(intake_undo(c, s.b.id.n, NULL));
    TRY(entity_get(c, &import_batch_entity, s.b.id.n, &s.b));
    printf("taken back: %lld; %lld left as they were changed or used since\n",
           (long long)s.b.undone_n, (long long)s.b.kept_n);
    return ERR_NONE;
}
