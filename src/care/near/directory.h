/*
 * directory.h - what is where, in memory: the answer to the question asked most.
 *
 * An immutable snapshot in house->directory: published places in flat arrays, joined to the streets
 * of the road file it was built on (which it keeps alive; roads/near.h); compounds with gates,
 * divisions, items, answers and notices with their search keys; and of each place the part of its
 * answer that never changes, as JSON. Built from a handful of queries at start and again after
 * changes, then swapped whole. The database is the truth: price, opening and right are checked
 * again when ordering.
 */
#ifndef CARE_NEAR_DIRECTORY_H
#define CARE_NEAR_DIRECTORY_H

#include "care/catalogue/catalogue.h"
#include "care/compound/compound.h"
#include "care/place/place.h"
#include "roads/near.h"

enum { NEAR_GATES_MAX = 6, NEAR_OFFERS_SHOWN = 3, NEAR_SCRATCHES = 8, NEAR_LANGS = 2,
       PLACE_ACCESS_M = 500 /* how far a place may lie off the streets */ };

struct listed_offer {
    int64_t   id, item;
    struct sv name;
    int64_t   price_fen;
    uint8_t   unit, category, door;
};

/* What a search looks at: bits of kinds, doors and categories, in one word (roads/near.h). */
enum { TAG_KIND = 0, TAG_DOOR = 16, TAG_CATEGORY = 20 };

/* In directory.opens: closed for some days (closed_on); the hours alone do not tell. */
#define OPENS_BUT 0x80000000u

struct listed_place {
    int64_t      id, org, scope;
    struct point at;
    uint32_t     first_offer, offers_n;
    int32_t      closed_on, closed_until;       /* days; closed_on 0: not closed */
    struct sv    name, address;
};

/*
 * What never changes of a place's answer, as JSON members: those in Chinese, those in every
 * language, those in English, one behind the other. So each language is one run of bytes, which
 * is read in a row: most of the time of an answer is waiting for memory.
 */
struct listed_text {
    const char *at;
    uint16_t    zh_n, fixed_n, en_n;   /* bytes */
    int32_t     verified_on, due_on;   /* days; 0: never; and until when that counts */
    uint16_t    sink_after;            /* sinks so many days after due_on … */
    uint8_t     sink_min;              /* … by so many minutes' walk (sink.c) */
};

/* What an institution is chosen by; all zero where nobody has said. */
struct listed_care {
    int32_t price_low, price_high;     /* fen a month */
    int32_t beds;                      /* free now */
    uint8_t mode, medical;             /* enum place_mode; row of medical_ways */
    uint8_t scheme, rating;            /* row of rating_schemes; 0..5, 0 when it has run out */
    uint8_t levels, accessible;        /* a bit per row of ability_grades, accessibilities */
};

struct listed_compound {
    int64_t      id, scope;
    struct point at;
    struct sv    name, aliases, path;
    uint32_t     first_gate, gates_n;
};
struct listed_gate { struct point at; bool night_closed; int16_t open_min, close_min; };
struct listed_division { int64_t id, scope; struct point at; struct sv name, path; };
struct listed_item { int64_t id; struct sv name, plain_name; uint8_t category, door; };
struct listed_notice { int64_t id, scope; struct sv title; int32_t from, to; };
struct listed_known { int64_t id; struct sv question, words; int32_t to; };
struct listed_duty { int64_t scope; uint32_t place; };       /* a station's, of a duty_area */
/* A search key: what begins with it finds row `ref` of its kind. */
enum listed_kind { LISTED_COMPOUND, LISTED_DIVISION, LISTED_ITEM, LISTED_PLACE, LISTED_NOTICE,
                   LISTED_KNOWN };
struct listed_key { struct sv text; uint32_t ref; uint8_t kind, weight; };
struct near_scratch;

struct directory {
    struct arena         mem;          /* everything below */
    struct moment        built_at;
    struct slot         *roads_slot;
    struct roads        *roads;        /* held; NULL: no road file */
    struct calendar      calendar;
    const struct hours  *hours;
    struct listed_place   *place;      /* along a space-filling curve; so all that is by place */
    uint32_t            *by_id;        /* indexes of places in order of id */
    uint32_t            *tags;         /* of each place */
    uint32_t            *opens;        /* of each place: index of hours, with OPENS_BUT maybe */
    uint8_t             *kind;
    struct listed_text  *text;
    struct listed_care  *care;
    struct listed_offer   *offer;
    struct listed_compound *compound;
    struct listed_gate    *gate;
    struct listed_division *division;    /* by scope */
    struct listed_item    *item;
    struct listed_notice  *notice;
    struct listed_known   *known;        /* answers that offices published */
    struct listed_duty    *duty;         /* by scope */
    struct listed_key     *key;          /* by text */
    uint32_t places, offers, compounds, gates, divisions, items, notices, knowns, duties, keys,
             hours_n;
    struct near_index   *near;         /* of the places, on roads; NULL without them */
    uint32_t            *lost[PROFILE_COUNT], lost_n[PROFILE_COUNT];  /* no street leads there */
    struct near_scratch *scratch;      /* NEAR_SCRATCHES of them */
};

/* Builds and puts into house->directory: the module's refresh. */
MUST enum err directory_refresh(struct ctx *c);
MUST enum err directory_build(struct ctx *c, struct directory **ret_directory);

/* Ends a snapshot: what house->directory is made with (slot_new). */
void directory_end(void *snapshot);

/* The current one, held until directory_leave(); ERR_BUSY "directory.none" before the first. */
MUST enum err directory_enter(struct ctx *c, struct directory **ret_directory);
void directory_leave(struct ctx *c, struct directory *d);

const struct listed_place    *directory_place(const struct directory *d, int64_t id);
const struct listed_compound *directory_compound(const struct directory *d, int64_t id);
const struct listed_division *directory_division(const struct directory *d, int64_t id);

/* The division of a code; NULL when there is none. */
const struct listed_division *directory_coded(const struct directory *d, int64_t scope);

/* The members of a place's answer in one language. */
static inline struct sv directory_text(const struct directory *d, uint32_t place, enum lang lang)
{
    const struct listed_text *t = &d->text[place];
    size_t fixed = t->fixed_n + (size_t)(lang == LANG_ZH ? t->zh_n : t->en_n);
    return (struct sv){ t->at + (lang == LANG_ZH ? 0 : t->zh_n), fixed };
}

/* Names of the divisions around a scope, city first: "云汀市安澜区柳荫街道". */
struct sv directory_path(struct arena *mem, const struct directory *d, int64_t scope);

/* --- names: kinds is a bit per enum listed_kind; best first; at most n, returns how many --- */

struct listed_found { uint8_t kind, weight; uint32_t ref; };
size_t directory_find(struct arena *mem, const struct directory *d, struct sv text, unsigned kinds,
                      struct listed_found *ret_found, size_t n);

extern const struct module near_module;

#endif
