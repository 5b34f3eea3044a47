/* endpoints.c - from path to endpoint. */

#include "http/endpoints.h"

#include "http/generic.h"

#include <assert.h>

const char *const verb_names[VERB_COUNT] = { "", "GET", "POST", "PUT", "PATCH", "DELETE" };

/* One segment of some template. Children are few, and found by walking them. */
struct node {
    struct sv              text;
    struct node           *literals;          /* first child */
    struct node           *next;              /* sibling */
    struct node           *any;               /* child for {name} */
    struct node           *ends;              /* children for {name}.xml: text is ".xml" */
    const struct endpoint *at[VERB_COUNT];
    size_t                 number[VERB_COUNT];
    unsigned               verbs;
};

struct maker {
    struct arena           *mem;
    struct node            *root;
    const struct endpoint **list;
    size_t                  n;
};

static struct node *node_child(struct arena *mem, struct node *n, struct sv part)
{
    struct node **place = &n->literals;
    if (part.len && part.at[0] == '{') {
        place = &n->ends;
        part = sv_from(part, (size_t)sv_find_byte(part, '}') + 1);
        if (!part.len && !n->any)
            n->any = NEW(mem, struct node, 1);
        if (!part.len)
            return n->any;
    }
    while (*place && !sv_eq((*place)->text, part))
        place = &(*place)->next;
    if (!*place) {
        *place = NEW(mem, struct node, 1);
        (*place)->text = part;
    }
    return *place;
}

/* The first to name a verb and path has it, so a module's own stands before the generic one. */
static void add(struct maker *m, const struct endpoint *e)
{
    assert(e->verb != VERB_NONE);
    assert(e->path[0] == '/');
    struct node *n = m->root;
    struct sv rest = sv_of(e->path + 1), part;
    while (sv_cut(&rest, '/', &part))
        n = node_child(m->mem, n, part);
    if (n->at[e->verb])
        return;
    assert(m->n < ENDPOINTS_MAX);
    n->at[e->verb] = e;
    n->number[e->verb] = m->n;
    n->verbs |= 1u << e->verb;
    m->list[m->n++] = e;
}

struct endpoints endpoints_build(struct arena *mem, const struct house *h)
{
    struct maker m = { mem, NEW(mem, struct node, 1),
                       NEW(mem, const struct endpoint *, ENDPOINTS_MAX), 0 };
    for (const struct module *const *one = h->modules; *one; one++)
        for (const struct endpoint *e = (*one)->endpoints; e && e->path; e++)
            add(&m, e);
    for (const struct module *const *one = h->modules; *one; one++)
        for (const struct entity *const *e = (*one)->entities; e && *e; e++) {
            const struct endpoint *const *made = generic_endpoints(mem, *e);
            while (*made)
                add(&m, *made++);
        }
    return (struct endpoints){ m.root, m.list, m.n };
}

static bool find(const struct node *n, const struct head *h, size_t depth, size_t params,
                 struct found *r)
{
    if (depth == h->segments_n) {
        r->verbs |= n->verbs;
        if (!n->at[h->verb])
            return false;
        r->endpoint = n->at[h->verb];
        r->number = n->number[h->verb];
        return true;
    }
    struct sv part = h->segment[depth];
    for (const struct node *one = n->literals; one; one = one->next)
        if (sv_eq(one->text, part) && find(one, h, depth + 1, params, r))
            return true;
    if (params == PATH_PARAMS_MAX)
        return false;
    for (const struct node *one = n->ends; one; one = one->next) {
        if (part.len <= one->text.len || !sv_ends(part, one->text))
            continue;
        r->param[params] = sv_head(part, part.len - one->text.len);
        if (find(one, h, depth + 1, params + 1, r))
            return true;
    }
    if (!n->any)
        return false;
    r->param[params] = part;
    return find(n->any, h, depth + 1, params + 1, r);
}

struct found endpoint_find(const struct endpoints *r, const struct head *h)
{
    struct found found = { 0 };
    (void)find(r->root, h, 0, 0, &found);
    return found;
}

struct sv verbs_text(struct arena *mem, unsigned verbs)
{
    struct buf b = buf_new(mem, 48);
    for (int v = GET; v < VERB_COUNT; v++)
        if (verbs & (1u << v)) {
            buf_text(&b, b.len ? ", " : "");
            buf_text(&b, v == GET ? "GET, HEAD" : verb_names[v]);
        }
    return buf_sv(&b);
}
