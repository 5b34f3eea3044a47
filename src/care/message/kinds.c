/* kinds.c - what is told: the slots of each kind, and the house's own texts. */

#include "care/message/inside.h"

const struct choice message_kinds[] = {
    { "sign_in.code", "登录验证码", "sign-in code" },
    { "bond.asked", "有人申请绑定", "a bond was asked for" },
    { "bond.made", "已绑定老人", "a bond was made" },
    { "order.placed", "已下单（告知老人）", "ordered (to the elder)" },
    { "visit.arrived", "上门的人到了", "arrived" },
    { "visit.done", "服务做完了", "done" },
    { "visit.not_met", "上门没见到人", "nobody met" },
    { "order.cancelled", "订单取消", "cancelled" },
    { "order.changed", "改约", "another time" },
    { "visit.carer", "换人", "another carer" },
    { "order.tomorrow", "明天的服务", "tomorrow's visit" },
    { "digest", "当天汇总", "the day in one" },
    { "pause.ends", "暂停服务到期", "a pause ends" },
    { "todo.handed", "转给您的待办", "handed to you" },
    { "channel.test", "通道测试", "test of a channel" },
    { "gathering.free", "候补有名额了", "a place is free" },
    { "gathering.off", "活动取消", "a class or outing is off" },
    { "meal.cut_off", "订餐快截止", "meals close soon" },
    { "agreement.ends", "服务协议快到期", "an agreement ends" },
    { "bond.ends", "家属绑定快到期", "a bond ends" },
    { "package.ends", "服务包快到期", "a package ends" },
    { "day.planned", "护理员的上门安排", "a carer's day" },
    { 0 },
};
const struct choice message_ways[] = {
    { "sms", "短信", "SMS" }, { "voice", "语音电话", "voice call" }, { "wechat", "微信", "WeChat" },
    { "call", "人工拨打", "a person rings" }, { 0 },
};
const struct choice message_states[] = {
    { "waiting", "待发送", "waiting" },        { "sent", "已发出", "sent" },
    { "delivered", "已送达", "delivered" },    { "failed", "失败", "failed" },
    { "unsure", "不确定是否送达", "unsure" },  { "gathered", "等待汇总", "for the digest" },
    { "digested", "已并入汇总", "in a digest" }, { "dropped", "不发送", "not sent" },
    { "called", "已拨打", "called" }, { 0 },
};

#define CODE_   { "code", "验证码", "482915", 6, true }
#define LINK_   { "link", "查看链接", "https://care.example.cn/told/Xk3mB7Qp2vRt9sLw", 64, true }
#define ITEM_   { "item", "服务", "上门助浴", 12, false }
#define TIME_   { "time", "时间", "09:12", 5, false }
#define DAY_    { "day", "日期", "11月23日", 6, false }
#define NUMBER_ { "number", "订单号", "1123-7K3QF2", 12, false }
#define CARER_  { "carer", "上门的人", "李师傅", 6, false }

typedef struct message_slot slots[];
static const slots none = { { 0 } };
static const slots of_code = { CODE_, { "minutes", "几分钟", "5", 2, false }, { 0 } };
static const slots of_placed = { DAY_, TIME_, NUMBER_, { 0 } };
static const slots of_visit = { ITEM_, TIME_, LINK_, { 0 } };
static const slots of_order = { ITEM_, DAY_, TIME_, LINK_, { 0 } };
static const slots of_carer = { ITEM_, DAY_, TIME_, CARER_, LINK_, { 0 } };
static const slots of_digest = { { "lines", "当天的事", "09:12上门助浴到了；10:05做完了", 90, false },
                                 { "count", "件数", "2", 2, false }, { 0 } };
static const slots of_pause = { DAY_, { 0 } };
static const slots of_handed = { { "what", "什么事", "工作项", 12, false },
                                 { "from", "谁转来的", "王芳", 12, false }, { 0 } };
static const slots of_free = { ITEM_, DAY_, TIME_, { 0 } };
static const slots of_off = { ITEM_, DAY_, { 0 } };
static const slots of_meal = { { "sitting", "餐次", "午餐", 2, false },
                               { "until", "截止时间", "今天09:30", 7, false },
                               { "place", "助餐点", "槐安助餐点", 12, false }, { 0 } };
static const slots of_ends = { DAY_, { "org", "机构", "槐安驿站", 12, false }, { 0 } };
static const slots of_package = { { "package", "服务包", "居家照护包", 12, false }, DAY_, { 0 } };
static const slots of_plan = { DAY_, { "count", "几家", "6", 2, false },
                               { "lines", "各家", "09:00张**助浴；10:10李**助洁", 90, false }, { 0 } };
static const slots of_test = { TIME_, { 0 } };

#define ASKED_TEXT "有人申请绑定为您的家属，绑定后可代您下单、看服务记录。同意请到驿站办理，不认识请不用理会。"

