/* order.c - the order: fields, constraints and the steps of its life. */

#include "care/order/order.h"

#include "care/delivery/delivery.h"
#include "care/elder/seen.h"
#include "care/errand/errand.h"
#include "care/escort/escort.h"
#include "care/gathering/gathering.h"
#include "care/meal/sitting.h"
#include "care/message/message.h"
#include "care/order/steps.h"
#include "care/payment/payment.h"
#include "care/request/request.h"
#include "care/signal/signal.h"

const struct choice order_states[] = {
    { "draft", "草稿", "draft" },          { "placed", "待接单", "placed" },
    { "accepted", "已接单", "accepted" },  { "declined", "已拒单", "declined" },
    { "assigned", "已派单", "assigned" },  { "under_way", "服务中", "under way" },
    { "served", "服务完成", "served" },    { "confirmed", "已确认", "confirmed" },
    { "rated", "已评价", "rated" },        { "cancelled", "已取消", "cancelled" },
    { "not_met", "上门未遇", "not met" },  { "disputed", "有异议", "disputed" }, { 0 },
};

const struct choice told_choices[] = {
    { "no", "未告知老人", "not told yet" }, { "yes", "已告知", "told" },
    { "agreed", "老人同意", "agreed" },     { "refused", "老人谢绝", "refused" }, { 0 },
};

const struct choice pay_way_choices[] = {
    { "cash", "上门付现金", "cash on the spot" }, { "station_qr", "扫驿站收款码", "the station's QR code" },
    { "transfer", "家属转账", "transfer by family" }, { "monthly", "月结", "monthly account" }, { 0 },
};

const struct choice gender_wish_choices[] = {
    { "none", "都可以", "no wish" },
    { "female", "女护理员", "a woman" },
    { "male", "男护理员", "a man" },
    { 0 },
};

const struct choice payer_choices[] = {
    { "own", "自付", "own payment" }, { "subsidy", "补贴抵扣", "subsidy" },
    { "coupon", "消费券", "coupon" }, { "quota", "购买服务额度", "bought hours" }, { 0 },
};

/* Same order as enum channel. */
const struct choice channel_choices[] = {
    { "web", "网上", "web" },      { "phone", "电话", "telephone" }, { "counter", "柜台", "counter" },
    { "paper", "纸质", "paper" },  { "device", "设备", "device" },   { "api", "接口", "interface" },
    { "job", "系统", "system" }, { 0 },
};

