/* card.c - the contact card (便民联系卡): to hang on the fridge, read without glasses. */

#include "care/printing/printing.h"

#include "care/carer/carer.h"
#include "care/elder/elder.h"

SQL(printing_card_contacts);
SQL(printing_card_station);
SQL(printing_card_carer);

static enum err station_print(struct ctx *c, struct print *p, const struct elder *e)
{
    struct organisation org;
    struct carer carer;
    bool found = false;
    int64_t id = 0;
    TRY(db_int(c, &sql_printing_card_station,
               PARAMS(P_INT("elder", e->id.n), P_INT("division", e->division.n)), &id));
    if (id)
        TRY(entity_load(c, &organisation_entity, id, &org, &found));
    if (found)
        print_big(p, org.name, org.phone);
    id = 0;
    TRY(db_int(c, &sql_printing_card_carer, PARAMS(P_INT("elder", e->id.n)), &id));
    found = false;
    if (id)
        TRY(entity_load(c, &carer_entity, id, &carer, &found));
    if (found && carer.phone.len)
        print_big(p, sv_fmt(&c->mem, "护理员 %.*s", SV_ARG(carer.name)), carer.phone);
    return ERR_NONE;
}

static enum err family_print(struct ctx *c, struct print *p, const struct elder *e)
{
    int64_t ids[3];
    size_t n = 0;
    struct rows r = db_rows(c, &sql_printing_card_contacts, PARAMS(P_INT("elder", e->id.n)));
    while (n < 3 && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < n; i++) {
        struct contact one;
        bool found;
        TRY(entity_load(c, &contact_entity, ids[i], &one, &found));
        print_big(p, sv_fmt(&c->mem, "%s %.*s", relation_kinds[one.relation].zh,
                            SV_ARG(one.name)), one.phone);
    }
    return ERR_NONE;
}

enum err printing_card(struct ctx *c, struct printing *paper)
{
    struct elder e;
    struct print *p = paper->print;
    TRY(entity_get(c, &elder_entity, paper->asked.elder, &e));
    print_form(p, &(struct print_form){ .title = SV("便民联系卡"), .under = e.name,
                                        .foot = paper->mark });
    print_big(p, SV("急救"), SV("120"));
    TRY(station_print(c, p, &e));
    TRY(family_print(c, p, &e));
    print_big(p, SV("政务服务（不会用、不满意都可以问）"), SV("12345"));
    print_text(p, SV("不告诉任何人验证码和银行卡密码。上门的人先出示工牌，再说口令。"));
    printing_names(c, paper, e.id.n);
    paper->work->rows = 1;
    return ERR_NONE;
}
