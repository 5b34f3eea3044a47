/* batch.c - sources, batches and lines: their tables. */

#include "care/intake/inside.h"

const struct choice batch_states[] = {
    { "uploaded", "待对应", "to be mapped" },   { "checking", "检查中", "being checked" },
    { "checked", "待确认", "to be confirmed" }, { "running", "导入中", "being stored" },
    { "done", "已导入", "stored" },             { "stopped", "已中止", "stopped" },
    { "undoing", "撤销中", "being undone" },    { "undone", "已撤销", "undone" },
    { "cancelled", "已取消", "cancelled" },     { "failed", "未成功", "failed" },
    { 0 },
};

const struct choice verdicts[] = {
    { "new", "新增", "new" },           { "changed", "有变化", "changed" },
    { "same", "无变化", "unchanged" },  { "doubt", "疑似同一人", "in doubt" },
    { "wrong", "有错误", "wrong" },     { "outside", "不在辖区", "outside your area" },
    { 0 },
};

const struct choice line_states[] = {
    { "open", "待处理", "open" },       { "same", "是同一个", "the same" },
    { "apart", "不是同一个", "another" }, { "skipped", "不导入", "left out" },
    { "applied", "已导入", "stored" },  { "undone", "已撤销", "undone" },
    { "kept", "撤销时保留", "kept" },   { 0 },
};

/* --- sources --- */

const struct field import_source_fields[] = {
    ROW_FIELDS(struct import_source),
    FIELD(struct import_source, name, .required = true, .high = 60, .filter = true, .brief = true,
          .zh = "来源", .en = "Source"),
    FIELD(struct import_source, entity, .create_only = true, .required = true, .high = 48,
          .filter = true, .brief = true, .zh = "数据", .en = "Records"),
    LINK(struct import_source, org, "organisation", .read_only = true, .zh = "机构",
         .en = "Organisation"),
    FIELD(struct import_source, mapping, .read_only = true, .zh = "列的对应", .en = "Mapping"),
    FIELD(struct import_source, used_at, .read_only = true, .brief = true, .zh = "上次使用",
          .en = "Last used"),
    { 0 },
};
static const struct index source_indexes[] = {
    { .name = "name", .columns = "entity, name, id" },
    { .name = "called", .columns = "name, id" },
    { 0 },
};
static const struct sort source_sorts[] = { { "name", "name", false, "来源", "Source" }, { 0 } };

const struct entity import_source_entity = {
    .name = "import_source", .zh = "名单来源", .en = "Source of lists",
    .size = sizeof(struct import_source), .fields = import_source_fields,
    .indexes = source_indexes, .sorts = source_sorts, .title = "name", .reads = MAY_IMPORT,
    .writes = MAY_IMPORT, .no_create = true, .seen_by_org = "org = $", .menu = "lists",
};

/* --- batches --- */

const struct field import_batch_fields[] = {
    ROW_FIELDS(struct import_batch),
    FIELD(struct import_batch, entity, .read_only = true, .filter = true, .brief = true,
          .zh = "数据", .en = "Records"),
    FIELD(struct import_batch, file_name, .read_only = true, .brief = true, .zh = "文件",
          .en = "File"),
    LINK(struct import_batch, source, "import_source", .read_only = true, .filter = true,
         .brief = true, .zh = "来源", .en = "Source"),
    LINK(struct import_batch, account, "account", .read_only = true, .brief = true,
         .zh = "上传人", .en = "Uploaded by"),
    LINK(struct import_batch, org, "organisation", .read_only = true, .zh = "机构",
         .en = "Organisation"),
    CHOICE(struct import_batch, state, batch_states, .read_only = true, .filter = true,
           .brief = true, .zh = "状态", .en = "State"),
    FIELD(struct import_batch, size, .read_only = true, .zh = "字节", .en = "Bytes"),
    FIELD(struct import_batch, file_hash, .read_only = true, .zh = "文件散列", .en = "File's hash"),
    FIELD(struct import_batch, sheet, .read_only = true, .zh = "工作表", .en = "Sheet"),
    FIELD(struct import_batch, header_row, .read_only = true, .zh = "表头行", .en = "Header row"),
    FIELD(struct import_batch, header_rows, .read_only = true, .zh = "表头行数",
          .en = "Header's rows"),
    FIELD(struct import_batch, mapping, .read_only = true, .zh = "列的对应", .en = "Mapping"),
    FIELD(struct import_batch, take_phones, .read_only = true, .zh = "采用备注中的电话",
          .en = "Telephones from remarks"),
#define COUNT(m, label_zh, label_en)                                                             \
    { .name = #m, .kind = KIND_INT, .offset = offsetof(struct import_batch, counts.m),           \
      .read_only = true, .zh = label_zh, .en = label_en }
    COUNT(rows_n, "行数", "Rows"),
    COUNT(new_n, "新增", "New"),
    COUNT(changed_n, "有变化", "Changed"),
    COUNT(same_n, "无变化", "Unchanged"),
    COUNT(doubt_n, "疑似同一人", "In doubt"),
    COUNT(wrong_n, "有错误", "Wrong"),
    COUNT(outside_n, "不在辖区", "Outside"),
    COUNT(hint_n, "备注中有电话", "Telephones in remarks"),
#undef COUNT
    FIELD(struct import_batch, added_n, .read_only = true, .brief = true, .zh = "已新增",
          .en = "Added"),
    FIELD(struct import_batch, updated_n, .read_only = true, .brief = true, .zh = "已更新",
          .en = "Updated"),
    FIELD(struct import_batch, undone_n, .read_only = true, .zh = "已撤销", .en = "Undone"),
    FIELD(struct import_batch, kept_n, .read_only = true, .zh = "撤销时保留", .en = "Kept"),
    FIELD(struct import_batch, trouble, .read_only = true, .high = 500, .zh = "问题",
          .en = "Trouble"),
    FIELD(struct import_batch, sealed_hash, .read_only = true, .hidden = true, .zh = "存档",
          .en = "Kept file"),
    FIELD(struct import_batch, returned_hash, .read_only = true, .hidden = true, .zh = "退回文件",
          .en = "Returned file"),
    FIELD(struct import_batch, ran_as, .read_only = true, .hidden = true, .zh = "执行身份",
          .en = "In whose name"),
    FIELD(struct import_batch, job, .read_only = true, .hidden = true, .code = true, .low = 0,
          .high = INT64_MAX, .zh = "任务", .en = "Job"),
    { 0 },
};
static const struct index batch_indexes[] = {
    { .name = "entity", .columns = "entity, id" },
    { .name = "source", .columns = "source, id" },
    { .name = "state", .columns = "state, id" },
    { 0 },
};
static const struct sort batch_sorts[] = {
    { "created", "id", true, "上传先后", "Uploaded" }, { 0 },
};

