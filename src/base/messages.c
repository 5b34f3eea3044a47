/* messages.c - what base has to say to people. */

#include "base/messages.h"

const struct message base_messages[] = {
    { "done", "完成", "Done" },
    { "malformed",
      "这个请求读不懂，请检查格式后重新提交",
      "This request cannot be read; check its form and send it again" },
    { "sign-in", "请先登录", "Please sign in" },
    { "forbidden",
      "当前账号没有这项权限，如需要请联系本单位管理员",
      "This account may not do that; ask your administrator for the right" },
    { "missing",
      "没有找到，请返回列表重新选择",
      "There is no such thing here; go back to the list and choose again" },
    { "conflict",
      "与已有的安排冲突，请刷新后再试",
      "It clashes with something else; reload and try again" },
    { "too-large",
      "内容超出允许的大小，请缩小后再提交",
      "This is larger than allowed; make it smaller and send it again" },
    { "invalid",
      "有几项需要改一改，请看标出的地方",
      "Some answers need attention; see the marked ones" },
    { "too-many", "操作太频繁，请稍等一会儿再试", "Too many requests; please wait a little" },
    { "broken",
      "系统出了问题，我们已记录；请稍后再试",
      "Something went wrong on our side and is noted; please try again later" },
    { "busy", "现在比较忙，请稍后再试", "We are busy; please try again in a moment" },

    { "fields.invalid",
      "有几项需要改一改，请看标出的地方",
      "Some answers need attention; see the marked ones" },
    { "field.required", "这一项必须填写", "Please fill this in" },
    { "field.unknown",
      "没有这一项，请去掉或检查名称",
      "There is no such field; remove it or check its name" },
    { "field.read_only", "这一项由系统填写，请去掉", "The system sets this field; leave it out" },
    { "field.create_only",
      "这一项建立后不能修改，请去掉",
      "This field cannot change once made; leave it out" },
    { "field.not_text",
      "请填写文字，不要含有控制字符或乱码",
      "Give text (UTF-8) without control characters" },
    { "field.one_line", "请写成一行，不要换行", "Write it on one line" },
    { "field.too_long",
      "最多 {0} 个字，现在是 {1} 个，请缩短",
      "At most {0} characters; this has {1}, please shorten it" },
    { "field.too_short",
      "至少 {0} 个字，现在是 {1} 个，请补充",
      "At least {0} characters; this has {1}, please add to it" },
    { "field.range", "请填写 {0} 到 {1} 之间的值", "Give a value from {0} to {1}" },
    { "field.not_whole", "请填写整数，不要小数点", "Give a whole number without a decimal point" },
    { "field.not_money",
      "金额请以分为单位填写整数，例如 12.50 元填 1250",
      "Give the amount in fen as a whole number: 1250 for 12.50 yuan" },
    { "field.not_number", "请填写数字", "Give a number" },
    { "field.not_yes_no", "请填写“是”或“否”(true 或 false)", "Give yes or no (true or false)" },
    { "field.not_id",
      "编号应是一串数字(以文本形式),请从列表中选择",
      "An id is a string of digits; choose from the list" },
    { "field.not_code", "代码应是一串数字(以文本形式)", "A code is a string of digits" },
    { "field.choice", "请从这些选项中选择：{0}", "Choose one of: {0}" },
    { "field.not_list",
      "请给出一个列表，例如 [\"a\", \"b\"]",
      "Give a list such as [\"a\", \"b\"]" },
    { "field.not_object", "请按分项填写(JSON 对象)", "Give its parts (a JSON object)" },
    { "field.not_moment",
      "时间请写成 2026-11-21T14:30:00+08:00 的样子",
      "Write the time as 2026-11-21T14:30:00+08:00" },
    { "field.not_day", "日期请写成 2026-11-21 的样子", "Write the day as 2026-11-21" },
    { "field.not_json",
      "这一项不是正确的 JSON,请检查括号和引号",
      "This is not correct JSON; check brackets and quotes" },

    { "json.malformed",
      "第 {0} 个字节处不是正确的 JSON,请检查括号、引号和编码(UTF-8)",
      "Not correct JSON at byte {0}; check brackets, quotes and encoding (UTF-8)" },
    { "json.too_deep",
      "第 {0} 个字节处嵌套超过 16 层，请减少层次",
      "Nested more than 16 deep at byte {0}; use fewer levels" },
    { "json.too_many",
      "第 {0} 个字节处内容过多（最多 20000 个值，一个对象 256 项），请分批提交",
      "Too much at byte {0} (at most 20,000 values, 256 members an object); send it in parts" },
    { "json.not_object",
      "请提交一个 JSON 对象，例如 {\"name\": \"…\"}",
      "Send a JSON object such as {\"name\": \"…\"}" },

    { "csv.not_utf8",
      "第 {0} 行不是 UTF-8 编码，请在表格软件中另存为“CSV UTF-8”",
      "Line {0} is not UTF-8; save the sheet as \"CSV UTF-8\"" },
    { "csv.quote",
      "第 {0} 行的引号不成对，请检查这一行的双引号",
      "Line {0}: the quotes do not pair; check its double quotes" },
    { "csv.too_many_columns",
      "第 {0} 行超过 {1} 列，请删去多余的列",
      "Line {0} has more than {1} columns; remove some" },

    { "clock.backwards",
      "服务器时钟刚被调慢，请稍后再试；管理员请检查对时服务",
      "The server's clock was set back; try again soon, and check its time service" },
    { "log.directory",
      "日志文件夹无法写入，请检查路径和权限",
      "The log folder cannot be written; check its path and rights" },
    { 0 },
};

const struct message *message_named(const struct message *table, const char *key)
{
    for (const struct message *m = table; m->key; m++)
        if (sv_is(sv_of(key), m->key))
            return m;
    return NULL;
}

void message_put(struct buf *out, const struct message *m, enum lang lang, struct sv arg0,
                 struct sv arg1)
{
    struct sv rest = sv_of(lang == LANG_ZH ? m->zh : m->en);
    while (rest.len) {
        bool first = sv_starts(rest, SV("{0}")), second = sv_starts(rest, SV("{1}"));
        if (first || second)
            buf_put(out, first ? arg0 : arg1);
        else
            buf_byte(out, rest.at[0]);
        rest = sv_from(rest, first || second ? 3 : 1);
    }
}
