/* note.c - internal notes: what offices say among themselves about a request. */

#include "care/request/inside.h"

#define N struct request_note
const struct field request_note_fields[] = {
    ROW_FIELDS(N),
    LINK(N, request, "request", .required = true, .create_only = true, .filter = true,
         .brief = true, .zh = "诉求工单", .en = "Request"),
    LINK(N, account, "account", .read_only = true, .brief = true, .zh = "谁写的", .en = "By"),
    FIELD(N, words, .class = SECRET, .required = true, .low = 1, .high = 2000, .many_lines = true,
          .zh = "内部备注", .en = "Internal note"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "request", .columns = "request, id" }, { .name = "within", .columns = "scope, id" },
    { 0 },
};
static const struct sort sorts[] = { { "created", "id", true, "先后", "Newest" }, { 0 } };

static enum err rules(struct ctx *c, const void *before, void *row)
{
    if (!before)
        ((N *)row)->account = review_me(c);
    return ERR_NONE;
}

const struct entity request_note_entity = {
    .name = "request_note", .zh = "诉求内部备注", .en = "Internal note",
    .kind = ENTITY_APPEND_ONLY, .size = sizeof(N), .fields = request_note_fields,
    .indexes = indexes, .sorts = sorts, .reads = MAY_READ_ORDERS, .writes = MAY_PLACE_ORDERS,
    .scope_of = "request", .rules = rules, .no_history = true,
};
#undef N
