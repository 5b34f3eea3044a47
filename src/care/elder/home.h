/*
 * home.h - where an elder lives: found by the address that was written, or chosen by somebody.
 *
 * Every write of an elder's row comes through home_find() (elder.c, rules), whoever writes. What a
 * person chooses (compound, building, entrance, point) wins over the text; the text then only says
 * the door. An address that is matched gives compound, building, entrance, room and point; the
 * community's middle stands for the home when no more is known. A text never moves anybody into
 * another division: that is a choice, or the action "move".
 */
#ifndef CARE_ELDER_HOME_H
#define CARE_ELDER_HOME_H

#include "care/address/address.h"
#include "care/elder/elder.h"
#include "http/http.h"

/* Fills division, scope, links, point, level, junction and cell. Faults are left in the ctx. */
MUST enum err home_find(struct ctx *c, const struct elder *was, struct elder *e);

/* worklist.c: the work list of homes no address leads to, and the trying of a text. */
extern const struct endpoint home_endpoints[];         /* ends with { 0 } */

/* The job "elder.rematch": those of one learnt name ({"form", "compound"}), or all open ones. */
MUST enum err home_rematch(struct ctx *c, const struct job *j);

/*
 * move.c: an elder moves (迁移). The text is matched anew without her old division; what is open
 * follows her to the new one (struct entity, open), what is closed stays where it was done.
 */
struct elder_moved {
    struct sv          address;
    struct compound_id compound;           /* 0: found by the address */
    struct building_id home_building;
    struct division_id division;           /* when the address leads nowhere */
    struct day         moved_on;
    struct sv          reason;
};
extern const struct field move_fields[];
enum err elder_move(struct ctx *c, const struct request *q, struct answer *a);

/* matched.c: the figure of homes by level, and all of the above as a module. */
extern const struct module home_module;

#endif
