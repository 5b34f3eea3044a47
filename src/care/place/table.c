/* table.c - what a place is made of, and the steps of its life. */

#include "care/elder/elder.h"
#include "care/parameter/parameter.h"
#include "care/place/table.h"
#include "care/todo/todo.h"

const struct choice place_kinds[] = { KINDS_OF_PLACES, KINDS_AT_LAST, { 0 } };

const struct choice place_datums[] = {
    { "wgs84", "WGS-84", "WGS-84" },
    { "gcj02", "GCJ-02（高德、腾讯）", "GCJ-02 (Amap, Tencent)" },
    { "bd09", "BD-09（百度）", "BD-09 (Baidu)" },
    { "cgcs2000", "CGCS2000（天地图）", "CGCS2000 (Tianditu)" },
    { 0 },
};

const struct choice rating_schemes[] = {
    { "none", "未评", "none" },
    { "national", "等级", "national level" },
    { "star", "星级", "stars" },
    { 0 },
};

const struct choice medical_ways[] = {
    { "none", "无", "none" },
    { "cooperates", "与医疗机构签约合作", "agreement with a clinic" },
    { "inside", "内设医疗机构", "clinic inside" },
    { 0 },
};

const struct choice operation_modes[] = {
    { "unknown", "未填", "not said" },
    { "public", "公办公营", "public" },
    { "entrusted", "公办民营", "public, run by others" },
    { "private", "民办", "private" },
    { 0 },
};

const struct choice place_founders[] = {
    [FOUNDED_UNKNOWN] = { "unknown", "未填", "not said" },
    [FOUNDED_PUBLIC] = { "public", "公办", "public" },
    [FOUNDED_PRIVATE] = { "private", "民办", "private" },
    [FOUNDED_BUILT] = { "public_built", "公建", "built by the public" }, { 0 },
};

const struct choice place_operators[] = {
    [OPERATED_UNKNOWN] = { "unknown", "未填", "not said" },
    [OPERATED_PUBLIC] = { "public", "公营", "public" },
    [OPERATED_ENTRUSTED] = { "entrusted", "民营（委托）", "entrusted" },
    [OPERATED_PRIVATE] = { "private", "民办", "private" }, { 0 },
};

const struct choice accessibilities[] = {
    { "ramp", "坡道", "ramp" },        { "lift", "电梯", "lift" },
    { "toilet", "无障碍厕所", "accessible toilet" }, { "wheelchair", "可借轮椅", "wheelchair to lend" },
    { "parking", "无障碍车位", "accessible parking" }, { 0 },
};