#define O struct care_order
const struct field care_order_fields[] = {
    ROW_FIELDS(O),
    FIELD(O, number, .read_only = true, .brief = true, .filter = true, .search_whole = true,
          .zh = "订单号", .en = "Number"),
    FIELD(O, basket, .read_only = true, .filter = true, .high = 20, .search_whole = true,
          .zh = "篮子号", .en = "Basket"),
    LINK(O, account, "account", .read_only = true, .filter = true, .zh = "下单账号",
         .en = "Placed by account"),
    LINK(O, placed_by, "account", .read_only = true, .zh = "代下单人员", .en = "Placed by staff"),
    CHOICE(O, channel, channel_choices, .read_only = true, .brief = true, .zh = "渠道",
           .en = "Channel"),
    LINK(O, elder, "elder", .read_only = true, .filter = true, .zh = "老年人", .en = "Elder"),
    LINK(O, org, "organisation", .read_only = true, .filter = true, .brief = true, .zh = "机构",
         .en = "Organisation"),
    LINK(O, offer, "offer", .read_only = true, .zh = "服务供给", .en = "Offer"),
    LINK(O, item, "catalogue_item", .read_only = true, .filter = true, .brief = true,
         .zh = "服务项目", .en = "Item"),
    LINK(O, place, "place", .read_only = true, .zh = "服务点", .en = "Place"),
    LINK(O, slot, "slot", .read_only = true, .zh = "时段", .en = "Slot"),
    FIELD(O, day, .read_only = true, .filter = true, .brief = true, .zh = "日期", .en = "Day"),
    FIELD(O, start_min, .high = 1439, .read_only = true, .brief = true, .zh = "开始",
          .en = "Start"),
    FIELD(O, end_min, .high = 1440, .read_only = true, .zh = "结束", .en = "End"),
    FIELD(O, quantity, .low = 1, .high = 20, .read_only = true, .zh = "数量", .en = "Quantity"),
    FIELD(O, for_name, .class = MASKED, .mask = MASK_NAME, .high = 40, .read_only = true,
          .brief = true, .search = true, .zh = "服务对象", .en = "For"),
    FIELD(O, for_phone, .class = SEALED, .mask = MASK_PHONE, .high = 20, .read_only = true,
          .filter = true, .zh = "联系电话", .en = "Phone"),
    FIELD(O, for_address, .class = MASKED, .mask = MASK_ADDRESS, .high = 120, .read_only = true,
          .zh = "地址", .en = "Address"),
    LINK(O, for_compound, "compound", .read_only = true, .zh = "小区", .en = "Compound"),
    FIELD(O, for_lat, .class = SECRET, .read_only = true, .zh = "纬度", .en = "Latitude"),
    FIELD(O, for_lon, .class = SECRET, .read_only = true, .zh = "经度", .en = "Longitude"),
    FIELD(O, for_relation, .high = 20, .read_only = true, .zh = "与老人的关系",
          .en = "Relation to the elder"),
    CHOICE(O, told, told_choices, .read_only = true, .filter = true, .zh = "告知老人",
           .en = "The elder was told"),
    FIELD(O, told_at, .read_only = true, .zh = "告知时间", .en = "Told at"),
    FIELD(O, price, .read_only = true, .brief = true, .zh = "总价", .en = "Price"),
    FIELD(O, own_pay, .read_only = true, .zh = "自付", .en = "Own payment"),
    FIELD(O, subsidy, .read_only = true, .zh = "补贴抵扣", .en = "Subsidy"),
    FIELD(O, coupon, .read_only = true, .zh = "消费券抵扣", .en = "Coupon"),
    FIELD(O, quota, .read_only = true, .zh = "额度抵扣", .en = "Bought hours"),
    FIELD(O, price_note, .read_only = true, .high = 200, .zh = "计价说明", .en = "Price note"),
    CHOICE(O, pay_way, pay_way_choices, .read_only = true, .zh = "付款方式", .en = "Paid how"),
    FIELD(O, paid, .read_only = true, .filter = true, .zh = "已付", .en = "Paid"),
    FIELD(O, paid_at, .read_only = true, .zh = "付款时间", .en = "Paid at"),
    CHOICE(O, gender_wish, gender_wish_choices, .read_only = true, .zh = "护理员性别",
           .en = "Gender wish"),
    LINK(O, carer_wish, "carer", .read_only = true, .zh = "希望的护理员", .en = "Carer wished for"),
    FIELD(O, password, .class = MASKED, .mask = MASK_ALL, .high = 20, .read_only = true,
          .zh = "上门口令", .en = "Password at the door"),
    FIELD(O, note, .class = SECRET, .high = 500, .read_only = true, .many_lines = true,
          .zh = "备注", .en = "Note"),
    FIELD(O, cancel_fee, .read_only = true, .zh = "取消费用", .en = "Cancel fee"),
    FIELD(O, reason, .high = 300, .read_only = true, .zh = "原因", .en = "Reason"),
    CHOICE(O, sitting, sitting_choices, .read_only = true, .filter = true, .zh = "餐次",
           .en = "Sitting", .default_sql = "'none'"),
    CHOICE(O, way, meal_way_choices, .read_only = true, .filter = true, .zh = "用餐方式",
           .en = "How it is had", .default_sql = "'none'"),
    SET(O, diets, diet_choices, .class = MASKED, .mask = MASK_COARSE, .read_only = true,
        .zh = "饮食要求", .en = "Diet", .default_sql = "0"),
    FIELD(O, cut_off, .read_only = true, .zh = "订餐截止", .en = "Free until"),
    FIELD(O, late, .read_only = true, .filter = true, .zh = "截止后变动",
          .en = "After the cut-off", .default_sql = "0"),
    LINK(O, standing, "standing_order", .read_only = true, .filter = true, .zh = "长期服务",
         .en = "Standing order"),
    LINK(O, gathering, "gathering", .read_only = true, .filter = true, .zh = "课程活动",
         .en = "Class or outing"),
    CHOICE(O, state, order_states, .read_only = true, .brief = true, .filter = true, .zh = "状态",
           .en = "State"),
    { 0 },
};

