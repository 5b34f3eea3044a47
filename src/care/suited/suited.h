/*
 * suited.h - an elder's own menu (服务菜单): what is near her home, what of it is free or helped
 * with for her, what she had before; by the eight domains.
 *
 * Of each item of the catalogue the nearest offer that serves her home, at today's price for her:
 * subsidy and what is left of her quotas counted in. Distances are walked where the streets know
 * both ends, else as the crow flies, which is said.
 */
#ifndef CARE_SUITED_H
#define CARE_SUITED_H

#include "care/order/order.h"
#include "care/quota/quota.h"

enum { MENU_LINES_MAX = 60, MENU_BEFORE_MAX = 6 };

/* One thing she may have. */
struct menu_line {
    struct catalogue_item item;
    struct offer offer;
    struct place place;
    struct price price;                    /* of one unit, today */
    int64_t distance_m;                    /* -1: her home or the place has no point */
    bool walked;                           /* on the streets; else as the crow flies */
};

struct menu {
    struct elder elder;
    struct menu_line lines[MENU_LINES_MAX];    /* by domain, helped with first, near first */
    size_t lines_n;
    struct care_order before[MENU_BEFORE_MAX]; /* her last order of each offer, latest first */
    size_t before_n;
};

/* For whoever may order for her; ERR_MISSING "elder.missing". *ret_menu lives in c->mem. */
MUST enum err menu_of(struct ctx *c, struct elder_id elder, struct menu **ret_menu);

extern const struct module suited_module;

#endif
