/*
 * cmd_backup.c - yike backup and yike restore.
 *
 * A backup is one tar file: the database as store/backup.h writes it (one snapshot, made while
 * others write), then attachments and the road file in service. Attachments are named by what
 * they hold and never removed, so those of the snapshot are all there a moment later. The keys
 * are not in it: they are kept apart, or whoever finds the backup reads the sealed values.
 */

#include "app/cmd/command.h"
#include "app/roads_file.h"
#include "app/cmd/tar.h"
#include "app/work.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DATABASE_NAME "database.gz"

static const char about[] =
    "A backup of Yike. yike restore FILE fills an empty data folder and database from it.\n"
    "The keys are NOT in here: put the folder DATA/keys back first, from where it is kept apart;\n"
    "without it sealed and secret values cannot be read again.\n";

static void told(void *state, const char *table, int64_t rows)
{
    struct progress *p = state;
    p->what = table;
    progress_show(p, rows, 0);
}

/* --- backup --- */

static enum err folder_add(struct ctx *c, FILE *out, const char *data_dir, const char *folder)
{
    DIR *d = opendir(sv_fmt(&c->mem, "%s/%s", data_dir, folder).at);
    enum err e = ERR_NONE;
    if (!d)
        return errno == ENOENT ? ERR_NONE
             : fail(c, ERR_BROKEN, "backup.read", "could not list %s: %s", folder, strerror(errno));
    for (const struct dirent *one; e == ERR_NONE && (one = readdir(d));) {
        const char *name = sv_fmt(&c->mem, "%s/%s", folder, one->d_name).at;
        if (one->d_name[0] == '.')                     /* being written, or the folder itself */
            continue;
        if (one->d_type == DT_DIR)
            e = folder_add(c, out, data_dir, name);
        else if (tar_name_good(sv_of(name)))
            e = tar_add(c, out, name, sv_fmt(&c->mem, "%s/%s", data_dir, name).at);
        else
            e = fail(c, ERR_BROKEN, "backup.read", "%s has no name of ours", name);
    }
    closedir(d);
    return e;
}

static enum err roads_add(struct ctx *c, FILE *out, const char *data_dir)
{
    struct sv path, base;
    TRY(roads_file_path(c, data_dir, &path));
    TRY(roads_file_base(c, data_dir, &base));
    if (path.len == 0)
        return ERR_NONE;
    const char *name = strrchr(path.at, '/') + 1, *of = strrchr(base.at, '/') + 1;
    TRY(tar_add(c, out, sv_fmt(&c->mem, "roads/%s", name).at, path.at));
    if (!sv_eq(path, base))
        TRY(tar_add(c, out, sv_fmt(&c->mem, "roads/%s", of).at, base.at));
    TRY(tar_text(c, out, "roads/base", sv_fmt(&c->mem, "%s\n", of)));
    return tar_text(c, out, "roads/current", sv_fmt(&c->mem, "%s\n", name));
}

static enum err all_add(struct start *s, FILE *out, const char *database)
{
    struct ctx *c = &s->ctx;
    TRY(tar_text(c, out, "README.txt", sv_of(about)));
    TRY(tar_add(c, out, DATABASE_NAME, database));
    TRY(roads_add(c, out, s->config.data_dir));
    TRY(folder_add(c, out, s->config.data_dir, "files"));
    return tar_end(c, out);
}

static enum err tar_make(struct start *s, const char *path, const char *database)
{
    struct ctx *c = &s->ctx;
    const char *part = sv_fmt(&s->mem, "%s.part", path).at;
    FILE *out = fopen(part, "we");
    if (!out)
        return fail(c, ERR_BROKEN, "backup.write", "could not write %s: %s", part, strerror(errno));
    enum err e = all_add(s, out, database);
    if (fclose(out) != 0 && e == ERR_NONE)
        e = fail(c, ERR_BROKEN, "backup.write", "could not write %s: %s", part, strerror(errno));
    if (e == ERR_NONE && rename(part, path) != 0)
        e = fail(c, ERR_BROKEN, "backup.write", "could not name %s: %s", path, strerror(errno));
    if (e != ERR_NONE)
        (void)unlink(part);
    return e;
}

enum err backup_make(struct start *s, const char *path, struct backup_facts *ret_facts)
{
    struct progress p = { .what = "backup" };
    struct schema schema = house_schema(&s->house, &s->mem);
    const char *database = sv_fmt(&s->mem, "%s.database", path).at;
    TRY(backup_write(&s->ctx, &schema, database, &(struct backup_watch){ told, &p }, ret_facts));
    enum err e = tar_make(s, path, database);
    (void)unlink(database);
    return e;
}

static enum err backup_work(struct start *s, void *path)
{
    struct backup_facts facts;
    struct progress p = { .what = "rows" };
    TRY(backup_make(s, path, &facts));
    progress_end(&p, facts.rows);
    printf("%s holds %lld rows of %lld tables, the attachments and the road file.\n"
           "The keys (%s/keys) are NOT in it: keep a copy of them somewhere else.\n",
           (const char *)path, (long long)facts.rows, (long long)facts.tables, s->config.data_dir);
    return ERR_NONE;
}

/* --- restore --- */