static const struct index care_order_indexes[] = {
    { .name = "number", .columns = "number", .unique = true, .message = "order.number_taken" },
    { .name = "meals", .columns = "place, day, sitting, id", .where = "sitting <> 'none'" },
    { .name = "basket", .columns = "basket, id", .where = "basket IS NOT NULL" },
    { .name = "org_day", .columns = "org, day, id" },
    { .name = "org_state", .columns = "org, state, day" },
    { .name = "account", .columns = "account, id" },
    { .name = "elder", .columns = "elder, day" },
    { .name = "scope_day", .columns = "scope, day, id" },
    { .name = "state_day", .columns = "state, day, id, scope" },
    { .name = "day_figures",
      .columns = "day, scope, state, told, ended_at, item",
      .where = "ended_at IS NULL" },
    { .name = "waiting", .columns = "state, scope, created_at", .where = "ended_at IS NULL" },
    { .name = "slot", .columns = "slot" },
    { .name = "standing", .columns = "standing, day, id", .where = "standing IS NOT NULL" },
    { .name = "gathering", .columns = "gathering, id", .where = "gathering IS NOT NULL" },
    { .name = "phone", .columns = "for_phone, id" },
    /* A subsidised meal is had once a day over all points, also at the same minute. */
    { .name = "meal_once",
      .columns = "elder, day",
      .unique = true,
      .message = "subsidy.once_a_day",
      .where = "subsidy > 0 AND state NOT IN ('draft', 'declined', 'cancelled')" },
    { .name = "money",
      .check = "own_pay + subsidy + coupon + quota = price",
      .message = "order.money" },
    { 0 },
};

static const struct sort care_order_sorts[] = {
    { "day", "day", true, "日期", "Day" },
    { "number", "number", false, "订单号", "Number" },
    { 0 },
};

static const struct field reason_takes[] = {
    FIELD(struct reason_input, reason, .required = true, .high = 300, .many_lines = true,
          .zh = "原因", .en = "Reason"),
    { 0 },
};
static const struct field assign_takes[] = {
    LINK(struct assign_input, carer, "carer", .required = true, .zh = "护理员", .en = "Carer"),
    { 0 },
};
static const struct field change_takes[] = {
    FIELD(struct change_input, slot, .required = true, .high = 20, .zh = "新的时段", .en = "New time"),
    { 0 },
};
static const struct field meal_takes[] = {
    CHOICE(struct meal_input, way, meal_way_choices, .zh = "用餐方式", .en = "How it is had"),
    SET(struct meal_input, diets, diet_choices, .zh = "饮食要求", .en = "Diet"),
    { 0 },
};
static const struct field tell_takes[] = {
    CHOICE(struct tell_input, told, told_choices, .required = true, .zh = "结果", .en = "Result"),
    { 0 },
};
static const struct field rate_takes[] = {
    FIELD(struct rate_input, stars, .low = 1, .high = 5, .required = true, .zh = "几颗星",
          .en = "Stars"),
    FIELD(struct rate_input, words, .high = 300, .many_lines = true, .zh = "想说的话",
          .en = "Words"),
    { 0 },
};

#define CITIZEN RIGHT(MAY_BE_CITIZEN)
#define DESK    RIGHT(MAY_PLACE_ORDERS)
#define SERVES  RIGHT(MAY_SERVE_ORDERS)

