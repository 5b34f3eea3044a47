/* cmd_migrate.c - yike migrate: makes the database match this program. */

#include "app/cmd/command.h"
#include "model/search/search.h"

#include <stdio.h>

static enum err plan_print(struct start *s, const struct schema *schema)
{
    struct buf steps = buf_new(&s->mem, 4096);
    TRY(schema_plan(&s->ctx, schema, &steps));
    if (steps.len == 0)
        puts("nothing to do: the database is of this program's schema");
    else
        fwrite(steps.at, 1, steps.len, stdout);
    return ERR_NONE;
}

struct migrating { bool plan, search; };

static enum err migrate_work(struct start *s, void *what)
{
    const struct migrating *m = what;
    int64_t rows;
    struct schema schema = house_schema(&s->house, &s->mem);
    if (m->plan)
        return plan_print(s, &schema);
    TRY(schema_migrate(&s->ctx, &schema, NULL));
    TRY(start_node(s));
    TRY(start_seed(s));
    TRY(search_refill(&s->ctx, m->search, &rows));
    if (rows)
        printf("%lld rows can be searched anew\n", (long long)rows);
    TRY(schema_statistics(&s->ctx, &schema));
    printf("schema %llx is in place\n", (unsigned long long)schema.number);
    return ERR_NONE;
}

int migrate_command(int argc, char **argv)
{
    struct config config = config_default();
    struct migrating m = { .plan = false };
    bool help;
    const struct command *k = command_named("migrate");
    const struct option_row rows[] = {
        { "plan", NULL, &m.plan }, { "search", NULL, &m.search },
        { "data", &config.data_dir, NULL },
        { "db", &config.database, NULL }, { 0 },
    };
    if (!options_read(k, argc, argv, rows, NULL, 0, &help))
        return EXIT_USAGE;
    if (help)
        return EXIT_DONE;
    return command_run(k, &config, m.plan ? START_ANY : START_EMPTY, migrate_work, &m);
}
