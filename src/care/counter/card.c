/* card.c - 助餐卡: a card that an elder shows at the counter. */

#include "care/counter/inside.h"
#include "care/elder/seen.h"
#include "care/order/placing.h"
#include "http/describe/gives.h"
#include "print/qr.h"

SQL(counter_card);
SQL(counter_my_cards);

static const struct choice card_states[] = {
    { "active", "使用中", "active" }, { "lost", "已挂失", "lost" }, { 0 },
};

#define C struct diner_card
const struct field diner_card_fields[] = {
    ROW_FIELDS(C),
    LINK(C, elder, "elder", .required = true, .create_only = true, .filter = true, .brief = true,
         .zh = "老年人", .en = "Elder"),
    FIELD(C, number, .read_only = true, .filter = true, .brief = true, .high = 20,
          .search_whole = true, .zh = "卡号", .en = "Number"),
    CHOICE(C, state, card_states, .read_only = true, .filter = true, .brief = true, .zh = "状态",
           .en = "State"),
    FIELD(C, issued_on, .read_only = true, .brief = true, .zh = "发卡日期", .en = "Issued on"),
    { 0 },
};
#undef C

static const struct index indexes[] = {
    { .name = "number", .columns = "number", .unique = true, .message = "card.taken" },
    { .name = "elder", .columns = "elder, id" },
    { .name = "active", .columns = "elder", .unique = true,
      .where = "state = 'active' AND ended_at IS NULL", .message = "card.one" },
    { 0 },
};
static const struct sort sorts[] = { { "created", "id", true, "先后", "Newest" }, { 0 } };

#define DESK (RIGHT(MAY_SERVE_ORDERS) | RIGHT(MAY_WRITE_REGISTER))

static const struct step steps[] = {
    { .from = "", .action = "create", .to = "active", .may = DESK, .zh = "发卡",
      .en = "Give a card" },
    { .from = "active", .action = "lose", .to = "lost", .may = DESK | RIGHT(MAY_ANSWER_CALLS),
      .danger = true, .zh = "挂失", .en = "Report lost" },
    { 0 },
};

/* Eight signs that are not mistaken for one another, drawn from the id. */
static enum err rules(struct ctx *c, const void *before, void *row)
{
    struct diner_card *k = row;
    if (before || k->number.len)
        return ERR_NONE;
    struct sv number = order_number(&c->mem, day_of(c->now), k->id.n);
    k->number = sv_fmt(&c->mem, "%.*s%02d", SV_ARG(sv_from(number, 5)), (int)(k->id.n % 89 + 10));
    k->issued_on = day_of(c->now);
    return ERR_NONE;
}

const struct entity diner_card_entity = {
    .name = "diner_card", .zh = "助餐卡", .en = "Diner's card", .size = sizeof(struct diner_card),
    .fields = diner_card_fields, .indexes = indexes, .sorts = sorts, .state = "state",
    .steps = steps, .title = "number", .reads = MAY_READ_REGISTER, .writes = MAY_READ_REGISTER,
    .no_update = true, .seen_by_own = SEEN_BY_FAMILY, .seen_by_org = SEEN_BY_SERVER,
    .elder = "elder", .scope_of = "elder", .rules = rules, .menu = "people",
};

struct sv diner_card_number(struct arena *mem, struct sv text)
{
    struct buf b = buf_new(mem, 24);
    struct sv rest = sv_trim(text);
    if (sv_starts(rest, SV(DINER_QR)))
        rest = sv_from(rest, sizeof DINER_QR - 1);
    for (size_t i = 0; i < rest.len && i < 40; i++) {
        char ch = rest.at[i];
        if (ch >= 'a' && ch <= 'z')
            ch = (char)(ch - 'a' + 'A');
        bool sign = (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9');
        if (!sign && ch != '-' && ch != ' ')
            return SV("");
        if (sign)
            buf_byte(&b, ch);
    }
    return b.len == 8 ? buf_sv(&b) : SV("");
}

enum err diner_card_elder(struct ctx *c, struct sv text, struct elder_id *ret_elder)
{
    struct sv number = diner_card_number(&c->mem, text);
    ret_elder->n = 0;
    return number.len ? db_int(c, &sql_counter_card, PARAMS(P_TEXT("number", number)),
                               &ret_elder->n)
                      : ERR_NONE;
}

/* --- on the telephone of herself and of her family: a picture to be scanned --- */

static const struct field my_card_gives[] = {
    SAYS(TEXT, "name"), SAYS(TEXT, "number"), SAYS(TEXT, "qr_path"), SAYS(INT, "qr_side"), { 0 },
};
const struct field my_cards_gives[] = { SAYS(LIST, "cards", .record = my_card_gives), { 0 } };

enum err my_cards_get(struct ctx *c, const struct request *q, struct answer *a)
{
    (void)q;
    struct rows r = db_rows(c, &sql_counter_my_cards, PARAMS(P_INT("account", c->who->account)));
    json_array(&a->json, "cards");
    while (rows_next(&r)) {
        int side;
        struct sv number = sv_copy(&c->mem, rows_text(&r, 1));
        struct sv path = qr_path(&c->mem, sv_fmt(&c->mem, DINER_QR "%.*s", SV_ARG(number)), &side);
        json_object(&a->json, NULL);
        json_text(&a->json, "name", rows_text(&r, 0));
        json_text(&a->json, "number", number);
        json_text(&a->json, "qr_path", path);
        json_int(&a->json, "qr_side", side);
        json_end(&a->json, '}');
    }
    json_end(&a->json, ']');
    return rows_end(&r);
}
