/* row.c - what is kept beside orders and visits: notes and re-plans. */

#include "care/dispatch/dispatch.h"

#include "care/visit/visit.h"

const struct choice dispatch_whys[] = {
    { "by_hand", "手工调整", "by hand" }, { "improve", "优化", "improved" },
    { "ill", "护理员请假", "a carer is ill" }, { "late", "护理员晚到", "a carer is late" },
    { "absent_visit", "老人不在家", "the elder is not in" }, { "night", "夜间排班", "the night's plan" },
    { 0 },
};

const struct field dispatch_note_fields[] = {
    ROW_FIELDS(struct dispatch_note),
    LINK(struct dispatch_note, org, "organisation", .read_only = true, .zh = "机构",
         .en = "Organisation"),
    LINK(struct dispatch_note, care_order, "care_order", .read_only = true, .brief = true,
         .zh = "订单", .en = "Order"),
    FIELD(struct dispatch_note, day, .read_only = true, .filter = true, .brief = true, .zh = "日期",
          .en = "Day"),
    CHOICE(struct dispatch_note, seat, visit_seats, .read_only = true, .default_sql = "'alone'",
           .zh = "几人上门", .en = "Alone or together"),
    FIELD(struct dispatch_note, locked, .read_only = true, .brief = true, .zh = "锁定",
          .en = "Locked"),
    LINK(struct dispatch_note, told_carer, "carer", .read_only = true, .brief = true,
         .zh = "已通知的护理员", .en = "Carer told"),
    FIELD(struct dispatch_note, told_min, .high = 1440, .read_only = true, .zh = "已通知的开始时间",
          .en = "Begin told"),
    FIELD(struct dispatch_note, told_at, .read_only = true, .zh = "通知时间", .en = "Told at"),
    { 0 },
};

static const struct index note_indexes[] = {
    { .name = "order", .columns = "care_order, seat", .unique = true,
      .where = "ended_at IS NULL",
      .message = "dispatch.moved_on" },
    { .name = "org_day", .columns = "org, day, id" },
    { 0 },
};
static const struct sort note_sorts[] = { { "day", "day", true, "日期", "Day" }, { 0 } };

const struct entity dispatch_note_entity = {
    .name = "dispatch_note", .zh = "派单备注", .en = "Dispatcher's note", .kind = ENTITY_ORDINARY,
    .size = sizeof(struct dispatch_note), .fields = dispatch_note_fields, .indexes = note_indexes,
    .sorts = note_sorts, .title = "care_order", .reads = MAY_SERVE_ORDERS,
    .writes = MAY_SERVE_ORDERS, .no_create = true, .no_update = true, .seen_by_org = "org = $",
    .scope_of = "org",
};

const struct field dispatch_run_fields[] = {
    ROW_FIELDS(struct dispatch_run),
    LINK(struct dispatch_run, org, "organisation", .read_only = true, .zh = "机构",
         .en = "Organisation"),
    FIELD(struct dispatch_run, day, .read_only = true, .filter = true, .brief = true, .zh = "日期",
          .en = "Day"),
    LINK(struct dispatch_run, account, "account", .read_only = true, .brief = true, .zh = "谁",
         .en = "Who"),
    CHOICE(struct dispatch_run, why, dispatch_whys, .read_only = true, .brief = true, .zh = "原因",
           .en = "Why"),
    FIELD(struct dispatch_run, before, .read_only = true, .hidden = true,
          .high = CHANGES_TEXT_MAX, .zh = "之前", .en = "As it was before"),
    FIELD(struct dispatch_run, undone, .read_only = true, .brief = true, .zh = "已撤回",
          .en = "Taken back"),
    { 0 },
};

static const struct index run_indexes[] = {
    { .name = "org_day", .columns = "org, day, id" }, { 0 },
};
static const struct sort run_sorts[] = { { "day", "day", true, "日期", "Day" }, { 0 } };

const struct entity dispatch_run_entity = {
    .name = "dispatch_run", .zh = "派单调整", .en = "Applied plan", .kind = ENTITY_ORDINARY,
    .size = sizeof(struct dispatch_run), .fields = dispatch_run_fields, .indexes = run_indexes,
    .sorts = run_sorts, .title = "day", .reads = MAY_SERVE_ORDERS, .writes = MAY_SERVE_ORDERS,
    .no_create = true, .no_update = true, .seen_by_org = "org = $", .scope_of = "org",
};
