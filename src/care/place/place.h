/*
 * place.h - where one goes: stations, institutions, meal points, pharmacies and the rest.
 *
 * A place belongs to an organisation, stands at a point and has hours. Coordinates are stored in
 * WGS-84; `datum` keeps in which system they were given, and they are converted once, on the way
 * in. The public sees published places only (care/review); what identifies a published place
 * (name, kind, organisation, point) changes only through another review, what changes by the day
 * (hours, closed today, free beds, telephone) at once. Verified (核实) means that somebody saw
 * that the facts are still true.
 */
#ifndef CARE_PLACE_H
#define CARE_PLACE_H

#include "care/hours/hours.h"
#include "care/organisation/organisation.h"

enum place_kind {
    PLACE_INSTITUTION, PLACE_STATION, PLACE_DISTRICT_CENTRE, PLACE_DAY_CENTRE, PLACE_MEAL_POINT,
    PLACE_CENTRAL_KITCHEN, PLACE_CLINIC, PLACE_PHARMACY, PLACE_PROVIDER, PLACE_PROPERTY,
    PLACE_SHOP, PLACE_BANK, PLACE_BARBER, PLACE_COMMUNITY_OFFICE, PLACE_OTHER, PLACE_KINDS
};
extern const struct choice place_kinds[];

/* The system the coordinates were given in; keys as in geo/datum.h without hyphens. */
extern const struct choice place_datums[];

enum place_rating { RATING_NONE, RATING_NATIONAL, RATING_STAR };
extern const struct choice rating_schemes[];
extern const struct choice medical_ways[], accessibilities[];
extern const struct choice place_founders[], place_operators[];

enum place_founded { FOUNDED_UNKNOWN, FOUNDED_PUBLIC, FOUNDED_PRIVATE, FOUNDED_BUILT };
enum place_operated { OPERATED_UNKNOWN, OPERATED_PUBLIC, OPERATED_ENTRUSTED, OPERATED_PRIVATE };

/* 运营方式, from who founded a place and who runs it. */
enum place_mode { MODE_UNKNOWN, MODE_PUBLIC, MODE_ENTRUSTED, MODE_PRIVATE };
extern const struct choice operation_modes[];

struct place_id { int64_t n; };

struct place {
    struct place_id        id;
    struct row             row;
    struct organisation_id org;
    struct sv              name;
    int                    kind;
    struct division_id     division;       /* found by the point when not given */
    struct degrees         lat, lon;       /* WGS-84 */
    int                    datum;
    struct sv              address, phone, duty_phone;
    struct sv              hours;          /* care/hours */
    struct day             closed_on, closed_until;   /* 临时停业; until unsaid: one day */
    struct sv              closed_reason;
    int64_t                capacity;       /* people at once; 0 unknown */
    int64_t                beds_total;
    struct opt_int         beds_free;      /* as reported on beds_at by beds_by */
    struct moment          beds_at;
    struct account_id    beds_by;
    struct set             levels;         /* ability grades taken, bit per enum ability_grade */
    struct money           price_low, price_high;     /* a month, institutions; 0 unknown */
    int                    medical;        /* none, cooperates, inside */
    int                    founded, operated;         /* 举办, 运营: place_mode() says both */
    bool                   nonprofit;
    int                    rating_scheme;
    int64_t                rating_level;   /* 0..5 */
    struct day             rating_until;
    struct set             accessible;
    int                    state;
    struct account_id    submitted_by;
    struct moment          verified_at;
    struct account_id    verified_by;
    struct day             verify_until;
};

extern const struct field  place_fields[];
extern const struct entity place_entity;

struct fee_item_id { int64_t n; };

struct fee_item {
    struct fee_item_id id;
    struct row         row;
    struct place_id    place;
    struct sv          name;               /* 床位费 */
    int                unit;
    struct money       price;
    struct sv          note;
};

extern const struct field  fee_item_fields[];
extern const struct entity fee_item_entity;
struct place_photo_id { int64_t n; };

/* A picture everybody may see once another agreed; the file is attached to this row. */
struct place_photo {
    struct place_photo_id id;
    struct row            row;
    struct place_id       place;
    struct sv             alt;             /* what it shows, in words */
    struct sv             picture;         /* hash of the file that was submitted */
    int                   state;
    struct account_id     submitted_by;
};

extern const struct field  place_photo_fields[];
extern const struct entity place_photo_entity;
extern const struct module place_module;

/* Converts lat and lon from the place's datum to WGS-84: once, before the first store. Rows that
 * go through entity_create are converted there; imports that use entity_bulk call it themselves. */
void place_to_wgs84(struct place *p);

/* True when the place is shut on a day whatever its hours say. */
bool place_closed(const struct place *p, struct day d);

/* Founded by private hands is 民办; public and run by others 公办民营; unknown where not said. */
enum place_mode place_mode(int founded, int operated);

/* 国家等级 · 四级, 五星级; "" when there is none or it has run out. */
struct sv place_rating_text(struct arena *mem, int scheme, int64_t level, enum lang lang);

#endif
