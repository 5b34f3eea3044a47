/* paper.c - meal cards to cut out: the name large, the number, and its QR to be scanned. */

#include "care/counter/counter.h"
#include "care/printing/printing.h"

SQL(printing_card_station);

/* Whom to ring: the station she was served by last, else her community's. */
MUST static enum err station_words(struct ctx *c, const struct elder *e, struct sv *ret_words)
{
    struct organisation org;
    bool found = false;
    int64_t id = 0;
    TRY(db_int(c, &sql_printing_card_station,
               PARAMS(P_INT("elder", e->id.n), P_INT("division", e->division.n)), &id));
    if (id)
        TRY(entity_load(c, &organisation_entity, id, &org, &found));
    *ret_words = !found ? SV("")
                        : sv_fmt(&c->mem, "%.*s %.*s。", SV_ARG(org.name), SV_ARG(org.phone));
    return ERR_NONE;
}

MUST static enum err card_read(struct ctx *c, int64_t id, struct print_card *ret_card,
                               int64_t *ret_elder)
{
    struct diner_card k;
    struct elder e;
    struct sv station;
    TRY(entity_get(c, &diner_card_entity, id, &k));
    if (k.state != CARD_ACTIVE)
        return fail(c, ERR_INVALID, "card.lost", "card %lld is lost", (long long)id);
    TRY(entity_get(c, &elder_entity, k.elder.n, &e));
    TRY(station_words(c, &e, &station));
    *ret_elder = e.id.n;
    *ret_card = (struct print_card){
        .title = SV("长者助餐卡"), .big = e.name,
        .name = sv_fmt(&c->mem, "卡号 %.*s", SV_ARG(k.number)),
        .until = sv_fmt(&c->mem, "%.*s发卡", SV_ARG(day_words(&c->mem, k.issued_on))),
        .code = sv_fmt(&c->mem, DINER_QR "%.*s", SV_ARG(k.number)),
        .small = sv_fmt(&c->mem, "%.*s吃饭时出示；捡到请送回。", SV_ARG(station)),
    };
    return ERR_NONE;
}

enum err printing_diner_cards(struct ctx *c, struct printing *paper)
{
    int64_t ids[PRINTING_ROWS_MAX] = { paper->asked.card }, elder;
    struct print_card *cards = NEW(&c->mem, struct print_card, PRINTING_ROWS_MAX);
    size_t n = 1;
    if (paper->asked.rows.len)
        TRY(printing_rows_ids(c, &paper->asked, ids, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(card_read(c, ids[i], &cards[i], &elder));
        printing_names(c, paper, elder);
    }
    print_form(paper->print, &(struct print_form){
        .title = SV("助餐卡"), .foot = paper->mark,
        .under = sv_fmt(&c->mem, "%zu 张，沿虚线剪开", n) });
    print_cards(paper->print, cards, n);
    paper->work->rows = (int64_t)n;
    return ERR_NONE;
}
