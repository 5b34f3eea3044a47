/* module.c - the endpoints of GeoReport v2, each in both writings, and what they say. */

#include "care/open311/inside.h"

#include "care/parameter/parameter.h"
#include "http/describe/gives.h"

static const struct field format_gives[] = {
    SAYS(TEXT, "specification"), SAYS(TEXT, "url"), SAYS(TEXT, "changeset"), SAYS(TEXT, "type"),
    SAYS(LIST, "formats"), { 0 },
};
static const struct field discovery_gives[] = {
    SAYS(TEXT, "changeset"), SAYS(TEXT, "contact"), SAYS(TEXT, "key_service"),
    SAYS(LIST, "endpoints", .record = format_gives), { 0 },
};
static const struct field service_gives[] = {
    SAYS(TEXT, "service_code"), SAYS(TEXT, "service_name"), SAYS(TEXT, "description"),
    SAYS(BOOL, "metadata"), SAYS(TEXT, "type"), SAYS(TEXT, "keywords"), SAYS(TEXT, "group"), { 0 },
};
static const struct field value_gives[] = { SAYS(TEXT, "key"), SAYS(TEXT, "name"), { 0 } };
static const struct field attribute_gives[] = {
    SAYS(BOOL, "variable"), SAYS(TEXT, "code"), SAYS(TEXT, "datatype"), SAYS(BOOL, "required"),
    SAYS(TEXT, "datatype_description"), SAYS(INT, "order"), SAYS(TEXT, "description"),
    MAY_SAY(LIST, "values", .record = value_gives), { 0 },
};
static const struct field definition_gives[] = {
    SAYS(TEXT, "service_code"), SAYS(LIST, "attributes", .record = attribute_gives), { 0 },
};
static const struct field request_gives[] = {
    SAYS(TEXT, "service_request_id"), SAYS(TEXT, "status"), SAYS(TEXT, "status_notes"),
    SAYS(TEXT, "service_name"), SAYS(TEXT, "service_code"), SAYS(TEXT, "agency_responsible"),
    SAYS(MOMENT, "requested_datetime"), SAYS(MOMENT, "updated_datetime"),
    SAYS(MOMENT, "expected_datetime"), MAY_SAY(TEXT, "description"), MAY_SAY(TEXT, "address"),
    MAY_SAY(DEGREES, "lat"), MAY_SAY(DEGREES, "long"), { 0 },
};
static const struct field token_gives[] = { SAYS(TEXT, "service_request_id"),
                                            SAYS(TEXT, "token"), { 0 } };
static const struct field sent_gives[] = {
    SAYS(TEXT, "service_request_id"), SAYS(TEXT, "service_notice"),
    { 0 },
};

#define V2 "/open311/v2/"
#define JSON_ .refuses = open311_refuses
#define XML_  .refuses = open311_refuses, .media = "text/xml"
#define READ_ .verb = GET, .lane = READS, .may = MAY_ANYONE
#define SENT_ .verb = POST, .lane = WRITES, .may = MAY_ANYONE, .raw = true, .no_csrf = true, \
              .no_replay = true, .per_minute = 60