const struct entity import_batch_entity = {
    .name = "import_batch", .zh = "导入批次", .en = "Import batch",
    .size = sizeof(struct import_batch), .fields = import_batch_fields, .indexes = batch_indexes,
    .sorts = batch_sorts, .state = "state", .steps = batch_steps, .title = "file_name",
    .reads = MAY_IMPORT, .writes = MAY_IMPORT, .no_create = true, .no_update = true,
    .seen_by_org = "org = $", .menu = "lists",
};

/* --- lines --- */

const struct field import_line_fields[] = {
    ROW_FIELDS(struct import_line),
    LINK(struct import_line, batch, "import_batch", .read_only = true, .filter = true,
         .zh = "批次", .en = "Batch"),
    FIELD(struct import_line, line, .read_only = true, .brief = true, .zh = "行", .en = "Line"),
    CHOICE(struct import_line, verdict, verdicts, .read_only = true, .filter = true,
           .brief = true, .zh = "结果", .en = "Verdict"),
    CHOICE(struct import_line, state, line_states, .read_only = true, .filter = true,
           .brief = true, .zh = "处理", .en = "State"),
    FIELD(struct import_line, faults, .read_only = true, .high = 1000, .brief = true,
          .zh = "说明", .en = "What to mend"),
    FIELD(struct import_line, row_id, .read_only = true, .code = true, .low = 0,
          .high = INT64_MAX, .zh = "记录", .en = "Record"),
    FIELD(struct import_line, points, .read_only = true, .zh = "相符程度", .en = "Points"),
    FIELD(struct import_line, row_version, .read_only = true, .zh = "导入后的版本",
          .en = "Version it left"),
    FIELD(struct import_line, was, .read_only = true, .hidden = true, .class = SECRET,
          .high = 100000, .zh = "原来的值", .en = "Earlier values"),
    { 0 },
};
static const struct index line_indexes[] = {
    { .name = "batch", .columns = "batch, id" },
    { .name = "line", .columns = "batch, line, id" },
    { .name = "verdict", .columns = "verdict, id" },
    { .name = "row", .columns = "row_id, id", .where = "row_id > 0" },
    { .name = "state", .columns = "state, id" },
    { .name = "doubts", .columns = "verdict, state, scope, id" },
    { 0 },
};
static const struct sort line_sorts[] = { { "line", "line", false, "行", "Line" },
                                          { "created", "id", true, "先后", "Order" }, { 0 } };

/* Only a doubt has something to decide. */
static enum err doubtful(struct ctx *c, const void *row)
{
    const struct import_line *l = row;
    struct import_batch b;
    bool found;
    TRY(entity_load(c, &import_batch_entity, l->batch.n, &b, &found));
    bool open = found && (b.state == BATCH_CHECKED || b.state == BATCH_DONE
                          || b.state == BATCH_STOPPED);
    return l->verdict == VERDICT_DOUBT && open ? ERR_NONE
         : fail(c, ERR_CONFLICT, "intake.no_doubt", "line %lld is not in doubt",
                (long long)l->id.n);
}

static enum err kept_effect(struct ctx *c, void *row, const void *input)
{
    (void)input;
    ((struct import_line *)row)->faults =
        house_message(c->house, &c->mem, LANG_ZH, "intake.kept", SV(""), SV(""));
    return ERR_NONE;
}

static const struct step line_steps[] = {
    { .from = "open,apart,skipped", .action = "same", .to = "same", .may = RIGHT(MAY_IMPORT),
      .guard = doubtful, .zh = "是同一个", .en = "The same" },
    { .from = "open,same,skipped", .action = "apart", .to = "apart", .may = RIGHT(MAY_IMPORT),
      .guard = doubtful, .zh = "不是同一个，新增", .en = "Another: add" },
    { .from = "open,same,apart", .action = "skip", .to = "skipped", .may = RIGHT(MAY_IMPORT),
      .guard = doubtful, .zh = "不导入", .en = "Leave out" },
    { .from = "applied", .action = "take_back", .to = "undone", .automatic = true },
    { .from = "applied", .action = "keep", .to = "kept", .effect = kept_effect,
      .automatic = true },
    { 0 },
};

const struct entity import_line_entity = {
    .name = "import_line", .zh = "导入明细", .en = "Line of an import",
    .size = sizeof(struct import_line), .fields = import_line_fields, .indexes = line_indexes,
    .sorts = line_sorts, .state = "state", .steps = line_steps, .title = "line",
    .reads = MAY_IMPORT, .writes = MAY_IMPORT, .no_create = true, .no_update = true,
    .no_history = true, .scope_of = "batch",
    .seen_by_org = "batch IN (SELECT id FROM import_batch WHERE org = $)",
};
