/* words.c - what offices call our fields, and how a list's row is known again: data. */

#include "care/intake/inside.h"

#include "care/bed/bed.h"
#include "care/carer/carer.h"
#include "care/compound/compound.h"
#include "care/elder/elder.h"
#include "care/office/office.h"
#include "care/package/package.h"
#include "care/place/place.h"
#include "care/property/property.h"
#include "care/request/request.h"

static const struct import_word elder_words[] = {
    { "name", "姓名 老人姓名 老年人姓名 名字 老人名字 本人姓名 长者姓名 居民姓名 老人", "王淑兰" },
    { "id_number",
      "身份证号 身份证号码 证件号码 证件号 身份证 公民身份号码 老人身份证号 居民身份证号 身份证件号码",
      "990105194912310021" },
    { "document", "证件类型 证件种类", "居民身份证" },
    { "gender", "性别", "女" },
    { "birth", "出生日期 出生年月 出生年月日 生日 出生时间 出生", "1949-12-31" },
    { "phone",
      "联系电话 电话 手机 手机号 手机号码 联系方式 本人电话 家庭电话 家属电话 联系人电话 电话号码 固定电话",
      "10012345678" },
    { "residence",
      "居住情况 户籍类型 人口类型 户籍状态 人户情况 居住状况 居住类型 人口性质 人口属性 户籍性质 户籍/常住 "
      "户籍/常住/流动 常住/流动", "户籍" },
    { "flags", "特殊困难标识 人员类别 困难类型 老人类型 类别 特殊情况 人群类别", "独居、低保" },
    { "grade", "能力等级 失能等级 评估等级 能力评估等级 评估结果", "中度失能" },
    { "grade_on", "评估日期 评估时间", "2026-03-01" },
    { "grade_source", "评估依据 评估机构 评估文号", "区评估中心 2026-031" },
    { "division", "所在社区 社区 居委会 村居 居(村)委会 所属社区 社区名称 村(居) 所属村居", "柳荫社区" },
    { "compound", "小区 小区名称 所在小区 居住小区", "" },
    { "building", "楼栋 楼号 幢", "12" },
    { "entrance", "单元 单元号 门洞", "3" },
    { "room", "房号 室 门牌号 房间号", "502" },
    { "address", "家庭住址 现住址 住址 地址 居住地址 家庭地址 常住地址 详细地址 详细住址 现居住地 居住地 现居住地址 "
      "实际居住地 实际居住地址 家庭详细地址 家庭详细住址 通讯地址 住所", "" },
    { "household_no", "户号 户籍号 户口簿号 户编号 家庭编号", "" },
    { "household_head", "户主 户主姓名", "" },
    { "household_role", "与户主关系 与户主的关系 户主关系 家庭关系", "配偶" },
    { "died_on", "死亡日期 去世日期 死亡时间", "" },
    { "note", "备注 说明 备注说明 情况说明 其他", "" },
    { 0 },
};

static const struct import_word contact_words[] = {
    { "elder", "老年人 老人姓名 老人", "" },
    { "name", "联系人 联系人姓名 家属姓名 家属", "" },
    { "relation", "关系 与老人关系 称谓", "子女" },
    { "phone", "电话 联系电话 家属电话 手机 联系人电话", "10012345678" },
    { "emergency", "紧急联系人", "是" },
    { 0 },
};

static const struct import_word organisation_words[] = {
    { "name", "机构名称 单位名称 名称 企业名称 机构", "柳荫街道养老照料中心" },
    { "kind", "机构类型 单位类型 类型 机构类别", "养老机构" },
    { "uscc", "统一社会信用代码 信用代码 社会信用代码", "" },
    { "division", "所在区划 所属街道 街道 所在街道 所在社区", "柳荫街道" },
    { "legal_person", "法定代表人 法人 负责人 法人代表", "" },
    { "phone", "联系电话 电话 机构电话", "" },
    { "duty_phone", "值班电话 24小时电话", "" },
    { "address", "地址 机构地址 住所 注册地址", "" },
    { "description", "简介 说明 机构简介", "" },
    { 0 },
};

