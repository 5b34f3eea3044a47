/*
 * demo.h - the demo city 云汀市安澜区: everything that its parts share while it is being made.
 *
 *   town.c      streets, communities, compounds
 *   streets.c   what the map of it lacks
 *   homes.c     buildings and entrances, and who lives where
 *   people.c    elders, their contacts
 *   services.c  catalogue, organisations, places, papers, carers, offers
 *   meals.c     meal points, menus of three weeks, diets
 *   accounts.c  who can sign in
 *   orders.c    ninety days of orders, the last days through the real work-flow
 *   inspections.c checklists, and what was seen with them
 *   runs.c      meals brought, and what the central kitchen handed over
 *   households.c who lives together
 *   papers.c    agreements with stations, consents, guardians
 *   quotas.c    what the district buys for its elders, words that worry
 *   errands.c   what is bought and paid for elders, and with whose money
 *   standing.c  what repeats every week, and who is away
 *   packages.c  packages of meals, outings and care, and who has one
 *   centres.c  what district centres must have, and lack
 *   welfare.c  who was not met this morning
 *   leads.c    signals of the last weeks, some before complaints
 *   beds.c, properties.c  beds as the streets counted them; rooms that stand empty
 *   gatherings.c classes and outings, full ones too
 *   chain.c     a lunch chain of the station's group
 *   counter.c   the counter of the station: cards, meals, the books of its days
 *   messy.c     a list as offices keep them, to take in
 *   forms.c     a form that the city sent, bound and ready to fill
 *   requests.c  six weeks of requests, and how they were answered
 *   ghosts.c    a station with a sign and no service
 *   surveys.c   a round of call-backs, half way through
 *   stories.c   what a visitor is shown: problems of a real week
 *
 * Nothing in it can be taken for real: division codes and identity numbers begin with 99,
 * telephone numbers with 100, and the city lies in the open sea.
 */
#ifndef APP_DEMO_H
#define APP_DEMO_H

#include "app/cmd/command.h"
#include "app/demo/city/town.h"
#include "care/elder/elder.h"
#include "care/visit/visit.h"

enum { DEMO_DAYS = 90, DEMO_AHEAD_DAYS = 7, DEMO_LIVE_DAYS = 3 };

/* A made-up list of rows of one entity. */
struct pile { void *at; size_t n, room, size; };

struct demo {
    struct start   *start;
    struct ctx     *c;                 /* c->mem is reset between parts; `mem` is not */
    struct arena    mem;
    struct dice     dice;
    int             quarters;
    int64_t         elders_wanted;
    struct day      today;
    struct moment   now;
    struct town     town;
    struct division *area;             /* of each town.areas */
    struct division  city, district;
    struct compound *compound;         /* of each town.estates */
    struct building *building;         /* of all estates; an estate's begin at first_building */
    size_t          *first_building;
    struct entrance *entrance;         /* four of each building, none in villages (id 0) */
    struct elder    *elders; size_t elders_n;
    int             *elder_estate;     /* of each elder */
    struct catalogue_item *items; size_t items_n;
    struct organisation *orgs; size_t orgs_n;
    struct place    *places; size_t places_n;
    struct carer    *carers, driver; size_t carers_n;
    struct offer    *offers; size_t offers_n;
    int64_t          phones;           /* telephone numbers given out */
    struct account  *staff; size_t staff_n;
};

/* Who can sign in, printed at the end and by script/server. */
#define DEMO_PASSWORD "anlan-2026-demo"
#define DEMO_DAUGHTER "10088880001"
struct demo_sign_in { const char *login, *what; enum role role; };
extern const struct demo_sign_in demo_sign_ins[];        /* ends with { 0 } */
void demo_print_sign_ins(void);

