/* cmd_import.c - yike import: real streets and real places. */

#include "app/cmd/cmd_import_sheet.h"
#include "app/import/import.h"
#include "app/roads_file.h"
#include "app/streets/streets.h"
#include "geo/datum.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { FILES_MAX = 64 };

struct wanted {
    const char *what;
    const char *files[FILES_MAX];
    size_t n;
    const char *map, *datum, *division, *city, *source;
    struct sheet_wanted sheet;
};

static const struct {
    const char *what;
    enum err (*take)(struct import *im, struct sv text);
} tables[] = {
    { "divisions", import_divisions },
    { "places", import_places },
    { "compounds", import_compounds },
    { "buildings", import_buildings },
    { "entrances", import_entrances },
    { "offers", import_offers },
    { NULL, NULL },
};

/* --- streets --- */

static enum err roads_take(struct start *s, const struct wanted *w)
{
    struct road_counts counts;
    struct streets_built built;
    TRY(roads_file_import(&s->ctx, s->config.data_dir, w->files, w->n, stderr, &counts));
    TRY(streets_build(&s->ctx, &built));
    printf("the streets are in service, with %zu street edits\n", built.used);
    if (built.loose)
        printf("%zu street edits meet no street of this map: see the console's map\n", built.loose);
    return ERR_NONE;
}

/* --- tables --- */

static enum err file_read(struct ctx *c, struct arena *mem, const char *path, struct sv *ret_text)
{
    struct stat found;
    FILE *in = fopen(path, "re");
    if (!in)
        return fail(c, ERR_MISSING, "import.file", "could not open %s: %s", path, strerror(errno));
    bool good = fstat(fileno(in), &found) == 0 && S_ISREG(found.st_mode);
    if (good && found.st_size > IMPORT_BYTES_MAX) {
        fclose(in);
        return fail(c, ERR_TOO_LARGE, "import.large", "%s has %lld bytes", path,
                    (long long)found.st_size);
    }
    char *bytes = good ? NEW(mem, char, found.st_size) : NULL;
    good = good && fread(bytes, 1, (size_t)found.st_size, in) == (size_t)found.st_size;
    fclose(in);
    if (!good)
        return fail(c, ERR_BROKEN, "import.file", "could not read %s whole", path);
    *ret_text = (struct sv){ bytes, (size_t)found.st_size };
    return ERR_NONE;
}

static void result_print(const struct import *im, const char *path)
{
    if (im->left_out.len)
        fprintf(stderr, "columns left out: %.*s\n", SV_ARG(buf_sv(&im->left_out)));
    fprintf(stderr, "%.*s", SV_ARG(buf_sv(&im->faults)));
    if (im->faults_n > IMPORT_SHOWN_MAX)
        fprintf(stderr, "… and %lld more\n", (long long)(im->faults_n - IMPORT_SHOWN_MAX));
    if (im->faults_n == 0)
        printf("%s: %lld rows read, %lld added, %lld changed, %lld as they were\n", path,
               (long long)im->read, (long long)im->added, (long long)im->changed,
               (long long)(im->read - im->added - im->changed));
}

static enum err table_take(struct start *s, const struct wanted *w, const char *path,
                           enum err (*take)(struct import *im, struct sv text))
{
    struct progress p = { .what = w->what };
    struct arena mem = { 0 };
    struct sv text = SV("");
    struct import im = {
        .c = &s->ctx,
        .map = sv_of(w->map),
        .source = sv_of(w->source),
        .datum = sv_of(w->datum),
        .division = sv_of(w->division),
        .city = sv_of(w->city),
        .progress = &p,
    };
    enum err e = file_read(&s->ctx, &mem, path, &text);
    if (e == ERR_NONE)
        e = take(&im, text);
    if (e == ERR_NONE || im.faults_n)
        result_print(&im, path);
    import_end(&im);
    arena_free(&mem);
    return e;
}

static enum err tables_take(struct start *s, const struct wanted *w)
{
    if (strcmp(w->what, "sheet") == 0)
        return import_sheet_work(s, &w->sheet);
    if (strcmp(w->what, "undo") == 0)
        return import_undo_work(s, &w->sheet);
    for (int i = 0; tables[i].what; i++)
        for (size_t k = 0; strcmp(w->what, tables[i].what) == 0 && k < w->n; k++)
            TRY(table_take(s, w, w->files[k], tables[i].take));
    return ERR_NONE;
}

static enum err import_work(struct start *s, void *arg)
{
    const struct wanted *w = arg;
    TRY(start_node(s));
    s->ctx.purpose = SV("import");
    if (strcmp(w->what, "roads") == 0)
        return roads_take(s, w);
    TRY(tables_take(s, w));
    return schema_statistics(&s->ctx, &s->schema);
}

static bool what_known(const char *what)
{
    for (int i = 0; tables[i].what; i++)
        if (strcmp(what, tables[i].what) == 0)
            return true;
    return strcmp(what, "roads") == 0 || strcmp(what, "sheet") == 0 || strcmp(what, "undo") == 0;
}

/* What is wrong with what was asked; false: nothing. */
static bool refused(const struct command *k, const struct wanted *w)
{
    enum datum datum;
    if (!w->what)
        fprintf(stderr, "yike import: say what, and name a file\n");
    else if (!what_known(w->what))
        fprintf(stderr,
                "yike import: %s is none of roads, divisions, places, compounds, buildings, "
                "entrances, offers, sheet, undo\n",
                w->what);
    else if (w->n == 0)
        fprintf(stderr, "yike import: name %s\n",
                strcmp(w->what, "undo") == 0 ? "the batch to take back" : "a file to take in");
    else if (w->datum && !datum_find(sv_of(w->datum), &datum))
        fprintf(stderr, "yike import: --datum is wgs84, gcj02, bd09 or cgcs2000, not %s\n",
                w->datum);
    else
        return false;
    fprintf(stderr, "usage: yike %s\n", k->usage);
    return true;
}

int import_command(int argc, char **argv)
{
    struct config config = config_default();
    struct wanted w = { 0 };
    const char *rest[FILES_MAX + 2] = { 0 };
    bool help;
    const struct command *k = command_named("import");
    const struct option_row rows[] = {
        { "map", &w.map, NULL },           { "datum", &w.datum, NULL },
        { "division", &w.division, NULL }, { "city", &w.city, NULL },
        { "entity", &w.sheet.entity, NULL }, { "returned", &w.sheet.returned, NULL },
        { "confirm", NULL, &w.sheet.confirm },
        { "source", &w.source, NULL },     { "data", &config.data_dir, NULL },
        { "db", &config.database, NULL },  { 0 },
    };
    if (!options_read(k, argc, argv, rows, rest, FILES_MAX + 1, &help))
        return EXIT_USAGE;
    if (help)
        return EXIT_DONE;
    w.what = rest[0];
    for (; rest[0] && rest[w.n + 1]; w.n++)
        w.files[w.n] = rest[w.n + 1];
    if (refused(k, &w))
        return EXIT_USAGE;
    w.sheet.file = rest[1];
    w.sheet.entity = w.sheet.entity ? w.sheet.entity : "elder";
    w.sheet.source = w.source ? w.source : "";
    return command_run(k, &config, START_READY, import_work, &w);
}
