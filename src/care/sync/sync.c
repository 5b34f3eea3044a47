/* sync.c - the forms of the house, and what their endpoints take and give. */

#include "care/sync/inside.h"

bool sync_add(struct sync_rows *rows, const struct sync_row *row)
{
    if (rows->n == SYNC_ROWS_MAX)
        return false;
    rows->at[rows->n++] = *row;
    return true;
}

enum err sync_form_of(struct ctx *c, const struct request *q, const struct sync_form **ret)
{
    for (const struct module *const *m = c->house->modules; *m; m++)
        for (const struct sync_form *f = (*m)->sync_forms; f && f->name; f++)
            if (sv_is(q->param[0], f->name)) {
                *ret = f;
                return who_need(c, f->may);
            }
    return fail(c, ERR_MISSING, "missing", "no phone form of that name");
}

/* --- what comes and goes --- */

#define I struct sync_item
const struct field sync_item_fields[] = {
    FIELD(I, key, .required = true, .low = 8, .high = 100, .zh = "操作编号", .en = "Key of the deed"),
    FIELD(I, entity, .required = true, .high = 40, .zh = "对象", .en = "Kind of record"),
    FIELD(I, action, .required = true, .high = 40, .zh = "操作",
          .en = "Step of its work-flow, or create"),
    FIELD(I, id, .required = true, .low = 1, .high = INT64_MAX, .code = true, .zh = "记录编号",
          .en = "Record; of a new one the id the phone made (node 0)"),
    FIELD(I, version, .low = 0, .high = WHOLE_MAX, .zh = "版本",
          .en = "Version the phone had; not of a new one"),
    FIELD(I, after, .high = 100, .zh = "在此操作之后", .en = "Key of the deed that must stand first"),
    FIELD(I, at, .zh = "手机时间", .en = "When, by the phone's clock; now when absent"),
    FIELD(I, what, .zh = "内容", .en = "The step's fields, or the new record's"),
    { 0 },
};
#undef I

const struct field sync_push_fields[] = {
    FIELD(struct sync_push, phone_at, .required = true, .zh = "手机当前时间",
          .en = "The phone's clock as it sends this"),
    FIELD(struct sync_push, items, .required = true, .high = BODY_MAX, .record = sync_item_fields,
          .zh = "操作", .en = "Deeds in the order they were done"),
    { 0 },
};

const struct field sync_query_fields[] = {
    FIELD(struct sync_query, day, .zh = "日期", .en = "Day; today when absent"),
    FIELD(struct sync_query, since, .high = 6000, .zh = "手机上已有",
          .en = "The last answer's `since`; all when absent"),
    { 0 },
};

/* The shapes of answers, for the document only: json is written by hand. */
struct gone { int64_t id; struct sv entity; };
static const struct field gone_fields[] = {
    FIELD(struct gone, entity, .en = "Kind of record"),
    FIELD(struct gone, id, .code = true, .high = INT64_MAX, .en = "Record"),
    { 0 },
};
struct given { int64_t id, version; struct sv entity; struct text row; };
static const struct field given_fields[] = {
    FIELD(struct given, entity, .en = "Kind of record"),
    FIELD(struct given, id, .code = true, .high = INT64_MAX, .en = "Record"),
    FIELD(struct given, version, .en = "Version"),
    FIELD(struct given, row, .en = "The record as this form needs it"),
    { 0 },
};
struct limits { int64_t items, rows, file_bytes, age_days; };
static const struct field limits_fields[] = {
    FIELD(struct limits, items, .en = "Items a push"),
    FIELD(struct limits, rows, .en = "Rows a pull"),
    FIELD(struct limits, file_bytes, .en = "Bytes of a photo"),
    FIELD(struct limits, age_days, .en = "Days until an item is too old"),
    { 0 },
};
struct pull_given {
    struct sv form, since;
    struct day day;
    struct moment as_of;
    bool cut;
    struct list rows, gone;
    struct limits limits;
};
#define P struct pull_given
const struct field sync_pull_gives[] = {
    FIELD(P, form, .en = "Form"),
    FIELD(P, day, .en = "Day"),
    FIELD(P, as_of, .en = "The server's time"),
    FIELD(P, since, .high = 6000, .en = "What the phone now has: send it with the next pull"),
    FIELD(P, cut, .en = "There are more rows than a pull may hold"),
    LIST(P, rows, struct given, given_fields, .en = "New and changed rows"),
    LIST(P, gone, struct gone, gone_fields, .en = "Rows that left the list"),
    RECORD(P, limits, limits_fields, .en = "Limits"),
    { 0 },
};
#undef P

