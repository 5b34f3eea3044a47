/* list.c - the messy list of one sub-district, in the data folder for a visitor to take in. */

#include "app/demo/demo.h"
#include "app/demo/make/messy.h"

/* The first community of the first sub-district, and one of another. */
static void places(const struct demo *d, struct messy *m, const struct division **ret_home)
{
    int street = -1;
    for (size_t i = 0; i < d->town.areas_n; i++) {
        const struct area *a = &d->town.areas[i];
        if (a->level != 1)
            continue;
        street = street < 0 ? a->parent : street;
        if (a->parent == street && !*ret_home)
            *ret_home = &d->area[i];
        if (a->parent != street)
            m->elsewhere = d->area[i].name;
    }
    if (*ret_home)
        m->community = (*ret_home)->name;
}

enum err demo_list(struct demo *d)
{
    struct messy m = { .first = 1 };
    const struct division *home = NULL;
    places(d, &m, &home);
    if (!home)
        return ERR_NONE;
    m.known_name = d->elders[0].name;
    m.known_birth = d->elders[0].birth;
    for (size_t i = 0; i < d->elders_n; i++)
        if (d->elders[i].division.n == home->id.n) {
            m.known_name = d->elders[i].name;
            m.known_birth = d->elders[i].birth;
            break;
        }
    return messy_write(d->c, sv_fmt(&d->mem, "%s/messy-list.xlsx", d->start->config.data_dir).at,
                       &m);
}