const struct step care_order_steps[] = {
    { .from = "placed",
      .action = "accept",
      .to = "accepted",
      .may = SERVES,
      .zh = "接单",
      .en = "Accept" },
    { .from = "placed,accepted",
      .action = "decline",
      .to = "declined",
      .may = SERVES,
      .zh = "拒单",
      .en = "Decline",
      .effect = order_decline_effect,
      .takes = reason_takes,
      .takes_size = sizeof(struct reason_input),
      .danger = true },
    { .from = "placed,accepted,assigned",
      .action = "assign",
      .to = "assigned",
      .may = SERVES,
      .zh = "派单",
      .en = "Assign",
      .effect = order_assign_effect,
      .takes = assign_takes,
      .takes_size = sizeof(struct assign_input) },
    { .from = "placed,accepted,assigned",
      .action = "tell",
      .to = "",
      .may = CITIZEN | DESK | SERVES,
      .zh = "告知老人",
      .en = "The elder was told",
      .effect = order_tell_effect,
      .takes = tell_takes,
      .takes_size = sizeof(struct tell_input) },
    { .from = "placed,accepted,assigned",
      .action = "change",
      .to = "",
      .may = CITIZEN | DESK | SERVES,
      .zh = "改约",
      .en = "Change the time",
      .effect = order_change_effect,
      .takes = change_takes,
      .takes_size = sizeof(struct change_input) },
    { .from = "placed,accepted,assigned",
      .action = "meal",
      .to = "",
      .may = CITIZEN | DESK | SERVES,
      .zh = "改用餐方式或饮食",
      .en = "Change how the meal is had",
      .guard = order_meal_guard,
      .effect = order_meal_effect,
      .takes = meal_takes,
      .takes_size = sizeof(struct meal_input) },
    { .from = "placed,accepted,assigned",
      .action = "cancel",
      .to = "cancelled",
      .may = CITIZEN | DESK | SERVES,
      .zh = "取消订单",
      .en = "Cancel",
      .effect = order_cancel_effect,
      .takes = reason_takes,
      .takes_size = sizeof(struct reason_input),
      .danger = true },
    { .from = "placed,accepted,assigned",
      .action = "refuse",
      .to = "cancelled",
      .may = CITIZEN | DESK,
      .zh = "老人谢绝",
      .en = "The elder refuses",
      .effect = order_refuse_effect,
      .danger = true },
    { .from = "placed,accepted,assigned",
      .action = "call_off",
      .to = "cancelled",
      .zh = "按规则取消",
      .en = "Called off by rule",
      .effect = order_call_off_effect,
      .takes = reason_takes,
      .takes_size = sizeof(struct reason_input),
      .automatic = true },
    { .from = "placed,accepted",
      .action = "attend",
      .to = "served",
      .may = SERVES,
      .zh = "已到店",
      .en = "Came",
      .guard = order_attend_guard },
    { .from = "placed,accepted",
      .action = "absent",
      .to = "cancelled",
      .zh = "报名未到",
      .en = "Did not come",
      .effect = order_absent_effect,
      .automatic = true },
    { .from = "assigned",
      .action = "start",
      .to = "under_way",
      .zh = "服务开始",
      .en = "Start",
      .automatic = true },
    { .from = "assigned,under_way",
      .action = "serve",
      .to = "served",
      .zh = "服务完成",
      .en = "Served",
      .automatic = true },
    { .from = "assigned,under_way",
      .action = "miss",
      .to = "not_met",
      .zh = "上门未遇",
      .en = "Not met",
      .automatic = true },
    { .from = "placed,accepted,assigned,under_way",
      .action = "brought",
      .to = "served",
      .zh = "饭已送到",
      .en = "Brought",
      .automatic = true },
    { .from = "placed,accepted,assigned,under_way",
      .action = "not_in",
      .to = "not_met",
      .zh = "送餐无人应门",
      .en = "Nobody in",
      .automatic = true },
    { .from = "served",
      .action = "confirm",
      .to = "confirmed",
      .may = CITIZEN | DESK,
      .zh = "确认完成",
      .en = "Confirm",
      .guard = order_confirm_guard },
    { .from = "served,confirmed",
      .action = "rate",
      .to = "rated",
      .may = CITIZEN,
      .zh = "评价",
      .en = "Rate",
      .effect = order_rate_effect,
      .takes = rate_takes,
      .takes_size = sizeof(struct rate_input) },
    { .from = "served,confirmed,rated,not_met",
      .action = "dispute",
      .to = "disputed",
      .may = CITIZEN | DESK,
      .zh = "有问题",
      .en = "Something is wrong",
      .effect = order_reason_effect,
      .takes = reason_takes,
      .takes_size = sizeof(struct reason_input) },
    { .from = "disputed",
      .action = "settle",
      .to = "confirmed",
      .may = DESK,
      .zh = "异议已解决",
      .en = "Settled",
      .guard = order_confirm_guard,
      .reason = true },
    { .from = "served,confirmed",
      .action = "undo",
      .to = "cancelled",
      .zh = "登记错误",
      .en = "Noted by mistake",
      .effect = order_undo_effect,
      .automatic = true },
    { .from = "placed,accepted,assigned,under_way,served,confirmed,rated,not_met",
      .action = "pay",
      .to = "",
      .may = SERVES,
      .zh = "登记收款",
      .en = "Note the payment",
      .effect = order_pay_effect },
    { 0 },
};

