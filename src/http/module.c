/* module.c - what http itself answers, and the sentences of its refusals. */

#include "http/bulk.h"
#include "http/file/file.h"
#include "http/describe/gives.h"
#include "http/health.h"
#include "http/describe/meta.h"
#include "http/describe/openapi.h"
#include "http/file/file_small.h"
#include "http/wire/stream.h"

static const struct field live_gives[] = { SAYS(BOOL, "ok"), { 0 } };
static const struct field health_gives[] = {
    SAYS(BOOL, "ok"), SAYS(TEXT, "version"), SAYS(MOMENT, "now"), { 0 },
};

static const struct field choice_gives[] = { SAYS(TEXT, "key"), SAYS(TEXT, "label"), { 0 } };
static const struct field field_gives[] = {
    SAYS(TEXT, "name"), SAYS(TEXT, "kind"), SAYS(TEXT, "label"), MAY_SAY(TEXT, "hint"),
    MAY_SAY(TEXT, "class"), MAY_SAY(BOOL, "required"), MAY_SAY(BOOL, "read_only"),
    MAY_SAY(BOOL, "create_only"), MAY_SAY(BOOL, "filter"), MAY_SAY(BOOL, "brief"),
    MAY_SAY(BOOL, "search"), MAY_SAY(BOOL, "many_lines"), MAY_SAY(INT, "low"),
    MAY_SAY(INT, "high"), MAY_SAY(LIST, "choices", .record = choice_gives),
    MAY_SAY(TEXT, "links"), { 0 },
};
static const struct field sort_gives[] = {
    SAYS(TEXT, "name"), SAYS(TEXT, "label"), MAY_SAY(BOOL, "down"), { 0 },
};
static const struct field step_gives[] = {
    SAYS(TEXT, "name"), SAYS(TEXT, "label"), SAYS(TEXT, "from"), SAYS(TEXT, "to"),
    MAY_SAY(BOOL, "reason"), MAY_SAY(BOOL, "danger"),
    SAYS(LIST, "fields", .record = field_gives), { 0 },
};
static const struct field entity_gives[] = {
    SAYS(TEXT, "name"), SAYS(TEXT, "label"), SAYS(TEXT, "kind"), MAY_SAY(TEXT, "menu"),
    MAY_SAY(TEXT, "title"), MAY_SAY(TEXT, "state"), MAY_SAY(TEXT, "elder"),
    MAY_SAY(TEXT, "found_by", .zh = "按哪条关联的名字查到", .en = "The link whose words find it"),
    MAY_SAY(BOOL, "create"), MAY_SAY(BOOL, "update"), MAY_SAY(BOOL, "reveal"),
    MAY_SAY(BOOL, "files"), MAY_SAY(BOOL, "history"),
    SAYS(LIST, "fields", .record = field_gives), SAYS(LIST, "sorts", .record = sort_gives),
    SAYS(LIST, "steps", .record = step_gives), { 0 },
};
static const struct field meta_gives[] = {
    SAYS(LIST, "entities", .record = entity_gives), { 0 },
};

static const struct endpoint endpoints[] = {
    { GET, "/healthz", health_get, READS, MAY_ANYONE, .zh = "是否正常", .en = "Is it well?",
      .gives = health_gives },
    { GET, "/livez", live_get, MEMORY, MAY_ANYONE, .zh = "是否在运行",
      .en = "Is it alive?", .gives = live_gives },
    { GET, "/metrics", metrics_get, MEMORY, MAY_ANYONE, .media = "text/plain", .zh = "运行指标",
      .en = "Figures for Prometheus" },
    { GET, "/api/openapi.json", openapi_get, MEMORY, MAY_ANYONE, .zh = "接口文档",
      .en = "This document" },
    { GET, "/api/meta", meta_get, READS, MAY_SIGNED_IN, .zh = "界面所需的表描述", .gives = meta_gives,
      .en = "Entities as the caller may use them" },
    { GET, "/api/events", events_get, READS, MAY_SIGNED_IN, .media = "text/event-stream",
      .zh = "变更通知（SSE）", .en = "Changes as server-sent events" },
    { POST, "/api/bulk", bulk_post, WRITES, MAY_SIGNED_IN, .takes = bulk_fields,
      .takes_size = sizeof(struct bulk), .gives = bulk_gives, .zh = "对多行做同一操作",
      .en = "One step for many rows" },
    { 0 },
};

