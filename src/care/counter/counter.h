/*
 * counter.h - the counter of a meal point (助餐收银台): who stands there, what she pays, served.
 *
 * A meal at the counter is one row written by the tablet, on line or an hour later (care/sync,
 * form "counter"), under an id the tablet made, so it is there once however often it comes. Its
 * rule finds the order that she placed ahead and serves it, or places and serves one of its own
 * (channel counter). What the tablet said that she pays stands in `said`: when the house knows
 * better (the subsidy of the day was had elsewhere meanwhile), a tablet on line is refused and
 * asks again, while a meal that was eaten off line is kept in full price as a clash, which the
 * station decides: the difference is collected or borne, or the row was a mistake.
 *
 * Who shows a card is found wherever she lives; digits and initials find only whom the station
 * sees. A guest needs no name and has the full price.
 */
#ifndef CARE_COUNTER_H
#define CARE_COUNTER_H

#include "care/counter/close.h"
#include "care/sync/sync.h"

enum meal_state { MEAL_SERVED, MEAL_CLASH, MEAL_SETTLED, MEAL_UNDONE };
enum meal_clash { CLASH_NONE, CLASH_ONCE_A_DAY, CLASH_PRICE };
enum meal_outcome { MEAL_OPEN, MEAL_COLLECTED, MEAL_BORNE };
extern const struct choice meal_states[], meal_clashes[], meal_outcomes[];

struct counter_meal_id { int64_t n; };

struct counter_meal {
    struct counter_meal_id id;
    struct row             row;
    struct organisation_id org;
    struct place_id        place;
    struct offer_id        offer;
    struct elder_id        elder;          /* 0: a guest */
    struct sv              card;           /* what she showed; "" she was found otherwise */
    struct care_order_id   care_order;     /* the order it is: her own of before, or made here */
    bool                   ahead;          /* she had ordered */
    struct day             day;
    struct moment          at;
    int64_t                quantity;
    int                    pay_way;
    bool                   paid;           /* cash or QR, here and now */
    struct opt_int         said;           /* fen that the tablet took */
    struct money           own_pay, subsidy;
    bool                   offline;        /* told later than it was */
    int                    state, clash, outcome;
    struct care_order_id   other;          /* CLASH_ONCE_A_DAY: the meal that had the subsidy */
    struct sv              reason;
    struct account_id      served_by, decided_by;
    struct moment          decided_at;
};

extern const struct field  counter_meal_fields[];
extern const struct entity counter_meal_entity;
extern const struct module counter_module;

struct diner_card_id { int64_t n; };
enum card_state { CARD_ACTIVE, CARD_LOST };

/* A card to show at counters (助餐卡); its QR says DINER_QR and the number. */
struct diner_card {
    struct diner_card_id id;
    struct row           row;
    struct elder_id      elder;
    struct sv            number;           /* eight signs, drawn */
    int                  state;
    struct day           issued_on;
};
#define DINER_QR "YIKE-C:"
extern const struct field  diner_card_fields[];
extern const struct entity diner_card_entity;

/* The number in what was scanned or typed: without the QR's word, blanks and dashes; "" none. */
struct sv diner_card_number(struct arena *mem, struct sv text);
/* Whose card it is; 0 when nobody's. */
MUST enum err diner_card_elder(struct ctx *c, struct sv text, struct elder_id *ret_elder);

/* --- what a counter knows of one who stands there (find.c) --- */

/* The price she pays now, with the reason; `used`: where she had today's subsidy, "" nowhere. */
struct diner_price {
    struct price         price;
    struct sv            used;
    struct care_order_id used_order;
};
MUST enum err diner_price_of(struct ctx *c, const struct offer *o, int64_t quantity,
                             const struct elder *e, struct day day, struct care_order_id but,
                             struct diner_price *ret_price);

/* The order that she placed ahead and has not had; id 0: none. */
MUST enum err diner_ahead(struct ctx *c, struct organisation_id org, struct elder_id elder,
                          struct day day, struct care_order *ret_order);

/* The offer whose meals are sold, of the caller's own organisation; else ERR_INVALID on "offer". */
MUST enum err counter_offer(struct ctx *c, struct offer_id id, struct offer *ret_offer);

extern const struct endpoint counter_endpoints[];
extern const struct sync_form counter_forms[];

enum { COUNTER_DINERS_MAX = SYNC_ROWS_MAX, COUNTER_FOUND_MAX = 9 };

#endif
