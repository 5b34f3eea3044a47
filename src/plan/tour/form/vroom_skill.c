/* vroom_skill.c - skills of jobs and vehicles, and how high they must be. */

#include "plan/tour/form/vroom.h"

#include <stdlib.h>

enum { LEVEL_MAX = 100 };

struct one { int32_t skill, level; };

static int by_number(const void *a, const void *b)
{
    const struct one *x = a, *y = b;
    if (x->skill != y->skill)
        return x->skill < y->skill ? -1 : 1;
    return x->level > y->level ? -1 : x->level < y->level;
}

enum err vroom_skill_names(struct vroom *r, const struct node *top)
{
    struct node names = { .up = top, .name = "skills", .v = json_member(top->v, "skills") };
    int64_t skill;
    if (names.v && names.v->kind != JSON_OBJECT)
        return vroom_wrong(r, &names, NULL, "must be an object: {\"4\": \"injections\"}");
    for (const struct json_value *v = names.v ? names.v->first : NULL; v; v = v->next)
        if (!sv_int(v->name, 0, TOUR_SKILLS_MAX, &skill) || v->kind != JSON_TEXT)
            return vroom_wrong(r, &names, sv_text(&r->c->mem, v->name),
                               "a whole number from 0 to 1000000 and a name are wanted");
    r->skills = names.v;
    return ERR_NONE;
}

static enum err known(struct vroom *r, const struct node *at, const char *name, int64_t skill)
{
    if (!r->skills || json_member(r->skills, sv_fmt(&r->c->mem, "%lld", (long long)skill).at))
        return ERR_NONE;
    return vroom_wrong(r, at, name, "there is no such skill in the file's skills");
}

static enum err list_read(struct vroom *r, const struct node *list, struct one *all, int *n)
{
    for (const struct json_value *v = list->v->first; v; v = v->next, ++*n) {
        struct node item = vroom_item(list, *n, v);
        int64_t skill;
        if (!json_whole(v, 0, TOUR_SKILLS_MAX, &skill))
            return vroom_wrong(r, &item, NULL, "a skill is a whole number from 0 to 1000000");
        TRY(known(r, &item, NULL, skill));
        all[*n] = (struct one){ (int32_t)skill, 1 };
    }
    return ERR_NONE;
}

static enum err levels_read(struct vroom *r, const struct node *levels, struct one *all, int *n)
{
    for (const struct json_value *v = levels->v->first; v; v = v->next, ++*n) {
        const char *name = sv_text(&r->c->mem, v->name);
        int64_t skill, level;
        if (!sv_int(v->name, 0, TOUR_SKILLS_MAX, &skill))
            return vroom_wrong(r, levels, name, "a skill is a whole number from 0 to 1000000");
        if (!json_whole(v, 1, LEVEL_MAX, &level))
            return vroom_wrong(r, levels, name, "a level is a whole number from 1 to 100");
        TRY(known(r, levels, name, skill));
        all[*n] = (struct one){ (int32_t)skill, (int32_t)level };
    }
    return ERR_NONE;
}

/* Sorted, each skill once at its highest level. */
static struct tour_skills skills_of(struct arena *mem, struct one *all, int n,
                                    const int32_t **ret_levels)
{
    int32_t *at = NEW(mem, int32_t, n), *level = NEW(mem, int32_t, n);
    int kept = 0;
    bool high = false;
    qsort(all, (size_t)n, sizeof *all, by_number);
    for (int i = 0; i < n; i++)
        if (kept == 0 || all[i].skill != at[kept - 1]) {
            at[kept] = all[i].skill;
            level[kept++] = all[i].level;
            high |= all[i].level > 1;
        }
    *ret_levels = high ? level : NULL;
    return (struct tour_skills){ at, kept };
}

enum err vroom_skills(struct vroom *r, const struct node *at, struct tour_skills *ret_s,
                      const int32_t **ret_levels)
{
    struct node list = { .up = at, .name = "skills", .v = json_member(at->v, "skills") };
    struct node levels = { .up = at, .name = "skill_levels",
                           .v = json_member(at->v, "skill_levels") };
    int n = 0;
    if (list.v && list.v->kind != JSON_ARRAY)
        return vroom_wrong(r, &list, NULL, "must be an array of whole numbers");
    if (levels.v && levels.v->kind != JSON_OBJECT)
        return vroom_wrong(r, &levels, NULL, "must be an object: levels by skill");
    size_t room = (list.v ? list.v->n : 0) + (levels.v ? levels.v->n : 0);
    struct one *all = NEW(&r->c->mem, struct one, room);
    if (list.v)
        TRY(list_read(r, &list, all, &n));
    if (levels.v)
        TRY(levels_read(r, &levels, all, &n));
    if (n)
        *ret_s = skills_of(&r->c->mem, all, n, ret_levels);
    return ERR_NONE;
}