const struct message_form message_forms[TELL_KINDS] = {
    [TELL_CODE] = { .slots = of_code, .urgent = true,
        .sms = "验证码{code}，{minutes}分钟内有效。任何人问您要都不要给。",
        .voice = "您的验证码是{code}，{minutes}分钟内有效。任何人问您要都不要给。" },
    [TELL_BOND_ASKED] = { .slots = none, .sms = ASKED_TEXT, .voice = ASKED_TEXT },
    [TELL_BOND_MADE] = { .slots = none, .sms = "老人已同意与您绑定，您可以用本手机号登录查看订单和服务记录。" },
    [TELL_PLACED] = { .slots = of_placed,
        .sms = "已为您预约{day}{time}的服务，订单号{number}。不是您家里人约的，请给驿站打电话。",
        .voice = "您好，已经为您预约了{day}{time}的服务。不是您家里人约的，请给驿站打电话。" },
    [TELL_ARRIVED] = { .slots = of_visit, .optional = true,
        .sms = "{item}：上门的人{time}到了。{link}", .voice = "{item}，上门的人{time}到了。",
        .wechat = "{item}：上门的人{time}到了。" },
    [TELL_DONE] = { .slots = of_visit, .optional = true,
        .sms = "{item}：{time}做完了。{link}", .voice = "{item}，{time}做完了。",
        .wechat = "{item}：{time}做完了。" },
    [TELL_NOT_MET] = { .slots = of_visit, .urgent = true,
        .sms = "{item}：{time}上门没有见到老人，驿站正在联系，请您也打个电话。{link}",
        .voice = "{item}，{time}上门没有见到老人，驿站正在联系，请您也打个电话。",
        .wechat = "{item}：{time}上门没有见到老人，请您也打个电话。" },
    [TELL_CANCELLED] = { .slots = of_order, .optional = true,
        .sms = "{day}{time}的{item}取消了。{link}", .voice = "{day}{time}的{item}取消了。",
        .wechat = "{day}{time}的{item}取消了。" },
    [TELL_CHANGED] = { .slots = of_order, .optional = true,
        .sms = "{item}改到{day}{time}。{link}", .voice = "{item}改到{day}{time}。",
        .wechat = "{item}改到{day}{time}。" },
    [TELL_CARER] = { .slots = of_carer, .optional = true,
        .sms = "{day}{time}的{item}换成{carer}上门。{link}", .voice = "{day}{time}的{item}换成{carer}上门。",
        .wechat = "{day}{time}的{item}换成{carer}上门。" },
    [TELL_TOMORROW] = { .slots = of_carer, .optional = true, .reminder = true,
        .sms = "明天{time}有{item}。{link}", .voice = "明天{time}有{item}。",
        .wechat = "明天{time}有{item}。" },
    [TELL_DIGEST] = { .slots = of_digest, .optional = true,
        .sms = "今天{count}件：{lines}", .voice = "今天{count}件事：{lines}", .wechat = "今天有{count}件事" },
    [TELL_PAUSE_ENDS] = { .slots = of_pause,
        .sms = "暂停的服务{day}到期。要继续暂停，请提前告诉驿站。",
        .voice = "暂停的服务{day}到期。要继续暂停，请提前告诉驿站。", .wechat = "暂停的服务{day}到期" },
    [TELL_MEAL] = { .slots = of_meal, .optional = true,
        .sms = "{place}的{sitting}{until}截止，您还没有订。要订请给驿站打电话，不订不用理会。",
        .voice = "您好，{place}的{sitting}，{until}截止，您还没有订。要订请给驿站打电话，不订不用理会。",
        .wechat = "{sitting}{until}截止，还没有订。" },
    [TELL_AGREEMENT_ENDS] = { .slots = of_ends, .optional = true, .reminder = true,
        .sms = "和{org}的服务协议{day}到期。要继续，请联系驿站续签。",
        .voice = "您好，您和{org}的服务协议{day}到期。要继续，请联系驿站续签。",
        .wechat = "和{org}的服务协议{day}到期。" },
    [TELL_BOND_ENDS] = { .slots = of_pause, .optional = true, .reminder = true,
        .sms = "您与老人的绑定{day}到期，到期后看不到记录、不能代下单。要继续，请联系驿站续期。",
        .voice = "您与老人的绑定{day}到期。要继续，请联系驿站续期。", .wechat = "与老人的绑定{day}到期。" },
    [TELL_PACKAGE_ENDS] = { .slots = of_package, .optional = true, .reminder = true,
        .sms = "服务包“{package}”{day}到期。要继续，请在网上续期或联系驿站；不续的到期后不再上门。",
        .voice = "您好，您的服务包{package}，{day}到期。要继续，请联系驿站续期。",
        .wechat = "服务包“{package}”{day}到期，要续期请点开。" },
    [TELL_DAY_PLAN] = { .slots = of_plan, .urgent = true,
        .sms = "{day}的上门安排共{count}家：{lines}。以此为准，详情请登录查看。",
        .voice = "您好，{day}的上门安排有变，共{count}家，请登录查看。",
        .wechat = "{day}的上门安排共{count}家：{lines}" },
    [TELL_HANDED] = { .slots = of_handed, .sms = "{from}把一件“{what}”转给您，请登录后在待办里查看。",
        .wechat = "{from}把一件“{what}”转给您" },
    [TELL_PLACE_FREE] = { .slots = of_free,
        .sms = "您候补的“{item}”有名额了，请在{day}{time}前到驿站或网上答复，过时让给下一位。",
        .voice = "您候补的{item}有名额了，请在{day}{time}前答复，过时让给下一位。",
        .wechat = "您候补的“{item}”有名额了，请在{day}{time}前答复" },
    [TELL_GATHERING_OFF] = { .slots = of_off,
        .sms = "{day}的“{item}”取消了，不收费。", .voice = "{day}的{item}取消了，不收费。",
        .wechat = "{day}的“{item}”取消了" },
    [TELL_TEST] = { .slots = of_test, .urgent = true, .sms = "通道测试，{time}发出。",
        .voice = "通道测试，{time}发出。", .wechat = "通道测试，{time}" },
};
