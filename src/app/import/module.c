/* module.c - what the commands add to the house: a table, their sentences, an invariant. */

#include "app/import/import.h"
#include "app/modules.h"
#include "app/roads_file.h"

SQL(check_import_places);

const struct message import_messages[] = {
    { "account.scope", "请用 --scope 给出 2、4、6、9 或 12 位的区划代码",
      "give --scope a division code of 2, 4, 6, 9 or 12 digits" },
    { "account.scope_unknown",
      "没有代码为 {0} 的区划；yike export division --reason setup 列出区划（scope 一列），"
      "还没有时先用 yike import 导入",
      "no division has the code {0}; yike export division --reason setup lists them (column "
      "scope); where there are none yet, yike import first" },
    { "account.org", "没有这个名称的机构；请用 --org 给出机构全称",
      "there is no organisation of that name; give --org its full name" },
    { "account.role", "没有这个角色，或它要在工作台里授予；yike account --help 列出角色",
      "there is no such role, or it is granted in the console; see yike account --help" },
    { "import.batch", "请给出批次编号（导入时显示，或在工作台的导入批次里）",
      "name the batch by its number, as shown when it was taken in" },
    { "import.faults", "文件有误，一行也没有存入；请按上面的提示改好再导入",
      "the file has faults; nothing of it was stored. Mend the lines above and import again" },
    { "import.empty", "文件里没有数据，第一行应是列名",
      "the file is empty; its first line names the columns" },
    { "import.map", "--map 的 {0} 对不上：左边应是我们的列名，右边应是文件里的列名",
      "--map {0} fits nothing: our column stands left, the file's header right" },
    { "import.column_missing", "缺少列 {0}；表头不同时用 --map {0}=表头",
      "column {0} is missing; if it is called otherwise, use --map {0}=HEADER" },
    { "import.column_twice", "有两列都当作 {0}，请去掉一列", "two columns mean {0}; drop one" },
    { "import.too_many", "一个文件最多 1000000 行，请分成几个文件",
      "a file has at most 1,000,000 rows; split it" },
    { "import.id_long", "编号最长 100 个字符", "an id has at most 100 characters" },
    { "import.id_twice", "{0} 在文件里出现了不止一次", "{0} stands in the file more than once" },
    { "import.datum", "坐标系应为 wgs84、gcj02、bd09 或 cgcs2000",
      "the datum is wgs84, gcj02, bd09 or cgcs2000" },
    { "import.kind",
      "不认识的类型 {0}；可用：养老机构、养老服务驿站、区域养老服务中心、日间照料中心、养老助餐点、"
      "老年餐集中配送中心、社区卫生服务机构、药店、便民商户、其他",
      "unknown kind {0}; use institution, station, district_centre, day_centre, meal_point, "
      "central_kitchen, clinic, pharmacy, shop or other" },
    { "import.division", "没有这个代码的行政区划；先导入区划，或改代码",
      "there is no division of this code; import divisions first, or mend the code" },
    { "import.no_division",
      "坐标不在任何区划边界内；请填 division 列，或用 --division 代码、--city 城市名",
      "no division's boundary holds this point; fill the column division, or use --division CODE "
      "or --city NAME" },
    { "import.verified_on", "核实日期写成 2026-11-21，且不能晚于今天",
      "write 2026-11-21, not after today" },
    { "import.parent", "上级代码 {0} 不在文件里，也不在库里",
      "parent {0} is neither in the file nor in the house" },
    { "import.place", "没有编号为 {0} 的网点；请先导入网点（--source 要相同）",
      "there is no place {0}; import places first, with the same --source" },
    { "import.inside", "没有编号为 {0} 的小区（楼栋）；请先导入它（--source 要相同）",
      "there is no compound (building) {0}; import it first, with the same --source" },
    { "import.item", "服务目录里没有 {0}；请改名，或加 category 列写明类别以新建",
      "the catalogue has no {0}; use its name, or a column category to make it" },
    { "import.price", "价格写成元，如 12.50", "give the price in yuan, such as 12.50" },
    { "import.key_gone", "以前导入的一行已不在库里，请运行 yike check",
      "a row of an earlier import is gone; run yike check" },
    { "import.file", "打不开或读不了这个文件", "the file cannot be opened or read" },
    { "import.large", "文件太大，最多 512 MB，请分成几个文件",
      "the file is larger than 512 MB; split it" },
    { "export.entity", "没有这种数据；yike --help 列出命令，接口 /api/meta 列出数据名",
      "there is no such entity; GET /api/meta lists their names" },
    { "export.output", "写不到标准输出，磁盘可能已满",
      "standard output cannot be written; the disk may be full" },
    { "backup.write", "备份写不进去，磁盘可能已满或没有权限",
      "the file cannot be written: disk full, or no right" },
    { "backup.read", "有文件读不出来，备份没有做成",
      "a file cannot be read, so no backup was made" },
    { "data.missing", "没有这个数据目录；yike migrate 或 yike demo 会建立它",
      "there is no such data folder; yike migrate or yike demo makes it" },
    { "data.folder", "数据目录建不了或用不了，请检查权限",
      "the data folder cannot be made or used; check its rights" },
    { "data.clock",
      "YIKE_CLOCK 或 --clock 要写成 2026-11-21T09:00:00+08:00（停在这一刻）或 +3600（快一小时）",
      "YIKE_CLOCK or --clock is a moment such as 2026-11-21T09:00:00+08:00 at which time stands, "
      "or seconds ahead of the machine such as +3600" },
    { "roads.folder", "路网目录读写失败，请检查权限和磁盘",
      "the roads folder cannot be read or written" },
    { "demo.not_empty", "库里已有数据，演示城市只建在空库里；换一个 --data",
      "the database holds data; the demo city is made in an empty one: choose another --data" },
    { 0 },
};

static const struct invariant invariants[] = {
    { "import_keys", "导入编号指向的网点都在", &sql_check_import_places },
    { 0 },
};

/* `yike import roads` says so. The directory is built on the streets: this module stands before. */
static const char *const held[] = { "roads", NULL };

const struct module commands_module = {
    .name = "commands",
    .tables = import_tables,
    .messages = import_messages,
    .invariants = invariants,
    .refresh = roads_file_refresh,
    .refresh_on = held,
};