MUST enum err demo_scenarios(struct demo *d);      /* what if there were a place more */
MUST enum err demo_ground(struct demo *d);         /* divisions, roads, compounds, gates */
MUST enum err demo_streets(struct demo *d);        /* what the map lacks */
MUST enum err demo_buildings(struct demo *d);
MUST enum err demo_people(struct demo *d), demo_resided(struct demo *d);    /* since when */
MUST enum err demo_services(struct demo *d);
MUST enum err demo_portraits(struct demo *d);      /* drawn faces of the carers */
MUST enum err demo_meals(struct demo *d);          /* meal points, menus, diets */
MUST enum err demo_accounts(struct demo *d);
MUST enum err demo_orders(struct demo *d);
MUST enum err demo_inspections(struct demo *d);    /* checklists and what was seen */
MUST enum err demo_runs(struct demo *d);           /* meals brought, and handed over */
MUST enum err demo_stories(struct demo *d);
MUST enum err demo_requests(struct demo *d, const struct account *daughter);
MUST enum err demo_ghosts(struct demo *d);
MUST enum err demo_surveys(struct demo *d);
MUST enum err demo_codes(struct demo *d);          /* door codes in the homes of the station */
MUST enum err demo_households(struct demo *d);
MUST enum err demo_counter(struct demo *d);        /* meals, cards, closings of the station */
MUST enum err demo_papers(struct demo *d);
MUST enum err demo_quotas(struct demo *d);         /* bought services, words that worry */
MUST enum err demo_standing(struct demo *d);       /* weekly rules, pauses */
MUST enum err demo_packages(struct demo *d);      /* packages, and who has one */
MUST enum err demo_gatherings(struct demo *d), demo_errands(struct demo *d);
MUST enum err demo_centres(struct demo *d);        /* what district centres have and lack */
MUST enum err demo_welfare(struct demo *d);        /* who was not met this morning */
MUST enum err demo_leads(struct demo *d);          /* signals before complaints */
MUST enum err demo_properties(struct demo *d);     /* rooms that stand empty */
MUST enum err demo_beds(struct demo *d);           /* station and home-care beds, by street */
MUST enum err demo_pairs(struct demo *d), demo_together(struct demo *d), demo_moods(struct demo *d);
MUST enum err demo_forms(struct demo *d);
MUST enum err demo_messages(struct demo *d);       /* of yesterday; after the orders */
MUST enum err demo_list(struct demo *d);           /* DATA/messy-list.xlsx */
/* Living neighbours, who eat at the station of their community; how many, at most `most`. */
size_t demo_diners(const struct demo *d, int64_t scope, const struct elder **ret_diners,
                   size_t most);
/* Names that the station has learnt, and DATA/chain.txt as its group would write it. */
MUST enum err demo_adviser(struct demo *d);        /* notes, referrals, hours of the adviser */
/* Tomorrow's orders by relatives, of which nobody told the elders. */
MUST enum err demo_told(struct demo *d, const struct account *daughter);
MUST enum err demo_chain(struct demo *d, const struct elder *const *diners, size_t n);

/* The bond of the daughter of the stories with her mother; id 0 when there is none (standing.c). */
struct bond;
MUST enum err demo_daughter(struct demo *d, struct bond *ret_bond);
/* Elders who have signed with an organisation (index of orgs), the latest first. */
enum { DEMO_SIGNED_MAX = 16 };
MUST enum err demo_signed_up(struct demo *d, size_t org, struct elder_id elders[DEMO_SIGNED_MAX],
                             size_t *ret_n);

/* Gives an elder her building and entrance (0: none) of an estate; some addresses lead nowhere. */
void demo_home(struct demo *d, struct elder *e, size_t estate, int64_t building, int64_t entrance);
size_t demo_ghost(const struct demo *d);           /* of orgs: a sign and no service */
/* Stores rows in batches of one transaction each, with progress. */
MUST enum err demo_store(struct demo *d, const struct entity *e, void *rows, size_t n);

/* A new id; ids of the past carry the moment they belong to. */
MUST enum err demo_id(struct demo *d, int64_t *ret_id);

/* Telephone numbers on an unassigned prefix, each once: 100xxxxxxxx. */
struct sv demo_phone(struct demo *d);

/* A point in a box, and the index of an estate's area. */
struct point demo_point_in(struct demo *d, const struct point_box *box);
struct day demo_rules_from(const struct demo *d);  /* its rules: 1 January before all its days */

#endif
