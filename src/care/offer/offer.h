/*
 * offer.h - what an organisation offers: item, price, area, and the slots that really exist.
 *
 * A slot is a place in time with a capacity (a bath is 1, a class of 30 is 30). Slots follow from
 * the offer's week; a row exists once somebody has taken a place. Places are taken by one
 * conditional update, so a slot is never overbooked on either engine.
 */
#ifndef CARE_OFFER_H
#define CARE_OFFER_H

#include "care/catalogue/catalogue.h"
#include "care/elder/elder.h"
#include "care/offer/week.h"
#include "care/review/review.h"

struct offer_id { int64_t n; };
struct slot_id  { int64_t n; };

struct offer {
    struct offer_id          id;
    struct row               row;
    struct organisation_id   org;
    struct catalogue_item_id item;
    struct place_id place; /* where it is served from; 0: the organisation at large */
    struct sv                name;
    struct money             price;        /* of one unit, with all who come */
    struct money             carer_price;  /* of each of them, if it is reckoned so; else 0 */
    struct sv                unit_note;
    int64_t                  area_m;       /* walking metres around the place; 0: the duty area */
    int64_t                  lead_min;     /* how long before its start a slot can be taken */
    int64_t                  capacity;     /* of one slot */
    struct sv                week;         /* week.h */
    struct sv                description;
    int                      state;        /* enum review_state */
    struct account_id        submitted_by;
    bool                     gathering;    /* the places of a class or outing: never published */
};

struct slot {
    struct slot_id         id;
    struct row             row;
    struct offer_id        offer;
    struct organisation_id org;
    struct day             day;
    int64_t                start_min, end_min;
    int64_t                capacity, taken;
};

extern const struct field  offer_fields[], slot_fields[];
extern const struct entity offer_entity, slot_entity;
extern const struct module offer_module;

/*
 * Times of one day at which an item would be served at home, asked of the modules that know the
 * staff (struct module, nobody_comes): `nobody` is set where nobody could come.
 */
struct staff_wanted {
    const struct offer          *offer;
    const struct catalogue_item *item;
    struct elder_id              elder;         /* for whom; 0: not said */
    struct day                   day;
    const struct week_slot      *slots;
    size_t                       n;
    bool                        *nobody;
};

/* A slot as a face names it: "2026-11-23.480" (day and minute of its start). */
struct slot_key { struct day day; int start_min; };
bool slot_key_read(struct sv text, struct slot_key *ret_key);
void slot_key_write(struct buf *out, struct slot_key key);

/* The end of the slot that the offer's week has at this time; ERR_INVALID "slot.none" on "slot". */
MUST enum err slot_in_week(struct ctx *c, const struct offer *o, struct slot_key key,
                           int *ret_end_min);

/*
 * Takes `n` places at a time that the offer's week has and its lead time allows.
 * ERR_INVALID (field "slot": "slot.none", "slot.too_soon"), ERR_CONFLICT "slot.full".
 */
MUST enum err slot_take(struct ctx *c, const struct offer *o, struct slot_key key, int64_t n,
                        struct slot *ret_slot);

/* The same of a time that no week knows and until the last moment: for care/gathering. */
MUST enum err slot_take_at(struct ctx *c, const struct offer *o, struct slot_key key,
                           int64_t end_min, int64_t n, struct slot *ret_slot);
MUST enum err slot_release(struct ctx *c, struct slot_id id, int64_t n);

#endif