/* Makes the folders above a member's place; they may be there. */
static void folders_make(struct ctx *c, const char *data_dir, const char *name)
{
    for (const char *at = strchr(name, '/'); at; at = strchr(at + 1, '/'))
        (void)mkdir(sv_fmt(&c->mem, "%s/%.*s", data_dir, (int)(at - name), name).at, 0750);
}

static enum err member_take(struct start *s, FILE *in, const struct tar_member *m,
                            const char *database)
{
    struct ctx *c = &s->ctx;
    struct sv name = sv_of(m->name);
    if (sv_is(name, DATABASE_NAME))
        return tar_take(c, in, m, database);
    if (sv_is(name, "README.txt"))
        return tar_take(c, in, m, NULL);
    if (!sv_starts(name, SV("files/")) && !sv_starts(name, SV("roads/")))
        return fail(c, ERR_MALFORMED, "backup.malformed", "the archive holds %s", m->name);
    folders_make(c, s->config.data_dir, m->name);
    return tar_take(c, in, m, sv_fmt(&c->mem, "%s/%s", s->config.data_dir, m->name).at);
}

static enum err tar_unpack(struct start *s, const char *path, const char *database)
{
    struct tar_member m;
    bool more = true;
    FILE *in = fopen(path, "re");
    if (!in)
        return fail(&s->ctx, ERR_MISSING, "backup.missing", "could not open %s: %s", path,
                    strerror(errno));
    enum err e = ERR_NONE;
    while (e == ERR_NONE && more) {
        e = tar_next(&s->ctx, in, &m, &more);
        if (e == ERR_NONE && more)
            e = member_take(s, in, &m, database);
    }
    fclose(in);
    return e;
}

/* Nothing but the keys and empty folders may be there. */
static enum err folder_empty(struct ctx *c, const char *data_dir, const char *folder)
{
    int n = 0;
    DIR *d = opendir(sv_fmt(&c->mem, "%s/%s", data_dir, folder).at);
    for (const struct dirent *one; d && (one = readdir(d));)
        n += one->d_name[0] != '.';
    if (d)
        closedir(d);
    if (n)
        return fail(c, ERR_CONFLICT, "backup.not_empty", "%s/%s is not empty", data_dir, folder);
    return ERR_NONE;
}

enum err backup_restore(struct start *s, const char *path, struct backup_facts *ret_facts)
{
    struct progress p = { .what = "restore" };
    const char *data_dir = s->config.data_dir;
    struct schema schema = house_schema(&s->house, &s->mem);
    const char *database = sv_fmt(&s->mem, "%s/restore.part", data_dir).at;
    TRY(folder_empty(&s->ctx, data_dir, "files"));
    TRY(folder_empty(&s->ctx, data_dir, "roads"));
    (void)unlink(database);
    enum err e = tar_unpack(s, path, database);
    if (e == ERR_NONE)
        e = backup_read(&s->ctx, &schema, NULL, database, &(struct backup_watch){ told, &p },
                        ret_facts);
    (void)unlink(database);
    return e;
}

static enum err restore_work(struct start *s, void *path)
{
    struct backup_facts facts;
    struct progress p = { .what = "rows" };
    TRY(backup_restore(s, path, &facts));
    progress_end(&p, facts.rows);
    TRY(schema_statistics(&s->ctx, &s->schema));
    printf("restored %lld rows of %lld tables; yike check verifies them\n", (long long)facts.rows,
           (long long)facts.tables);
    return ERR_NONE;
}

/* --- the commands --- */

static int one_file(const char *name, int argc, char **argv, struct config *config,
                    const char **ret_path)
{
    const char *rest[2] = { 0 };
    bool help;
    const struct command *k = command_named(name);
    const struct option_row rows[] = {
        { "data", &config->data_dir, NULL }, { "db", &config->database, NULL }, { 0 },
    };
    if (!options_read(k, argc, argv, rows, rest, 1, &help))
        return EXIT_USAGE;
    if (!help && !rest[0])
        fprintf(stderr, "yike %s: name the file\nusage: yike %s\n", k->name, k->usage);
    *ret_path = rest[0];
    return rest[0] || help ? EXIT_DONE : EXIT_USAGE;
}

int backup_command(int argc, char **argv)
{
    struct config config = config_default();
    const char *path = NULL;
    int code = one_file("backup", argc, argv, &config, &path);
    if (code != EXIT_DONE || !path)
        return code;
    return command_run(command_named("backup"), &config, START_READY, backup_work,
                       (void *)(uintptr_t)path);
}

int restore_command(int argc, char **argv)
{
    struct config config = config_default();
    const char *path = NULL;
    char keys[4096];
    struct stat found;
    int code = one_file("restore", argc, argv, &config, &path);
    if (code != EXIT_DONE || !path)
        return code;
    if (snprintf(keys, sizeof keys, "%s/keys", config.data_dir) >= (int)sizeof keys ||
        stat(keys, &found) != 0) {
        fprintf(stderr, "yike restore: put the keys back first: there is no folder %s.\n"
                        "They are not in the backup; without them sealed values cannot be read.\n",
                keys);
        return EXIT_FAILED;
    }
    return command_run(command_named("restore"), &config, START_EMPTY, restore_work,
                       (void *)(uintptr_t)path);
}
