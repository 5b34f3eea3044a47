/*
 * entries.h - what a text is stored under, and what a typed word looks up.
 *
 * From each unit of a text on, three sorts of entry:
 *     characters        王小明
 *     whole pinyin      wangxiaoming                       one for each way to read it
 *     initials          wxm/!王wang"小xiao#明ming           the same; behind / how each is read
 * All are met by their beginning, in order of bytes. A mixture (wangxm, 张s, zhang三) is cut into
 * pieces; its initials are the beginning, and a LIKE pattern over what stands behind the slash
 * asks for the pieces at their places, each marked by a sign of its own.
 *
 * What counts as typed: characters; of a reading the whole, its first letter, or zh ch sh; the
 * last piece may be any beginning. Limits: the first 24 units of a text; 40 bytes (13 characters,
 * 40 letters) and 8 mixed pieces from where a word begins; 8 ways to read it; old readings only one
 * at a time, as whole pinyin from the front; a mixture is cut in at most 8 ways, fewest pieces
 * first.
 */
#ifndef MODEL_SEARCH_ENTRIES_H
#define MODEL_SEARCH_ENTRIES_H

#include "model/search/units.h"

enum { ENTRIES_MAX = 240, PROBES_MAX = 9, PIECES_MAX = 8 };

enum search_rank { RANK_START, RANK_OTHER_READING, RANK_INSIDE, RANKS };

/*
 * How well a word meets a row, best first. What is typed as it stands goes before what had to be
 * cut: chan is 单 read so before it is 陈安 as ch'an.
 */
enum meeting { MEETS_START, MEETS_OTHER, MEETS_START_CUT, MEETS_OTHER_CUT, MEETS_INSIDE, MEETINGS };

struct entry { struct sv key; enum search_rank rank; };
struct entries { struct entry at[ENTRIES_MAX]; size_t n; };

/* All entries of a text, in mem, each once. `person`: it begins with a family name. */
void entries_of(struct arena *mem, struct sv text, bool person, struct entries *ret_entries);

/* Adds those of another text. */
void entries_add(struct arena *mem, struct sv text, bool person, struct entries *entries);

/*
 * Entries that begin with `low` and, unless it is "", are like `like` (only % and _). Where no
 * entry of any row begins with `inside`, none does both.
 */
struct probe { struct sv low, like, inside; };
struct probes { struct probe at[PROBES_MAX]; size_t n; };

/* Of a word that search_word() has folded; none of "". */
void probes_of(struct arena *mem, struct sv word, struct probes *ret_probes);

/* Does a probe meet the key? What the database answers, for rows at hand. */
bool probe_meets(const struct probe *p, struct sv key);

/* An entry of this rank, met by the first probe of a word or by one of the others (`cut`). */
enum meeting meeting_of(enum search_rank rank, bool cut);

/* How well a word meets the entries at best; -1: it is one of them; MEETINGS: it does not. */
int entries_rank(const struct entries *entries, struct sv word, const struct probes *probes);

#endif
