/*
 * chain.h - a pasted chain (粘贴接龙) as meal orders: whom each line means, and what sending it does.
 *
 * A line is sure when the station has learnt the name, or when one of the elders it sees bears it;
 * doubtful with the candidates and the reason when it was guessed (the family name and 奶奶 / 大爷,
 * a door, several of a name); unmatched when nobody comes of it. What the text does not say is
 * asked. Sending compares with the meals that stand: a line that stands already is left, one that
 * differs is called off and placed anew, what an earlier paste placed and this one no longer names
 * is called off only when asked. So a chain pasted twice gives the same orders.
 */
#ifndef CARE_CHAIN_H
#define CARE_CHAIN_H

#include "care/chain/parse.h"
#include "care/order/placing.h"
#include "http/http.h"

enum chain_sure { CHAIN_RED, CHAIN_YELLOW, CHAIN_GREEN };
enum chain_why {
    CHAIN_LEARNT,          /* the station calls her so */
    CHAIN_NAMED,           /* one bears the name */
    CHAIN_SEVERAL,         /* several bear it */
    CHAIN_TITLE,           /* family name and a title: guessed */
    CHAIN_DOOR,            /* by the door */
    CHAIN_NOBODY,          /* nobody */
    CHAIN_NO_NAME,         /* the line names nobody */
    CHAIN_TWICE,           /* stands twice */
    CHAIN_WHYS
};
extern const struct choice chain_sures[], chain_whys[];

enum { CHAIN_CANDIDATES_MAX = 6 };

struct chain_match {
    int             sure, why;
    struct elder_id elder;                         /* the one meant, when sure or likely */
    struct elder_id candidates[CHAIN_CANDIDATES_MAX];
    size_t          candidates_n;
};
/* Whom an entry means, among those the caller sees. */
MUST enum err chain_match_of(struct ctx *c, const struct chain_entry *e, struct day day,
                             struct chain_match *ret_match);

struct chain_line_id { int64_t n; };

/* An order that a paste placed: so that the next paste knows what is gone. */
struct chain_line {
    struct chain_line_id   id;
    struct row             row;
    struct organisation_id org;
    struct day             day;
    int                    sitting;
    struct elder_id        elder;
    struct care_order_id   care_order;
    struct sv              text;                   /* SECRET: as it was written */
};
extern const struct field  chain_line_fields[];
extern const struct entity chain_line_entity;
extern const struct module chain_module;

#endif