const struct field place_fields[] = {
    ROW_FIELDS(struct place),
    LINK(struct place, org, "organisation", .filter = true, .zh = "机构", .en = "Organisation"),
    FIELD(struct place, name, .required = true, .high = 100, .filter = true, .brief = true,
          .search = true, .zh = "名称", .en = "Name"),
    CHOICE(struct place, kind, place_kinds, .filter = true, .brief = true, .zh = "类型",
           .en = "Kind"),
    LINK(struct place, division, "division", .filter = true, .brief = true, .zh = "所在区划",
         .en = "Division"),
    FIELD(struct place, lat, .required = true, .low = -900000000, .high = 900000000, .zh = "纬度",
          .en = "Latitude"),
    FIELD(struct place, lon, .required = true, .low = -1800000000, .high = 1800000000, .zh = "经度",
          .en = "Longitude"),
    CHOICE(struct place, datum, place_datums, .zh = "坐标系", .en = "Datum",
           .hint_zh = "填写坐标时用的坐标系；入库时换算成 WGS-84",
           .hint_en = "the system the coordinates are given in; stored as WGS-84"),
    FIELD(struct place, address, .brief = true, .zh = "地址", .en = "Address"),
    FIELD(struct place, phone, .brief = true, .high = 40, .zh = "电话", .en = "Phone"),
    FIELD(struct place, duty_phone, .high = 40, .zh = "值班电话", .en = "Duty phone"),
    FIELD(struct place, hours, .check = hours_check, .high = HOURS_LENGTH_MAX, .zh = "营业时间",
          .en = "Hours", .hint_zh = "如 Mo-Fr 08:00-17:00; Sa 09:00-12:00; PH off",
          .hint_en = "as Mo-Fr 08:00-17:00; Sa 09:00-12:00; PH off"),
    FIELD(struct place, closed_on, .read_only = true, .filter = true, .zh = "临时停业自",
          .en = "Closed from"),
    FIELD(struct place, closed_until, .read_only = true, .filter = true, .zh = "临时停业至",
          .en = "Closed until"),
    FIELD(struct place, closed_reason, .read_only = true, .high = 100, .zh = "停业原因",
          .en = "Reason"),
    FIELD(struct place, capacity, .high = 100000, .zh = "可容纳人数", .en = "Capacity"),
    FIELD(struct place, beds_total, .high = 100000, .zh = "床位总数", .en = "Beds"),
    FIELD(struct place, beds_free, .high = 100000, .zh = "空床", .en = "Free beds"),
    FIELD(struct place, beds_at, .read_only = true, .zh = "空床上报时间", .en = "Beds reported"),
    LINK(struct place, beds_by, "account", .read_only = true, .zh = "空床上报人",
         .en = "Reported by"),
    SET(struct place, levels, ability_grades, .zh = "收住能力等级", .en = "Grades taken"),
    FIELD(struct place, price_low, .high = 100000000, .zh = "月费低至", .en = "Price from"),
    FIELD(struct place, price_high, .high = 100000000, .zh = "月费高至", .en = "Price to"),
    CHOICE(struct place, medical, medical_ways, .zh = "医养结合", .en = "Medical care"),
    CHOICE(struct place, founded, place_founders, .zh = "举办方式", .en = "Founded by"),
    CHOICE(struct place, operated, place_operators, .zh = "运营方式", .en = "Operated by"),
    FIELD(struct place, nonprofit, .zh = "非营利", .en = "Non-profit"),
    CHOICE(struct place, rating_scheme, rating_schemes, .zh = "评定体系", .en = "Rating scheme"),
    FIELD(struct place, rating_level, .high = 5, .zh = "等级（星级）", .en = "Rating level"),
    FIELD(struct place, rating_until, .zh = "等级有效期至", .en = "Rating valid to"),
    SET(struct place, accessible, accessibilities, .zh = "无障碍设施", .en = "Accessibility"),
    CHOICE(struct place, state, review_states, .read_only = true, .filter = true, .brief = true,
           .zh = "状态", .en = "State"),
    LINK(struct place, submitted_by, "account", .read_only = true, .zh = "提交人",
         .en = "Submitted by"),
    FIELD(struct place, verified_at, .read_only = true, .brief = true, .zh = "核实时间",
          .en = "Verified"),
    LINK(struct place, verified_by, "account", .read_only = true, .zh = "核实人",
         .en = "Verified by"),
    FIELD(struct place, verify_until, .read_only = true, .filter = true, .zh = "下次核实期限",
          .en = "Verify again by"),
    { 0 },
};

static const struct index place_indexes[] = {
    { .name = "within", .columns = "scope, kind, id" },
    { .name = "name", .columns = "name, id" },
    { .name = "org", .columns = "org, id" },
    { .name = "kind", .columns = "kind, id" },
    { .name = "division", .columns = "division, id" },
    { .name = "state", .columns = "state, id" },
    { .name = "closed", .columns = "closed_on, id", .where = "closed_on IS NOT NULL" },
    { .name = "shut", .columns = "closed_until, state, scope, closed_on",
      .where = "ended_at IS NULL AND closed_until IS NOT NULL" },
    { .name = "overdue", .columns = "state, verify_until, scope", .where = "ended_at IS NULL" },
    { .name = "verify", .columns = "verify_until, id" },
    { 0 },
};

static const struct sort place_sorts[] = {
    { "name", "name", false, "名称", "Name" },
    { "verify_until", "verify_until", false, "核实期限", "Verify again by" },
    { 0 },
};

static const struct field close_takes[] = {
    FIELD(struct place, closed_on, .zh = "停业自（不填为今天）", .en = "Closed from (today)"),
    FIELD(struct place, closed_until, .zh = "停业至（不填为一天）", .en = "Closed until (one day)"),
    FIELD(struct place, closed_reason, .required = true, .high = 100, .zh = "原因", .en = "Reason"),
    { 0 },
};

static const struct field beds_takes[] = {
    FIELD(struct place, beds_free, .required = true, .high = 100000, .zh = "空床", .en = "Free beds"),
    { 0 },
};

static const struct step place_steps[] = {
    REVIEW_STEPS(place_publish_guard, place_submit),
    { .from = "draft,submitted,published", .action = "verify", .to = "", .effect = place_verify,
      .may = RIGHT(MAY_WRITE_DIRECTORY) | RIGHT(MAY_REVIEW_DIRECTORY), .zh = "已核实",
      .en = "Verified" },
    { .from = "published", .action = "close", .to = "", .effect = place_close,
      .may = RIGHT(MAY_WRITE_DIRECTORY) | RIGHT(MAY_REVIEW_DIRECTORY), .takes = close_takes,
      .takes_size = sizeof(struct place), .zh = "临时停业", .en = "Closed for now" },
    { .from = "published", .action = "open_again", .to = "", .effect = place_reopen,
      .may = RIGHT(MAY_WRITE_DIRECTORY) | RIGHT(MAY_REVIEW_DIRECTORY), .zh = "恢复营业",
      .en = "Open again" },
    { .from = "published", .action = "beds", .to = "", .effect = place_report_beds,
      .may = RIGHT(MAY_WRITE_DIRECTORY), .takes = beds_takes, .takes_size = sizeof(struct place),
      .zh = "上报空床", .en = "Report free beds" },
    { 0 },
};

