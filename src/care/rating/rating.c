/* rating.c - what somebody says of a service she had. */

#include "care/rating/rating.h"

const struct field rating_fields[] = {
    ROW_FIELDS(struct rating),
    LINK(struct rating, care_order, "care_order", .read_only = true, .brief = true, .zh = "订单",
         .en = "Order"),
    LINK(struct rating, org, "organisation", .read_only = true, .filter = true, .brief = true,
         .zh = "机构", .en = "Organisation"),
    LINK(struct rating, place, "place", .read_only = true, .filter = true, .zh = "服务点",
         .en = "Place"),
    LINK(struct rating, carer, "carer", .read_only = true, .filter = true, .zh = "护理员",
         .en = "Carer"),
    LINK(struct rating, second, "carer", .read_only = true, .filter = true, .zh = "另一位护理员",
         .en = "The other carer"),
    LINK(struct rating, account, "account", .read_only = true, .zh = "评价人", .en = "By"),
    FIELD(struct rating, stars, .low = 1, .high = 5, .read_only = true, .filter = true,
          .brief = true, .zh = "星", .en = "Stars"),
    FIELD(struct rating, words, .high = 300, .read_only = true, .brief = true, .many_lines = true,
          .zh = "评价", .en = "Words"),
    FIELD(struct rating, reply, .high = 300, .brief = true, .many_lines = true, .zh = "回复",
          .en = "Reply"),
    { 0 },
};

static const struct index rating_indexes[] = {
    { .name = "order", .columns = "care_order", .unique = true, .message = "rating.once" },
    { .name = "org", .columns = "org, id" },
    { .name = "place", .columns = "place, id" },
    { .name = "carer", .columns = "carer, id" },
    { .name = "second", .columns = "second, id", .where = "second IS NOT NULL" },
    { 0 },
};

static const struct sort rating_sorts[] = { { "org", "org", false, "机构", "Organisation" }, { 0 } };

const struct entity rating_entity = {
    .name = "rating", .zh = "评价", .en = "Rating", .kind = ENTITY_ORDINARY,
    .size = sizeof(struct rating), .fields = rating_fields, .indexes = rating_indexes,
    .sorts = rating_sorts, .reads = MAY_READ_ORDERS, .writes = MAY_SERVE_ORDERS, .no_create = true,
    .seen_by_own = "account = $", .seen_by_org = "org = $",
    .seen_by_carer = "carer = $ OR second = $",
    .scope_of = "org", .menu = "orders",
};

static const struct message rating_messages[] = {
    { "rating.once", "这个订单已经评价过了", "This order has been rated already" },
    { 0 },
};

const struct module rating_module = {
    .name = "rating",
    .entities = (const struct entity *const[]){ &rating_entity, NULL },
    .messages = rating_messages,
};