static const struct choice results[] = {
    { "done", "已完成", "done" }, { "repeated", "已完成过", "done before, once" },
    { "conflict", "有冲突", "the record is not what the phone thought" },
    { "refused", "未接受", "refused; repeating does not help" },
    { "later", "稍后再发", "send it again later" }, { 0 },
};
struct field_said { struct sv field, message; };
static const struct field field_said_fields[] = {
    FIELD(struct field_said, field, .en = "Field"),
    FIELD(struct field_said, message, .en = "The fix"),
    { 0 },
};
struct result {
    struct sv key, message_key, message;
    int result;
    int64_t id, version;
    struct text row, current;
    bool mine, same;
    struct list fields;
};
static const struct field result_fields[] = {
    FIELD(struct result, key, .en = "Key of the deed"),
    CHOICE(struct result, result, results, .en = "What became of it"),
    FIELD(struct result, id, .code = true, .high = INT64_MAX, .en = "Record"),
    FIELD(struct result, version, .en = "Version it now has"),
    FIELD(struct result, row, .en = "done, repeated: the record as it was after the deed"),
    FIELD(struct result, message_key, .en = "Why not, as a key"),
    FIELD(struct result, message, .high = 500, .en = "Why not, as a sentence"),
    LIST(struct result, fields, struct field_said, field_said_fields, .en = "Fields at fault"),
    FIELD(struct result, current, .en = "conflict: the record as it is"),
    FIELD(struct result, mine, .en = "conflict: the deed could still be done over the record"),
    FIELD(struct result, same, .en = "conflict: the record already is where the deed leads"),
    { 0 },
};
struct push_given { struct moment as_of; int64_t skew_ms; struct list results; };
const struct field sync_push_gives[] = {
    FIELD(struct push_given, as_of, .en = "The server's time"),
    FIELD(struct push_given, skew_ms, .en = "The phone's clock minus the server's; 0: near enough"),
    LIST(struct push_given, results, struct result, result_fields, .en = "One for each item"),
    { 0 },
};

/* --- the module --- */

static const struct endpoint endpoints[] = {
    { .verb = GET, .path = "/api/sync/{form}", .run = sync_pull_get, .lane = WRITES,
      .may = MAY_SIGNED_IN, .query = sync_query_fields, .query_size = sizeof(struct sync_query),
      .gives = sync_pull_gives, .zh = "取当日工作",
      .en = "Off-line work: a person's rows of a day, and what left them" },
    { .verb = POST, .path = "/api/sync/{form}", .run = sync_push_post, .lane = WRITES,
      .may = MAY_SIGNED_IN, .takes = sync_push_fields, .takes_size = sizeof(struct sync_push),
      .gives = sync_push_gives, .no_replay = true, .zh = "交回操作",
      .en = "Off-line work: what was done, each exactly once" },
    { .verb = POST, .path = "/api/sync/phone", .run = sync_phone_post, .lane = WRITES,
      .may = MAY_SIGNED_IN, .takes = sync_phone_fields, .takes_size = sizeof(struct sync_phone),
      .gives = sync_phone_gives, .no_replay = true, .per_minute = 10, .zh = "登记离线手机",
      .en = "A key for what this phone keeps, and a session it may carry" },
    { 0 },
};

static const struct message messages[] = {
    { "sync.sign_in", "请用密码重新登录", "Sign in by password again" },
    { "sync.clock", "手机时间与系统相差超过一天，请先校准手机的日期和时间，记录仍在手机里",
      "The phone's clock is more than a day off: set its date and time; nothing is lost" },
    { "sync.items", "items 须是数组", "items is an array" },
    { "sync.many", "一次最多交 {0} 条，请分几次", "At most {0} items at a time; send them in parts" },
    { "sync.not_taken", "这个操作不能离线交回", "This step cannot be sent by this form" },
    { "sync.future", "时间晚于手机当前时间，请核对后按现在补记",
      "This moment is later than the phone's clock; check it and enter it as now" },
    { "sync.too_old", "已超过 {0} 天，请告诉站里补录",
      "More than {0} days old: tell the station, which enters it from paper" },
    { "sync.waits", "前一步还没有交上，稍后自动再交", "An earlier step is not in yet; it goes again by itself" },
    { "sync.id_node", "新记录的编号须由手机生成", "The id of a new record must be of node 0" },
    { "sync.id_taken", "编号已被占用，手机会换一个再交", "The id is taken; make another and send again" },
    { "sync.since", "请重新取全部", "Cannot be read: pull again without since" },
    { 0 },
};

const struct module sync_module = {
    .name = "sync", .endpoints = endpoints, .messages = messages,
};