static const struct import_word place_words[] = {
    { "name", "网点名称 场所名称 名称 站点名称 驿站名称", "柳荫社区养老服务驿站" },
    { "org", "所属机构 机构 运营机构 运营单位", "" },
    { "kind", "类型 网点类型 场所类型", "养老服务驿站" },
    { "lat", "纬度", "39.9123" },
    { "lon", "经度", "116.4123" },
    { "datum", "坐标系", "" },
    { "address", "地址 详细地址 网点地址", "" },
    { "phone", "电话 联系电话", "" },
    { "hours", "营业时间 服务时间 开放时间", "Mo-Fr 08:00-17:00" },
    { "beds_total", "床位数 床位总数 床位", "" },
    { "capacity", "可容纳人数 餐位 餐位数", "" },
    { 0 },
};

static const struct import_word carer_words[] = {
    { "org", "所属机构 机构 单位 工作单位 所在机构", "" },
    { "name", "姓名 护理员 护理员姓名 员工姓名 名字", "" },
    { "gender", "性别", "女" },
    { "phone", "电话 联系电话 手机 手机号 手机号码", "10012345678" },
    { "skills", "技能 服务技能 工种 特长", "助浴、助洁" },
    { "employed_from", "入职日期 入职时间 参加工作时间", "2026-03-01" },
    { "about", "简介 备注 说明", "" },
    { 0 },
};

static const struct import_word compound_words[] = {
    { "name", "小区名称 小区 名称", "柳荫花园" },
    { "aliases", "别名 曾用名 俗称", "" },
    { "division", "所在社区 社区 居委会 所属社区", "" },
    { "address", "地址 详细地址", "" },
    { "lat", "纬度", "" },
    { "lon", "经度", "" },
    { "households", "户数 总户数", "" },
    { 0 },
};

static const struct import_word entry_words[] = {
    { "list", "名单", "" },
    { "name", "姓名 死者姓名 逝者姓名 参保人姓名 老人姓名 本人姓名", "王淑兰" },
    { "id_number", "身份证号 身份证号码 证件号码 公民身份号码 身份证 社会保障号码", "990105194912310021" },
    { "birth", "出生日期 出生年月 出生年月日 生日", "1949-12-31" },
    { "address", "家庭住址 住址 地址 户籍地址 居住地址 常住地址", "杏花里 6号楼 402" },
    { "happened_on",
      "死亡日期 火化日期 去世日期 死亡时间 火化时间 认证日期 办理日期 认定日期 享受日期 日期", "2026-10-08" },
    { "answer", "结果 比对结果 认证结果 是否享受 是否领取 是否在册", "是" },
    { "detail", "内容 等级 残疾等级 类别 备注 说明 享受项目", "" },
    { 0 },
};

static const struct import_word request_words[] = {
    { "number12345", "工单编号 工单号 12345编号 诉求编号 受理编号 派单编号 热线工单号 编号", "JZ202611220001" },
    { "kind", "诉求类型 诉求类别 工单类型 类型 类别 诉求性质", "投诉" },
    { "topic", "问题分类 事项 诉求分类 问题类别 所属领域", "助餐送餐" },
    { "came_on", "来电时间 反映时间 受理时间 诉求时间 来电日期 受理日期 派单时间", "2026-11-20" },
    { "name", "来电人 诉求人 反映人 市民姓名 来电人姓名 联系人", "" },
    { "phone", "来电号码 联系电话 联系方式 电话 来电电话", "10012345678" },
    { "division", "所属街道 街道 街道(乡镇) 所属社区 社区 承办单位 属地", "柳荫街道" },
    { "place", "涉及网点 网点 被反映网点", "" },
    { "org", "被反映单位 被诉单位 涉及单位 机构名称", "" },
    { "matter", "诉求内容 主要内容 反映内容 工单内容 诉求描述 来电内容 内容", "送餐的饭是凉的" },
    { "hidden", "是否保密 保密 是否匿名", "否" },
    { "city_due", "办结期限 办理期限 回复期限 要求办结时间 截止日期 截止时间", "2026-12-01" },
    { 0 },
};