static enum err order_follow(struct ctx *c, const void *before, const void *row,
                             const char *action)
{
    const struct care_order *o = row;
    struct sv did = sv_of(action ? action : "");
    TRY(payment_follow(c, before, row));
    if (o->state == ORDER_CANCELLED || o->state == ORDER_DECLINED) {
        TRY(delivery_order_gone(c, o));
        TRY(gathering_order_gone(c, o));
    }
    TRY(errand_follow_order(c, o));
    TRY(escort_follow_order(c, o));
    if (sv_is(did, "dispute"))
        return request_of_dispute(c, row);
    if (sv_is(did, "refuse"))
        TRY(signal_refused(c, o));
    if (sv_is(did, "refuse") || sv_is(did, "cancel") || sv_is(did, "decline"))
        return message_tell(c, TELL_CANCELLED, o, 0);
    return sv_is(did, "change") ? message_tell(c, TELL_CHANGED, o, o->row.version) : ERR_NONE;
}

const struct entity care_order_entity = {
    .name = "care_order", .zh = "订单", .en = "Order", .kind = ENTITY_ORDINARY,
    .size = sizeof(O), .fields = care_order_fields, .indexes = care_order_indexes,
    .sorts = care_order_sorts, .state = "state", .steps = care_order_steps, .title = "number",
    .reads = MAY_READ_ORDERS, .writes = MAY_SERVE_ORDERS, .no_create = true, .no_update = true,
    .seen_by_own = "account = $ OR elder IN (SELECT id FROM elder WHERE account = $) "
                   "OR elder IN (" BOUND_ELDERS ")",
    .seen_by_org = "org = $",
    .seen_by_carer = "id IN (SELECT care_order FROM visit WHERE carer = $)",
    .elder = "elder", .open = "draft,placed,accepted,assigned,under_way", .found_by = "elder",
    .scope_of = "org", .menu = "orders", .files = true, .follow = order_follow,
};
#undef O

const struct field order_part_fields[] = {
    ROW_FIELDS(struct order_part),
    LINK(struct order_part, care_order, "care_order", .filter = true, .brief = true, .zh = "订单",
         .en = "Order"),
    CHOICE(struct order_part, payer, payer_choices, .brief = true, .zh = "付款方", .en = "Payer"),
    FIELD(struct order_part, amount, .brief = true, .zh = "金额", .en = "Amount"),
    FIELD(struct order_part, reason, .high = 200, .brief = true, .zh = "依据", .en = "Why"),
    { 0 },
};

static const struct index order_part_indexes[] = {
    { .name = "order", .columns = "care_order, id, scope, ended_at" },
    { 0 },
};
static const struct sort order_part_sorts[] = { { "order", "care_order", false, "订单", "Order" },
                                                { 0 } };

const struct entity order_part_entity = {
    .name = "order_part", .zh = "费用构成", .en = "Part of the price", .kind = ENTITY_APPEND_ONLY,
    .size = sizeof(struct order_part), .fields = order_part_fields, .indexes = order_part_indexes,
    .sorts = order_part_sorts, .reads = MAY_READ_ORDERS, .writes = MAY_SERVE_ORDERS,
    .no_create = true, .no_update = true, .no_history = true, .scope_of = "care_order",
    .seen_by_org = "care_order IN (SELECT id FROM care_order WHERE org = $)",
};