static const struct message messages[] = {
    { "http.path_unknown", "没有这个地址", "there is nothing at this address" },
    { "http.path_form", "地址写法不正确", "this address cannot be read" },
    { "http.method", "不支持这种请求方法", "this method is not known here" },
    { "http.method_here", "这个地址不支持这种请求方法", "this address does not take this method" },
    { "http.version", "只支持 HTTP/1.1", "only HTTP/1.1 is spoken here" },
    { "http.uri_long", "地址过长", "the address is too long" },
    { "http.headers_many", "请求头过多", "there are too many headers" },
    { "http.header_form", "请求头写法不正确", "a header cannot be read" },
    { "http.header_twice", "同一请求头出现了两次", "a header stands twice" },
    { "http.host", "缺少 Host 或写法不正确", "Host is missing or cannot be read" },
    { "http.length", "Content-Length 不是数字", "Content-Length is no number" },
    { "http.two_lengths", "请求长度有两种说法", "the request's length is said in two ways" },
    { "http.transfer_encoding", "只支持 chunked 传输", "only chunked transfer is known" },
    { "http.body_unwanted", "这种请求不能带正文", "this request takes no body" },
    { "http.body_large", "正文过大，请缩小后再试", "the body is too large, please send less" },
    { "http.json_wanted", "正文应为 application/json", "the body must be application/json" },
    { "http.query_form", "查询参数写法不正确", "the query cannot be read" },
    { "http.reason_form", "理由或用途写法不正确", "reason or purpose cannot be read" },
    { "http.origin", "请从本站页面操作", "please use this site's own pages" },
    { "http.csrf", "页面已过期，请刷新后再试", "the page has expired, please reload it" },
    { "sign_in.needed", "请先登录", "please sign in first" },
    { "if_match.required", "请先读取最新内容再修改（If-Match）",
      "read it first, then change it (If-Match)" },
    { "events.many", "打开的页面过多，请关闭一些", "too many pages are open, please close some" },
    { "bulk.none", "请至少选择一行", "choose at least one row" },
    { "bulk.many", "一次最多 {0} 行，请分批", "at most {0} rows at once; send them in parts" },
    { "bulk.twice", "同一行选了两次", "a row stands twice" },
    { "file.type", "请上传 JPEG、PNG、WebP 图片、PDF，或 WebM、OGG、M4A 录音",
      "please send a JPEG, PNG or WebP picture, a PDF, or a WebM, Ogg or M4A recording" },
    { "file.small", "还没有小图", "there is no small picture yet" },
    { "file.many", "附件已满 50 个", "there are 50 files already" },
    { "file.closed", "这类附件只有负责审核的工作人员可以打开",
      "only staff who decide on this may open its files" },
    { "listen.taken", "端口已被占用，请换一个", "the port is taken, please choose another" },
    { "listen.address", "监听地址写法不正确", "this is no address to listen on" },
    { 0 },
};

static const struct job_kind jobs[] = {
    { .name = "file_small", .run = job_file_small, .tries_max = 3 },
    { .name = "file.sweep", .run = job_file_sweep }, { 0 },
};
static const struct schedule schedules[] = {
    { .name = "file.sweep", .job = "file.sweep", .every_s = 3600 }, { 0 },
};

const struct module http_module = {
    .name = "http", .endpoints = endpoints, .messages = messages, .tables = file_tables,
    .jobs = jobs, .schedules = schedules,
};