const struct endpoint open311_endpoints[] = {
    { .path = "/open311/discovery.json", JSON_, READ_, .run = discovery_get,
      .gives = discovery_gives, .zh = "Open311：发现", .en = "Open311: discovery" },
    { .path = "/open311/discovery.xml", XML_, READ_, .run = discovery_get,
      .gives = discovery_gives, .zh = "Open311：发现", .en = "Open311: discovery" },
    { .path = V2 "services.json", JSON_, READ_, .run = services_get, .gives = service_gives,
      .gives_many = true, .zh = "Open311：可反映的事项", .en = "Open311: services" },
    { .path = V2 "services.xml", XML_, READ_, .run = services_get, .gives = service_gives,
      .gives_many = true, .zh = "Open311：可反映的事项", .en = "Open311: services" },
    { .path = V2 "services/{code}.json", JSON_, READ_, .run = service_get,
      .gives = definition_gives, .zh = "Open311：事项要填什么", .en = "Open311: a service" },
    { .path = V2 "services/{code}.xml", XML_, READ_, .run = service_get,
      .gives = definition_gives, .zh = "Open311：事项要填什么", .en = "Open311: a service" },
    { .path = V2 "requests.json", JSON_, SENT_, .run = open311_post, .gives = sent_gives,
      .gives_many = true, .zh = "Open311：提交诉求", .en = "Open311: send a request" },
    { .path = V2 "requests.xml", XML_, SENT_, .run = open311_post, .gives = sent_gives,
      .gives_many = true, .zh = "Open311：提交诉求", .en = "Open311: send a request" },
    { .path = V2 "requests.json", JSON_, READ_, .run = requests_get, .gives = request_gives,
      .gives_many = true, .zh = "Open311：诉求列表", .en = "Open311: requests" },
    { .path = V2 "requests.xml", XML_, READ_, .run = requests_get, .gives = request_gives,
      .gives_many = true, .zh = "Open311：诉求列表", .en = "Open311: requests" },
    { .path = V2 "requests/{id}.json", JSON_, READ_, .run = request_get, .gives = request_gives,
      .gives_many = true, .zh = "Open311：一件诉求", .en = "Open311: a request" },
    { .path = V2 "requests/{id}.xml", XML_, READ_, .run = request_get, .gives = request_gives,
      .gives_many = true, .zh = "Open311：一件诉求", .en = "Open311: a request" },
    { .path = V2 "tokens/{id}.json", JSON_, READ_, .run = token_get, .gives = token_gives,
      .gives_many = true, .zh = "Open311：凭条换编号", .en = "Open311: a token" },
    { .path = V2 "tokens/{id}.xml", XML_, READ_, .run = token_get, .gives = token_gives,
      .gives_many = true, .zh = "Open311：凭条换编号", .en = "Open311: a token" },
    { 0 },
};

#define DEFAULTS "系统默认值，待核"
static const struct parameter_default parameters[] = {
    { "open311.jurisdiction", "-", "", "Open311 辖区标识（jurisdiction_id）",
      "Open311: jurisdiction_id", DEFAULTS },
    { "open311.contact", "请向本平台运营单位申请接入密钥", "", "Open311 接入联系方式",
      "Open311: whom to ask for a key", DEFAULTS },
    { 0 },
};

static const struct message messages[] = {
    { "open311.key", "接入密钥（api_key）缺失、不对或已停用",
      "The api_key is missing, wrong or no longer in use" },
    { "open311.form", "读不懂提交的内容：请用 application/x-www-form-urlencoded 或 multipart/form-data，UTF-8",
      "The form cannot be read: send application/x-www-form-urlencoded or multipart/form-data in "
      "UTF-8" },
    { "open311.file", "不收文件，请在 media_url 里给出图片地址",
      "No files are taken; give the picture's address as media_url" },
    { "open311.jurisdiction", "没有这个辖区（jurisdiction_id）", "No such jurisdiction_id" },
    { "open311.service", "没有这个事项（service_code），请看 services",
      "No such service_code; see services" },
    { "open311.request", "没有这件诉求，或不公开", "No such request, or it is not public" },
    { "open311.kind", "请填 consultation、suggestion、complaint 或 help",
      "Give consultation, suggestion, complaint or help" },
    { "open311.long", "不能超过 4000 个字", "At most 4000 characters" },
    { "open311.point", "lat 和 long 要一起给，WGS-84 的度数",
      "Give lat and long together, in degrees of WGS-84" },
    { "open311.outside", "这个位置不在本平台的辖区里", "That point lies outside this platform's area" },
    { "open311.area", "这个密钥不能提交该区划的诉求", "This key does not send for that division" },
    { "open311.address", "地址不认识，请改用 lat 和 long", "Address not known; use lat and long" },
    { "open311.place", "没有这个网点，或未公布", "No such published place" },
    { "open311.where", "请给 lat 和 long、address_string、address_id 或 attribute[place]",
      "Give lat and long, address_string, address_id or attribute[place]" },
    { "open311.datetime", "时间要写成 2026-11-22T09:00:00+08:00",
      "Write a time as 2026-11-22T09:00:00+08:00" },
    { "open311.span", "一次最多查 90 天", "At most 90 days at once" },
    { "open311.status", "只能是 open 或 closed", "open or closed" },
    { 0 },
};

static const struct entity *const entities[] = { &open311_client_entity, NULL };

const struct module open311_module = {
    .name = "open311", .entities = entities, .endpoints = open311_endpoints,
    .parameters = parameters, .messages = messages,
};
const struct module open311_client_module = {
    .name = "open311_client", .endpoints = open311_client_endpoints,
};
