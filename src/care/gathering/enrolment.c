/* enrolment.c - a sign-up: its fields and its life. */

#include "care/gathering/inside.h"

#include "care/elder/seen.h"

const struct choice enrolment_states[] = {
    { "waiting", "候补", "waiting" }, { "invited", "有名额，待答复", "a place is free" },
    { "in", "已报名", "signed up" }, { "left", "已退出", "left" },
    { "lapsed", "未答复，已让出", "did not answer" }, { "absent", "报名未到", "never came" },
    { "done", "已参加", "took part" }, { 0 },
};

#define E struct enrolment
const struct field enrolment_fields[] = {
    ROW_FIELDS(E),
    LINK(E, gathering, "gathering", .read_only = true, .filter = true, .brief = true,
         .zh = "课程活动", .en = "Class or outing"),
    LINK(E, org, "organisation", .read_only = true, .filter = true, .zh = "举办机构",
         .en = "Held by"),
    LINK(E, elder, "elder", .read_only = true, .filter = true, .brief = true, .zh = "老年人",
         .en = "Elder"),
    LINK(E, account, "account", .read_only = true, .zh = "报名账号", .en = "Signed up by account"),
    LINK(E, placed_by, "account", .read_only = true, .zh = "代报名人员", .en = "Signed up by staff"),
    CHOICE(E, channel, channel_choices, .read_only = true, .zh = "渠道", .en = "Channel"),
    FIELD(E, for_name, .class = MASKED, .mask = MASK_NAME, .high = 40, .read_only = true,
          .brief = true, .search = true, .zh = "姓名", .en = "Name"),
    FIELD(E, for_phone, .class = SEALED, .mask = MASK_PHONE, .high = 20, .read_only = true,
          .filter = true, .zh = "电话", .en = "Telephone"),
    FIELD(E, emergency_name, .class = MASKED, .mask = MASK_NAME, .high = 40, .read_only = true,
          .zh = "紧急联系人", .en = "Emergency contact"),
    FIELD(E, emergency_phone, .class = SEALED, .mask = MASK_PHONE, .high = 20, .read_only = true,
          .zh = "紧急联系电话", .en = "Emergency telephone"),
    FIELD(E, consent, .read_only = true, .zh = "已知情同意", .en = "Consented"),
    FIELD(E, insured, .read_only = true, .zh = "已有保险", .en = "Insured"),
    LINK(E, care_order, "care_order", .read_only = true, .filter = true, .zh = "订单",
         .en = "Order"),
    LINK(E, slot, "slot", .read_only = true, .zh = "名额", .en = "Place"),
    FIELD(E, invited_at, .read_only = true, .zh = "通知时间", .en = "Told of the place"),
    FIELD(E, answer_by, .read_only = true, .filter = true, .zh = "最迟答复", .en = "Answer by"),
    CHOICE(E, state, enrolment_states, .read_only = true, .filter = true, .brief = true,
           .zh = "状态", .en = "State"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "gathering", .columns = "gathering, state, id" },
    { .name = "once", .columns = "gathering, elder", .unique = true, .message = "gathering.twice",
      .where = "elder IS NOT NULL AND ended_at IS NULL "
               "AND state IN ('waiting', 'invited', 'in')" },
    { .name = "order", .columns = "care_order", .where = "care_order IS NOT NULL" },
    { .name = "slot", .columns = "slot", .where = "slot IS NOT NULL" },
    { .name = "due", .columns = "state, answer_by, scope, id" },
    { .name = "elder", .columns = "elder, id" },
    { .name = "account", .columns = "account, id" },
    { .name = "org", .columns = "org, state, id" },
    { .name = "phone", .columns = "for_phone, id" },
    { .name = "answer_by", .columns = "answer_by, id" },
    { 0 },
};
static const struct sort sorts[] = { { "asked", "id", true, "报名先后", "Asked" }, { 0 } };

#define ALL (RIGHT(MAY_BE_CITIZEN) | RIGHT(MAY_PLACE_ORDERS) | RIGHT(MAY_SERVE_ORDERS))

static const struct field place_takes[] = {
    LINK(struct place_input, slot, "slot", .required = true, .zh = "名额", .en = "Place"),
    { 0 },
};

static const struct step steps[] = {
    { .from = "waiting", .action = "invite", .to = "invited", .effect = enrolment_invite,
      .takes = place_takes, .takes_size = sizeof(struct place_input), .zh = "有名额了",
      .en = "A place is free", .automatic = true },
    { .from = "invited", .action = "accept", .to = "in", .may = ALL, .guard = enrolment_guard,
      .effect = enrolment_accept, .zh = "要这个名额", .en = "Take the place" },
    { .from = "waiting,invited", .action = "decline", .to = "left", .may = ALL,
      .guard = enrolment_guard, .effect = enrolment_give_back, .danger = true,
      .zh = "不等了", .en = "No longer wait" },
    { .from = "invited", .action = "lapse", .to = "lapsed", .effect = enrolment_give_back,
      .zh = "过时未答复", .en = "Did not answer in time", .automatic = true },
    { .from = "waiting,invited", .action = "off", .to = "left", .effect = enrolment_give_back,
      .zh = "活动取消", .en = "Called off", .automatic = true },
    { .from = "waiting", .action = "stale", .to = "lapsed", .zh = "活动结束", .en = "Over",
      .automatic = true },
    { .from = "in", .action = "gone", .to = "left", .zh = "退出", .en = "Left",
      .automatic = true },
    { .from = "in", .action = "attended", .to = "done", .zh = "参加过", .en = "Took part",
      .automatic = true },
    { .from = "in", .action = "absent", .to = "absent", .zh = "报名未到", .en = "Never came",
      .automatic = true },
    { 0 },
};

const struct entity enrolment_entity = {
    .name = "enrolment", .zh = "活动报名", .en = "Sign-up", .size = sizeof(E),
    .fields = enrolment_fields, .indexes = indexes, .sorts = sorts, .state = "state",
    .steps = steps, .title = "for_name", .reads = MAY_READ_ORDERS, .writes = MAY_SERVE_ORDERS,
    .no_create = true, .no_update = true,
    .seen_by_own = "account = $ OR elder IN (SELECT id FROM elder WHERE account = $) "
                   "OR elder IN (" BOUND_ELDERS ")",
    .seen_by_org = "org = $", .elder = "elder", .open = "waiting,invited,in",
    .found_by = "elder", .scope_of = "org", .menu = "orders", .follow = enrolment_follow,
};
#undef E
