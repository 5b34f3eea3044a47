/*
 * errand.h - errands (代办): what an order of an item with an errand kind has beside the order:
 * what is to be bought or paid, and the elder's money from her hand to the change.
 *
 *     open → advanced (备用金已收) → bought → returned (找零已交还) → confirmed
 *       └ dropped with its order          └ disputed → confirmed by an office
 *
 * An errand is made with its order and goes with it; the order's price is what the errand costs,
 * the advance is hers and nobody's income. At every moment
 *
 *     difference = advance + extra - spent - change_back
 *
 * and whoever hands the change back explains a difference that is not 0. Each step carries the
 * phone's own moment, so that it may be told later (the form "errands" of care/sync). An advance
 * has a ceiling and a day by which it is settled (policy parameters); one that is overdue raises a
 * work item. Nobody asks for a card or a password: the sentence stands on both faces, and a list
 * with one is refused.
 */
#ifndef CARE_ERRAND_H
#define CARE_ERRAND_H

#include "care/catalogue/catalogue.h"
#include "care/order/order.h"
#include "care/sync/sync.h"

enum errand_state { ERRAND_OPEN, ERRAND_ADVANCED, ERRAND_BOUGHT, ERRAND_RETURNED,
                    ERRAND_CONFIRMED, ERRAND_DISPUTED, ERRAND_DROPPED };
enum errand_giver { GIVER_NONE, GIVER_ELDER, GIVER_FAMILY };
enum errand_receipt { RECEIPT_NONE, RECEIPT_PHOTO };
enum errand_confirm { CONFIRM_NONE, CONFIRM_FACE, CONFIRM_CITIZEN, CONFIRM_DESK };
extern const struct choice errand_states[], errand_givers[], errand_receipts[], errand_confirms[];

struct errand_id { int64_t n; };

struct errand {
    struct errand_id id;
    struct row       row;                  /* scope: of the order */
    struct care_order_id care_order;
    struct organisation_id org;
    struct place_id  place;
    struct account_id account;             /* the citizen who ordered; 0: staff did */
    struct elder_id  elder;                /* 0: not bound */
    struct carer_id  carer;                /* who has the money; 0: nobody yet */
    int              kind;                 /* errand_kinds */
    struct day       day;
    struct sv        wants;                /* SECRET: the list, or the bill; a line each */
    struct money     advance;
    int              giver;
    struct sv        giver_name;
    bool             counted;              /* counted before her eyes, and she agreed */
    struct moment    advanced_at;
    struct moment    due;                  /* settled by then */
    struct money     spent;
    struct sv        bought;               /* what, where, what was not to be had */
    int              receipt;
    struct sv        no_receipt;           /* why there is none */
    int64_t          receipts;             /* photos kept so far */
    struct moment    bought_at;
    struct money     change_back, extra;   /* handed back; paid by her on top */
    struct money     difference;
    struct sv        why;                  /* of a difference */
    struct moment    returned_at;
    int              confirmed;            /* errand_confirms: how */
    struct sv        signed_by;
    struct account_id confirmed_by;
    struct moment    confirmed_at;
    struct moment    overdue_at;           /* when it was told as overdue */
    struct sv        reason;               /* of a dispute */
    int              state;
};

extern const struct field  errand_fields[];
extern const struct entity errand_entity;
extern const struct module errand_module;

/* An order of this item has been stored: its errand, when the item is one. */
MUST enum err errand_of_order(struct ctx *c, const struct care_order *o,
                              const struct catalogue_item *item);

/*
 * An order that was called off or confirmed ends the errand for which no money was given; on
 * another day, such an errand moves along.
 */
extern const struct follower errand_followers[];

/* The errand of an order. */
MUST enum err errand_find(struct ctx *c, struct care_order_id id, struct errand *ret_errand,
                          bool *ret_found);

/* What carers of a place still hold of elders' money for errands up to a day. */
struct errand_held { struct money held; int64_t n; };
MUST enum err errand_held_at(struct ctx *c, struct place_id place, struct day day,
                             struct errand_held *ret_held);

/* True when a text holds what may be a card's number or speaks of a password. */
bool errand_tells_secrets(struct sv text);

/* --- what the steps take (steps.c) --- */

struct errand_wants { struct sv wants; };
struct errand_advance { struct money amount; int giver; struct sv giver_name; bool counted; };
struct errand_buy { struct money spent; struct sv bought; int receipt; struct sv no_receipt; };
struct errand_back { struct money change_back, extra; struct sv why; };
struct errand_sign { struct sv signed_by; };
extern const struct step errand_steps[];

/* --- the module's parts --- */

struct job;
extern const struct endpoint  errand_endpoints[];          /* page.c */
extern const struct sync_form errand_forms[];              /* phone.c */
MUST enum err job_errand_overdue(struct ctx *c, const struct job *j);

/* Array "lines" of the open object: the money, one amount a line, in the reader's words. */
void errand_lines_json(struct ctx *c, struct json *j, const struct errand *e);
extern const struct field errand_lines_gives[];

#endif
