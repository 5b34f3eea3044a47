/* build.c - base and edits into the streets in service. */

#include "app/streets/streets.h"

#include "care/street/street.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

SQL(streets_any_home);

static void lock_end(int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

static enum err lock_take(struct ctx *c, const char *data_dir, int *ret_fd)
{
    const char *path = sv_fmt(&c->mem, "%s/roads/lock", data_dir).at;
    *ret_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (*ret_fd < 0 || flock(*ret_fd, LOCK_EX) != 0)
        return fail(c, ERR_BROKEN, "roads.folder", "could not lock %s: %s", path, strerror(errno));
    return ERR_NONE;
}

/* --- the net --- */

struct laid { struct street_edit *edits; struct mend *mends; size_t n; };

static enum err edits_read(struct ctx *c, void *arg)
{
    struct laid *l = arg;
    return street_published(c, day_of(c->now), &l->edits, &l->mends, &l->n);
}

MUST static enum err lay(struct ctx *c, const char *data_dir, const char *base, struct laid *l,
                         bool *ret_changed)
{
    AUTO(roads_close) struct roads map = { 0 };
    AUTO(road_builder_free) struct road_builder b = { 0 };
    if (l->n == 0)
        return roads_file_serve(c, data_dir, NULL, ret_changed);
    TRY(roads_open(c, base, &map));
    mends_apply(&c->mem, &map, NULL, l->mends, l->n, &b);
    return roads_file_serve(c, data_dir, &b, ret_changed);
}

/* --- what came of it --- */

MUST static enum err fit_note(struct ctx *c, const struct street_edit *e, enum mend_fit fit)
{
    struct street_edit now;
    bool found;
    if (e->fit == (int)fit + 1)
        return ERR_NONE;
    TRY(entity_load(c, &street_edit_entity, e->id.n, &now, &found));
    if (!found)
        return ERR_NONE;
    now.fit = (int)fit + 1;
    return entity_update_by_rule(c, &street_edit_entity, &now, now.row.version, "fit");
}

struct told { const struct laid *laid; bool changed; };

static enum err tell(struct ctx *c, void *arg)
{
    const struct told *t = arg;
    int64_t job, homes;
    for (size_t i = 0; i < t->laid->n; i++)
        TRY(fit_note(c, &t->laid->edits[i], t->laid->mends[i].fit));
    if (!t->changed)
        return ERR_NONE;
    TRY(event_add(c, &(struct event){ .entity = SV("roads"), .action = SV("change"),
                                      .at = c->now }));
    TRY(db_int(c, &sql_streets_any_home, NO_PARAMS, &homes));
    return homes ? job_add(c, "roads.homes", SV("{}"), &job) : ERR_NONE;
}

enum err streets_build(struct ctx *c, struct streets_built *ret_built)
{
    const char *data_dir = c->house->config->data_dir;
    AUTO(lock_end) int lock = -1;
    struct laid l = { 0 };
    struct sv base;
    *ret_built = (struct streets_built){ 0 };
    TRY(roads_file_base(c, data_dir, &base));
    if (base.len == 0)
        return ERR_NONE;
    TRY(lock_take(c, data_dir, &lock));
    TRY(roads_file_base(c, data_dir, &base));
    TRY(transaction(c, edits_read, &l));
    TRY(lay(c, data_dir, base.at, &l, &ret_built->changed));
    for (size_t i = 0; i < l.n; i++) {
        ret_built->used += l.mends[i].fit == MEND_FITS;
        ret_built->loose += l.mends[i].fit != MEND_FITS;
    }
    return transaction(c, tell, &(struct told){ &l, ret_built->changed });
}
