/* pack.c - the parts of an archive: checked before one is opened, counted as they are read. */

#include "sheet/inside.h"

#include <string.h>

enum err sheet_fail(struct ctx *c, const struct sheet_fault *f)
{
    if (!f->key)
        return ERR_NONE;
    enum err kind = strcmp(f->key, "sheet.bomb") == 0 || strcmp(f->key, "sheet.large") == 0
        ? ERR_TOO_LARGE : ERR_INVALID;
    kind = fail(c, kind, f->key, "a workbook was refused: %s", f->key);
    if (f->arg)
        c->fault.arg0 = sv_fmt(&c->mem, "%lld", (long long)f->arg);
    return kind;
}

/* Absolute, climbing or odd names are no names of a workbook's parts. */
static bool name_good(const char *name)
{
    struct sv s = sv_of(name), part;
    if (s.len == 0 || s.len > 250 || s.at[0] == '/' || strchr(name, '\\') || !sv_utf8(s))
        return false;
    while (sv_cut(&s, '/', &part))
        if (sv_is(part, "..") || sv_is(part, "."))
            return false;
    return true;
}

static bool is_archive(const char *name)
{
    static const char *const ends[] = { ".zip", ".xlsx", ".xlsm", ".docx", ".pptx", ".7z", ".rar" };
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (sv_ends(sv_of(name), sv_of(ends[i])))
            return true;
    return false;
}

static bool entry_good(struct sheet_inside *in, uint64_t index, uint64_t *total)
{
    zip_stat_t s;
    struct sheet_fault *f = &in->fault;
    if (zip_stat_index(in->zip, index, 0, &s) != 0 || !(s.valid & ZIP_STAT_NAME)
        || !(s.valid & ZIP_STAT_SIZE))
        return sheet_wrong(f, "sheet.broken", 0);
    if ((s.valid & ZIP_STAT_ENCRYPTION_METHOD) && s.encryption_method != ZIP_EM_NONE)
        return sheet_wrong(f, "sheet.encrypted", 0);
    if (!name_good(s.name))
        return sheet_wrong(f, "sheet.path", 0);
    if (is_archive(s.name))
        return sheet_wrong(f, "sheet.nested", 0);
    bool packed = s.size > SHEET_RATIO_FROM && (s.valid & ZIP_STAT_COMP_SIZE);
    if (packed && s.size / (s.comp_size ? s.comp_size : 1) > SHEET_RATIO_MAX)
        return sheet_wrong(f, "sheet.bomb", 0);
    if (s.size > SHEET_UNPACKED_MAX || (*total += s.size) > SHEET_UNPACKED_MAX)
        return sheet_wrong(f, "sheet.bomb", 0);
    return true;
}

enum err pack_open(struct ctx *c, struct sv bytes, struct sheet_inside *in)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes.at, bytes.len, 0, &error);
    in->zip = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
    if (source && !in->zip)
        zip_source_free(source);
    zip_error_fini(&error);
    if (!in->zip)
        return fail(c, ERR_INVALID, "sheet.broken", "a workbook's archive does not open");
    int64_t n = zip_get_num_entries(in->zip, 0);
    uint64_t total = 0;
    if (n > SHEET_PARTS_MAX)
        sheet_wrong(&in->fault, "sheet.many", 0);
    for (int64_t i = 0; i < n && !in->fault.key; i++)
        entry_good(in, (uint64_t)i, &total);
    return sheet_fail(c, &in->fault);
}

static int64_t place_of(const struct sheet_inside *in, struct sv name)
{
    char text[256];
    if (name.len >= sizeof text)
        return -1;
    memcpy(text, name.at, name.len);
    text[name.len] = '\0';
    return zip_name_locate(in->zip, text, ZIP_FL_NOCASE);
}

bool pack_has(const struct sheet_inside *in, struct sv name)
{
    return place_of(in, name) >= 0;
}

bool part_open(struct sheet_inside *in, struct sv name, struct part *ret_part)
{
    int64_t at = place_of(in, name);
    zip_file_t *file = at < 0 ? NULL : zip_fopen_index(in->zip, (uint64_t)at, 0);
    if (!file)
        return sheet_wrong(&in->fault, "sheet.broken", 0);
    *ret_part = (struct part){ file, in };
    return true;
}

/* What an archive says of its sizes may be a lie, so what comes out is counted too. */
int64_t part_read(struct part *p, char *at, size_t room)
{
    int64_t n = zip_fread(p->file, at, room);
    if (n < 0) {
        sheet_wrong(&p->in->fault, "sheet.broken", 0);
        return -1;
    }
    p->in->unpacked += n;
    if (p->in->unpacked > 3LL * SHEET_UNPACKED_MAX) {  /* a page is read thrice */
        sheet_wrong(&p->in->fault, "sheet.bomb", 0);
        return -1;
    }
    return n;
}

void part_close(struct part *p)
{
    if (p->file)
        zip_fclose(p->file);
    p->file = NULL;
}
