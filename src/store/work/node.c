/* node.c - node numbers for ids, leased to processes. */

#include "base/id.h"
#include "store/driver.h"
#include "store/work/node.h"

#include <stdio.h>
#include <unistd.h>

SQL(node_next);
SQL(node_oldest);
SQL(node_add);
SQL(node_take);
SQL(node_renew);

enum { LEASE_ATTEMPTS = 20 };

static void hash_file(uint64_t *h, const char *path)
{
    FILE *f = fopen(path, "re");
    for (int byte; f && (byte = fgetc(f)) != EOF;)
        *h = (*h ^ (uint64_t)byte) * 1099511628211u;
    if (f)
        fclose(f);
}

/*
 * Who this process is: the boot of its machine, its number, and when it began (field 22 of
 * /proc/self/stat: nothing else in it stands still, so only that is taken).
 */
static int64_t owner(void)
{
    uint64_t h = 14695981039346656037u;
    unsigned long long began = 0;
    hash_file(&h, "/proc/sys/kernel/random/boot_id");
    hash_file(&h, "/etc/hostname");
    FILE *f = fopen("/proc/self/stat", "re");
    if (f && fscanf(f, "%*d (%*[^)]) %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d "
                       "%*d %*d %*d %*d %llu", &began) != 1)
        began = 0;
    if (f)
        fclose(f);
    h = (h ^ began) * 1099511628211u;
    h = (h ^ (uint64_t)getpid()) * 1099511628211u;
    return (int64_t)(h >> 1);
}

struct node_try { int64_t id; bool got; };

static enum err write_node(struct ctx *c, void *what)
{
    struct node_try *t = what;
    struct param list[] = { P_INT("id", 0), P_INT("owner", owner()),
                            P_INT("until", c->now.ms + NODE_LEASE_S * 1000),
                            P_INT("before", c->now.ms - NODE_REST_S * 1000) };
    struct params p = { .list = list, .n = sizeof list / sizeof list[0] };
    t->id = 0;
    TRY(db_int(c, &sql_node_next, NO_PARAMS, &t->id));
    bool new = t->id <= ID_NODE_MAX;
    if (!new)
        TRY(db_int(c, &sql_node_oldest, p, &t->id));
    if (t->id == 0)
        return fail(c, ERR_BUSY, "node.none", "all %d node numbers are leased", ID_NODE_MAX);
    list[0].value.n = t->id;
    int64_t n;
    TRY(db_run(c, new ? &sql_node_add : &sql_node_take, p, &n));
    t->got = n == 1;
    return ERR_NONE;
}

enum err node_lease(struct ctx *c, int64_t *ret_node)
{
    for (int i = 0; i < LEASE_ATTEMPTS; i++) {
        struct node_try t = { 0 };
        TRY(store_write(c, write_node, &t));
        if (t.got) {
            *ret_node = t.id;
            return ERR_NONE;
        }
    }
    return fail(c, ERR_BUSY, "node.none", "could not lease a node number in %d attempts",
                LEASE_ATTEMPTS);
}

enum err node_keep(struct ctx *c, int64_t node, int64_t now)
{
    int64_t n;
    TRY(db_run(c, &sql_node_renew,
               PARAMS(P_INT("until", now + NODE_LEASE_S * 1000), P_INT("id", node),
                      P_INT("owner", owner()), P_INT("now", now)),
               &n));
    if (n == 0)
        return fail(c, ERR_CONFLICT, "node.lost", "the lease of node %lld ran out",
                    (long long)node);
    return ERR_NONE;
}

static enum err write_renewal(struct ctx *c, void *node)
{
    return node_keep(c, *(const int64_t *)node, c->now.ms);
}

enum err node_renew(struct ctx *c, int64_t node)
{
    return store_write(c, write_renewal, &node);
}
