/* paper.c - papers with expiry, and the communities an organisation answers for. */

#include "care/organisation/organisation.h"

const struct choice paper_kinds[] = {
    { "legal_person", "法人登记证", "registration" },
    { "filing", "养老机构备案", "care home filing" },
    { "food", "食品经营许可证", "food licence" },
    { "medical", "医疗机构执业许可/备案", "medical licence" },
    { "fire", "消防", "fire safety" },
    { "equipment", "特种设备", "special equipment" },
    { "carer_certificate", "养老护理员证", "carer's certificate" },
    { "health", "健康证", "health certificate" },
    { "assistant_certificate", "其他证书", "other certificate" },
    { 0 },
};

const struct field paper_fields[] = {
    ROW_FIELDS(struct paper),
    LINK(struct paper, org, "organisation", .required = true, .create_only = true, .filter = true,
         .brief = true, .zh = "机构", .en = "Organisation"),
    LINK(struct paper, carer, "carer", .create_only = true, .filter = true, .brief = true,
         .zh = "护理员", .en = "Carer"),
    CHOICE(struct paper, kind, paper_kinds, .filter = true, .brief = true, .zh = "证照",
           .en = "Paper"),
    FIELD(struct paper, number, .high = 60, .search_whole = true, .zh = "证号", .en = "Number"),
    FIELD(struct paper, issued_by, .high = 100, .zh = "发证单位", .en = "Issued by"),
    FIELD(struct paper, valid_from, .zh = "有效期起", .en = "Valid from"),
    FIELD(struct paper, valid_to, .filter = true, .brief = true, .zh = "有效期至", .en = "Valid to"),
    { 0 },
};

static const struct index paper_indexes[] = {
    { .name = "org", .columns = "org, valid_to, id" },
    { .name = "carer", .columns = "carer, id" },
    { .name = "expiry", .columns = "valid_to, scope, id" },
    { .name = "within", .columns = "scope, valid_to, id" },
    { .name = "kind", .columns = "kind, id" },
    { .name = "number", .columns = "number, id", .where = "number IS NOT NULL" },
    { 0 },
};

static const struct sort paper_sorts[] = {
    { "valid_to", "valid_to", false, "有效期至", "Valid to" }, { 0 },
};

/* Health and carers' certificates are a person's, the others an organisation's. */
static enum err paper_rules(struct ctx *c, const void *before, void *row)
{
    const struct paper *p = row;
    (void)before;
    if ((p->kind >= PAPER_CARER_CERTIFICATE) != (p->carer.n != 0))
        fail_field(c, SV("carer"), "paper.of_whom");
    if (day_known(p->valid_to) && day_known(p->valid_from) && p->valid_to.n < p->valid_from.n)
        fail_field(c, SV("valid_to"), "days.backwards");
    return fail_fields(c);
}

const struct entity paper_entity = {
    .name = "paper", .zh = "证照", .en = "Paper", .size = sizeof(struct paper),
    .fields = paper_fields, .indexes = paper_indexes, .sorts = paper_sorts, .title = "number",
    .reads = MAY_READ_DIRECTORY, .writes = MAY_WRITE_DIRECTORY, .seen_by_org = "org = $",
    .seen_by_carer = "carer = $", .scope_of = "org", .rules = paper_rules, .menu = "places",
    .files = true,
};

const struct field duty_area_fields[] = {
    ROW_FIELDS(struct duty_area),
    LINK(struct duty_area, org, "organisation", .required = true, .create_only = true,
         .filter = true, .brief = true, .zh = "机构", .en = "Organisation"),
    LINK(struct duty_area, division, "division", .required = true, .create_only = true,
         .filter = true, .brief = true, .zh = "责任片区", .en = "Duty area"),
    FIELD(struct duty_area, valid_from, .brief = true, .zh = "自", .en = "From"),
    FIELD(struct duty_area, valid_to, .brief = true, .zh = "至", .en = "To"),
    { 0 },
};

static const struct index duty_indexes[] = {
    { .name = "org", .columns = "org, id" },
    { .name = "division", .columns = "division, id" },
    { .name = "once", .columns = "org, division, valid_from", .unique = true,
      .where = "ended_at IS NULL", .message = "duty_area.taken" },
    { 0 },
};

static const struct sort duty_sorts[] = { { "org", "org", false, "机构", "Organisation" }, { 0 } };

static enum err duty_rules(struct ctx *c, const void *before, void *row)
{
    const struct duty_area *d = row;
    (void)before;
    if (day_known(d->valid_to) && day_known(d->valid_from) && d->valid_to.n < d->valid_from.n)
        fail_field(c, SV("valid_to"), "days.backwards");
    return fail_fields(c);
}

const struct entity duty_area_entity = {
    .name = "duty_area", .zh = "责任片区", .en = "Duty area", .size = sizeof(struct duty_area),
    .fields = duty_area_fields, .indexes = duty_indexes, .sorts = duty_sorts, .title = "division",
    .reads = MAY_READ_DIRECTORY, .writes = MAY_WRITE_DIRECTORY, .seen_by_org = "org = $",
    .scope_of = "division", .rules = duty_rules, .menu = "places",
};