static const struct import_word bed_words[] = {
    { "division", "街道 街道(乡镇) 所属街道 乡镇 所在街道 区划", "柳荫街道" },
    { "kind", "床位类别 类别 床位类型 类型", "驿站临时托养床位" },
    { "as_of", "截至日期 统计日期 截止日期 日期 数据日期", "2026-10-31" },
    { "have", "床位数 现有床位 床位 总床位 床位总数 建成床位", "24" },
    { "used", "在用床位 已用 在用 已用床位 入住 使用床位", "18" },
    { "source", "来源 数据来源 填报单位 报送单位", "街道民政办月报" },
    { "note", "备注 说明", "" },
    { 0 },
};

static const struct import_word package_words[] = {
    { "name", "服务包 服务包名称 名称 套餐名称", "居家照护包" },
    { "org", "机构 所属机构 服务机构", "" },
    { "about", "介绍 说明 内容说明", "每周上门洗澡，每月打扫和陪伴" },
    { "kinds", "类别 服务类别", "护" },
    { "min_age", "年龄不低于 最低年龄 年龄", "" },
    { "grade", "能力等级 失能等级", "" },
    { "payer", "由谁承担 承担方 资金来源", "政府购买" },
    { "months", "一期几个月 期限（月） 期限 月数", "6" },
    { "valid_from", "生效 生效日期 起始日期", "2026-01-01" },
    { "source", "依据 文件 来源", "试行办法" },
    { 0 },
};

static const struct import_word package_item_words[] = {
    { "service_package", "服务包 服务包名称 套餐名称", "居家照护包" },
    { "item", "服务项目 项目 项目名称", "上门助浴" },
    { "times", "次数 几次", "1" },
    { "period", "周期 频次", "每周" },
    { "own_price", "每次自付 自付单价 自付", "15.00" },
    { 0 },
};

static const struct import_word property_words[] = {
    { "name", "房产名称 房屋名称 物业名称 资产名称 名称 项目名称", "柳荫社区原锅炉房" },
    { "kind", "房产类型 房屋类型 资产类型 类型 用途", "社区用房" },
    { "division", "所在社区 社区 居委会 所属社区 所在街道 街道", "柳荫社区" },
    { "address", "地址 房屋坐落 坐落 详细地址 位置 房屋地址", "柳荫一街 21 号" },
    { "lat", "纬度", "39.9123" },
    { "lon", "经度", "116.4123" },
    { "datum", "坐标系", "" },
    { "area_m2", "建筑面积 面积 建筑面积（平方米） 面积（平方米） 可用面积", "260" },
    { "floors", "楼层 所在楼层", "1 层" },
    { "rent", "年租金 租金 租金（元/年）", "60000.00" },
    { "cost", "改造费用 改造费用估算 改造估算 费用", "220000.00" },
    { "owner", "产权单位 产权人 权属单位 管理单位", "" },
    { "source", "来源 数据来源 填报单位 报送单位", "街道资产台账" },
    { "as_of", "核实日期 统计日期 日期", "2026-10-31" },
    { "note", "备注 说明", "" },
    { 0 },
};

