/* cap.c - location with capacities, as OR-Library has it. */

#include "plan/numerals.h"
#include "plan/site/read/read.h"

static void read_sites(struct numerals *f, struct plant *q, double capacity)
{
    for (uint32_t i = 0; i < q->sites && f->fault == ERR_NONE; i++) {
        if (!numerals_word(f, "capacity"))
            q->capacity[i] = numerals_real(f, "the site's capacity", 0, SITE_COST_MAX);
        else if (capacity > 0)
            q->capacity[i] = capacity;
        else
            numerals_fault(f, "the site's capacity", "the file leaves it open; name one");
        q->fixed[i] = numerals_real(f, "the site's fixed cost", 0, SITE_COST_MAX);
    }
}

static void read_clients(struct numerals *f, struct plant *q)
{
    for (uint32_t j = 0; j < q->clients && f->fault == ERR_NONE; j++) {
        q->demand[j] = numerals_real(f, "the customer's demand", 0, SITE_COST_MAX);
        for (uint32_t i = 0; i < q->sites && f->fault == ERR_NONE; i++)
            q->cost[(size_t)j * q->sites + i] =
                numerals_real(f, "the cost of serving", 0, SITE_COST_MAX);
    }
}

enum err cap_read(struct ctx *c, const char *name, struct sv text, double capacity,
                  struct plant *ret_plant)
{
    struct numerals f = numerals_of(c, name, text);
    uint32_t sites = (uint32_t)numerals_int(&f, "the number of sites", 1, PLANT_SITES_MAX);
    uint32_t clients = (uint32_t)numerals_int(&f, "the number of customers", 1, PLANT_CLIENTS_MAX);
    if ((size_t)sites * clients * 2 > text.len)
        numerals_fault(&f, "the number of customers", "the file is too short for so many");
    TRY(f.fault);
    struct plant q = plant_new(&c->mem, sites, clients);
    read_sites(&f, &q, capacity);
    read_clients(&f, &q);
    TRY(numerals_end(&f));
    *ret_plant = q;
    return ERR_NONE;
}
