/* signing.c - signing up somebody who stands at the counter, known by name and number. */

#include "care/agreement/signing.h"

#include "care/agreement/agreement.h"
#include "care/elder/known.h"
#include "http/describe/gives.h"

struct signing { struct sv name, id_number, phone; struct agreement terms; };

static const struct field terms_fields[] = {
    CHOICE(struct agreement, kind, agreement_kinds, .required = true, .zh = "签约内容",
           .en = "Kind"),
    FIELD(struct agreement, valid_from, .required = true, .zh = "协议期起", .en = "From"),
    FIELD(struct agreement, valid_to, .required = true, .zh = "协议期至", .en = "To"),
    FIELD(struct agreement, price_sheet, .required = true, .many_lines = true, .high = 2000,
          .zh = "价目（已告知）", .en = "Prices she was shown"),
    { 0 },
};

static const struct field signing_fields[] = {
    FIELD(struct signing, name, .required = true, .high = 40, .zh = "老人姓名", .en = "Her name"),
    FIELD(struct signing, id_number, .high = 30, .zh = "证件号码", .en = "Document number"),
    FIELD(struct signing, phone, .high = 30, .zh = "电话", .en = "Phone"),
    RECORD(struct signing, terms, terms_fields, .required = true, .zh = "协议", .en = "Terms"),
    { 0 },
};

/*
 * The organisation need not have seen her yet; who gives the right name with the right number has
 * her before him. A street's officer says for which organisation by the generic form instead.
 */
static enum err draft(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct signing *in = q->body;
    struct elder_said said = { in->name, in->id_number, in->phone };
    struct elder e;
    bool found;
    TRY(elder_known(c, said, &e, &found));
    if (!found || day_known(e.died_on)) {
        fail_field(c, SV("name"), "agreement.nobody");
        return fail_fields(c);
    }
    struct agreement row;
    record_clear(agreement_fields, &row);
    row.kind = in->terms.kind;
    row.valid_from = in->terms.valid_from;
    row.valid_to = in->terms.valid_to;
    row.price_sheet = in->terms.price_sheet;
    row.elder = e.id;
    row.org.n = c->who->org;
    row.state = AGREEMENT_DRAFT;
    TRY(entity_create_by_rule(c, &agreement_entity, &row));
    entity_json(c, &a->json, "agreement", &agreement_entity, &row, false);
    a->status = 201;
    return ERR_NONE;
}

static const struct field draft_gives[] = {
    SAYS(RECORD, "agreement", .links = "agreement"), { 0 },
};

const struct endpoint agreement_endpoints[] = {
    { .verb = POST, .path = "/api/agreement/draft", .run = draft, .lane = WRITES,
      .may = MAY_SERVE_ORDERS, .takes = signing_fields, .takes_size = sizeof(struct signing),
      .gives = draft_gives, .per_minute = 30, .zh = "为到站的老人拟协议",
      .en = "Draft an agreement for who came" },
    { 0 },
};