const struct import_rule import_rules[] = {
    { .entity = &elder_entity, .words = elder_words, .key = "id_number",
      .match = { { "name", 40 }, { "birth", 30 }, { "phone", 30 }, { "address", 20 } },
      .remarks = "note", .phone = "phone" },
    { .entity = &contact_entity, .words = contact_words,
      .match = { { "name", 40 }, { "elder", 30 }, { "phone", 30 } } },
    { .entity = &organisation_entity, .words = organisation_words, .key = "uscc",
      .match = { { "name", 60 }, { "address", 20 } } },
    { .entity = &place_entity, .words = place_words,
      .match = { { "name", 60 }, { "org", 20 }, { "address", 20 } } },
    { .entity = &carer_entity, .words = carer_words,
      .match = { { "name", 40 }, { "org", 20 }, { "phone", 40 } } },
    { .entity = &compound_entity, .words = compound_words,
      .match = { { "name", 60 }, { "division", 20 } } },
    { .entity = &office_entry_entity, .words = entry_words },
    { .entity = &request_entity, .words = request_words, .key = "number12345" },
    { .entity = &bed_count_entity, .words = bed_words },
    { .entity = &property_entity, .words = property_words,
      .match = { { "name", 60 }, { "address", 40 } } },
    { .entity = &service_package_entity, .words = package_words,
      .match = { { "name", 60 }, { "org", 40 } } },
    { .entity = &package_item_entity, .words = package_item_words,
      .match = { { "service_package", 50 }, { "item", 50 } } },
    { 0 },
};

const struct import_choice import_choices[] = {
    { "kind", "投诉举报", "complaint" }, { "kind", "举报", "complaint" },
    { "kind", "咨询类", "consultation" }, { "kind", "投诉类", "complaint" },
    { "kind", "建议类", "suggestion" }, { "kind", "求助类", "help" },
    { "topic", "助餐", "meal" }, { "topic", "送餐", "meal" }, { "topic", "养老院", "institution" },
    { "topic", "补贴", "subsidy" }, { "topic", "收费", "fee" }, { "topic", "驿站", "station" },
    { "kind", "驿站床位", "station" }, { "kind", "临时托养床位", "station" },
    { "kind", "托养床位", "station" }, { "kind", "家庭养老床位", "home" },
    { "kind", "家庭床位", "home" }, { "kind", "养老家庭照护床位", "home" },
    { "answer", "有", "yes" }, { "answer", "无", "no" }, { "answer", "√", "yes" },
    { "answer", "通过", "yes" }, { "answer", "未通过", "no" },
    { "gender", "男性", "male" }, { "gender", "女性", "female" }, { "gender", "1", "male" },
    { "gender", "2", "female" }, { "gender", "M", "male" }, { "gender", "F", "female" },
    { "gender", "男士", "male" }, { "gender", "女士", "female" },
    { "document", "身份证", "citizen" }, { "document", "二代身份证", "citizen" },
    { "residence", "本地户籍", "registered" }, { "residence", "户籍人口", "registered" },
    { "residence", "在籍", "registered" }, { "residence", "常住人口", "resident" },
    { "residence", "外地", "floating" }, { "residence", "流动人口", "floating" },
    { "flags", "独居老人", "living_alone" }, { "flags", "空巢老人", "empty_nest" },
    { "flags", "特困", "destitute" }, { "flags", "五保", "destitute" },
    { "flags", "低保户", "minimum_income" }, { "flags", "低收入", "near_minimum" },
    { "flags", "低保边缘", "near_minimum" }, { "flags", "失独", "special_family" },
    { "flags", "计生特殊家庭", "special_family" }, { "flags", "优抚对象", "veteran" },
    { "flags", "残疾", "disabled" }, { "flags", "重度残疾", "disabled" },
    { "grade", "自理", "intact" }, { "grade", "完好", "intact" }, { "grade", "轻度", "mild" },
    { "grade", "中度", "moderate" }, { "grade", "重度", "severe" }, { "grade", "完全", "total" },
    { "grade", "全失能", "total" },
    { "relation", "儿子", "child" }, { "relation", "女儿", "child" }, { "relation", "子", "child" },
    { "relation", "女", "child" }, { "relation", "老伴", "spouse" }, { "relation", "妻", "spouse" },
    { "relation", "夫", "spouse" }, { "relation", "孙子", "grandchild" },
    { "relation", "邻居", "neighbour" },
    { 0 },
};

const struct import_rule *import_rule_of(struct sv entity)
{
    for (const struct import_rule *r = import_rules; r->entity; r++)
        if (sv_is(entity, r->entity->name))
            return r;
    return NULL;
}
