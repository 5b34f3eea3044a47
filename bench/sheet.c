/*
 * sheet.c - a messy list of N rows taken into a demo house: bench-sheet DATA [N]
 *
 * Prints the CPU of each part in ms as one line of JSON: upload (kept sealed, columns guessed),
 * check (read, mapped, validated, the marked file written), confirm (stored) and undo.
 */

#include "app/demo/make/messy.h"
#include "app/start.h"
#include "care/division/division.h"
#include "care/intake/intake.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

struct bench {
    struct start        s;
    struct import_batch b;
    struct sv           bytes;
    const char         *act;
    int64_t             rows;
};

static double cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1e6;
}

static enum err upload(struct ctx *c, void *arg)
{
    struct bench *k = arg;
    struct intake_new n = { SV("elder"), SV("bench.xlsx"), SV("") };
    return intake_upload(c, &n, k->bytes, &k->b);
}

static enum err act(struct ctx *c, void *arg)
{
    struct bench *k = arg;
    TRY(entity_get(c, &import_batch_entity, k->b.id.n, &k->b));
    struct intake_map map = { k->b.sheet, k->b.header_row, k->b.header_rows, k->b.mapping, true,
                              SV("") };
    return entity_act(c, &import_batch_entity, k->b.id.n, k->b.row.version, sv_of(k->act),
                      strcmp(k->act, "map") == 0 ? &map : NULL, &k->b);
}

static enum err step(struct bench *k, const char *action)
{
    k->act = action;
    k->s.ctx.reason = SV("bench");
    return transaction(&k->s.ctx, act, k);
}

static enum err community(struct ctx *c, struct sv *ret_name)
{
    struct page page;
    TRY(entity_list(c, &division_entity, &(struct query){ .size = LIST_SIZE_MAX }, &page));
    for (size_t i = 0; i < page.n; i++) {
        const struct division *d = (const struct division *)page.rows + i;
        if (d->level == DIVISION_COMMUNITY)
            *ret_name = d->name;
    }
    return ERR_NONE;
}

static enum err list_make(struct bench *k, const char *path)
{
    struct ctx *c = &k->s.ctx;
    struct messy m = { .elsewhere = SV("天涯社区"), .known_name = SV("王秀英"), .rows = k->rows,
                       .known_birth = { -8700 } };
    TRY(community(c, &m.community));
    TRY(messy_write(c, path, &m));
    FILE *in = fopen(path, "re");
    char *at = NEW(&c->mem, char, SHEET_BYTES_MAX);
    size_t n = in ? fread(at, 1, SHEET_BYTES_MAX, in) : 0;
    if (in)
        fclose(in);
    k->bytes = (struct sv){ at, n };
    return ERR_NONE;
}

static enum err run(struct bench *k, const char *path)
{
    struct ctx *c = &k->s.ctx;
    double at[5];
    TRY(start_node(&k->s));
    TRY(list_make(k, path));
    at[0] = cpu_ms();
    TRY(transaction(c, upload, k));
    TRY(step(k, "map"));
    at[1] = cpu_ms();
    TRY(intake_check(c, k->b.id.n, NULL));
    at[2] = cpu_ms();
    TRY(step(k, "confirm"));
    TRY(intake_confirm(c, k->b.id.n, NULL));
    at[3] = cpu_ms();
    TRY(entity_get(c, &import_batch_entity, k->b.id.n, &k->b));
    int64_t added = k->b.added_n;
    TRY(step(k, "undo"));
    TRY(intake_undo(c, k->b.id.n, NULL));
    at[4] = cpu_ms();
    printf("{\"rows\":%lld,\"bytes\":%lld,\"wrong\":%lld,\"added\":%lld,\"upload_ms\":%.0f,"
           "\"check_ms\":%.0f,\"confirm_ms\":%.0f,\"undo_ms\":%.0f}\n",
           (long long)k->b.counts.rows_n, (long long)k->bytes.len, (long long)k->b.counts.wrong_n,
           (long long)added, at[1] - at[0], at[2] - at[1], at[3] - at[2], at[4] - at[3]);
    return ERR_NONE;
}

static void refused(const struct fault *f)
{
    fprintf(stderr, "bench-sheet: %.*s\n", SV_ARG(f->log));
    for (size_t i = 0; i < f->fields_n; i++)
        fprintf(stderr, "bench-sheet: %.*s: %s\n", SV_ARG(f->fields[i].field), f->fields[i].key);
}

int main(int argc, char **argv)
{
    static struct bench k;
    struct config config = config_default();
    if (argc < 2 || (argc > 2 && !sv_int(sv_of(argv[2]), 1, 199000, &k.rows))) {
        fprintf(stderr, "usage: bench-sheet DATA [N]\n");
        return 2;
    }
    k.rows = k.rows ? k.rows : 100000;
    config.data_dir = config.database = argv[1];
    enum err e = start_open(&k.s, &config, START_READY);
    if (e == ERR_NONE)
        e = run(&k, sv_fmt(&k.s.mem, "%s/bench.xlsx", argv[1]).at);
    if (e != ERR_NONE)
        refused(&k.s.ctx.fault);
    start_close(&k.s);
    return e == ERR_NONE ? 0 : 1;
}