const struct entity place_entity = {
    .name = "place", .zh = "网点", .en = "Place", .size = sizeof(struct place),
    .fields = place_fields, .indexes = place_indexes, .sorts = place_sorts, .state = "state",
    .steps = place_steps, .title = "name", .reads = MAY_READ_DIRECTORY,
    .writes = MAY_WRITE_DIRECTORY, .seen_by_org = "org = $", .seen_by_own = "state = 'published'",
    .seen_by_carer = "org IN (SELECT org FROM carer WHERE id = $)", .scope_of = "division",
    .rules = place_rules, .menu = "places", .files = true,
};

static const struct choice fee_units[] = {
    { "month", "月", "month" }, { "day", "日", "day" }, { "time", "次", "time" },
    { "hour", "小时", "hour" }, { "meal", "餐", "meal" }, { 0 },
};

const struct field fee_item_fields[] = {
    ROW_FIELDS(struct fee_item),
    LINK(struct fee_item, place, "place", .required = true, .create_only = true, .filter = true,
         .brief = true, .zh = "网点", .en = "Place"),
    FIELD(struct fee_item, name, .required = true, .high = 60, .brief = true, .zh = "收费项目",
          .en = "Item"),
    CHOICE(struct fee_item, unit, fee_units, .brief = true, .zh = "单位", .en = "Unit"),
    FIELD(struct fee_item, price, .required = true, .high = 100000000, .brief = true, .zh = "价格",
          .en = "Price"),
    FIELD(struct fee_item, note, .zh = "说明", .en = "Note"),
    { 0 },
};

static const struct index fee_indexes[] = {
    { .name = "place", .columns = "place, id" }, { 0 },
};

static const struct sort fee_sorts[] = { { "place", "place", false, "网点", "Place" }, { 0 } };

const struct entity fee_item_entity = {
    .name = "fee_item", .zh = "收费项目", .en = "Fee item", .size = sizeof(struct fee_item),
    .fields = fee_item_fields, .indexes = fee_indexes, .sorts = fee_sorts, .title = "name",
    .reads = MAY_READ_DIRECTORY, .writes = MAY_WRITE_DIRECTORY,
    .seen_by_org = "place IN (SELECT id FROM place WHERE org = $)", .scope_of = "place",
    .menu = "places",
};

static const struct message messages[] = {
    { "place.too_many", "一次最多问 200 处，请分几次问", "At most 200 places at once; ask in parts" },
    { "place.datum_alone", "改坐标系时请同时填写该坐标系下的经纬度",
      "give latitude and longitude together with the datum" },
    { "place.beds", "空床不能多于床位总数", "there cannot be more free beds than beds" },
    { "place.prices", "最高价不能低于最低价", "the highest price lies below the lowest" },
    { "place.scheme", "有等级时请选评定体系", "name the rating scheme of the level" },
    { "photo.one", "请先上传一张照片（JPEG 或 PNG，只要一张），再提交审核",
      "attach one picture (JPEG or PNG, just one), then submit" },
    { "photo.missing", "没有这张照片", "there is no such photo" },
    { "place.division", "按坐标找不到所在区划，请选择区划",
      "no division holds this point; choose one" },
    { 0 },
};

static const struct entity *const entities[] = { &place_entity, &fee_item_entity,
                                               &place_photo_entity, NULL };

/* What waits, and for whom. */
static const struct todo_kind todos[] = {
    { .key = "places_submitted", .zh = "待审核的网点", .en = "Places to review",
      .entity = "place", .list = "state=submitted", .may = RIGHT(MAY_REVIEW_DIRECTORY),
      .not_by = "submitted_by", .shows = "name,kind,org,submitted_by" },
    { 0 },
};

static const struct parameter_default parameters[] = {
    { "place.papers_days", "60", "day", "网点页：证照到期前几天标出",
      "Page of a place: days before a paper runs out", "系统默认值，待核" },
    { 0 },
};

const struct module place_module = {
    .name = "place", .entities = entities, .endpoints = place_endpoints, .messages = messages,
    .todos = todos, .parameters = parameters,
};
