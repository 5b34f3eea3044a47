/*
 * picture.h - small pictures (thumbnails) of photographs that strangers sent.
 *
 * Decoders of pictures are where hostile bytes bite, so what comes from outside is decoded in a
 * child process of its own with little memory, little time and no files: picture_small_apart().
 * A child that falls takes nothing with it.
 */
#ifndef PICTURE_PICTURE_H
#define PICTURE_PICTURE_H

#include "base/ctx.h"

/*
 * A JPEG is shrunk while it is decoded, a PNG needs all of its pixels at once. The side is the
 * longer one of what is asked for.
 */
enum {
    PICTURE_JPEG_PIXELS_MAX = 64 * 1000 * 1000, PICTURE_PNG_PIXELS_MAX = 24 * 1000 * 1000,
    PICTURE_SIDE_MAX = 1000, PICTURE_SMALL_BYTES_MAX = 1024 * 1024,
};

/*
 * A JPEG whose longer side is at most `side` pixels, upright (a telephone notes how it was held),
 * white where the picture was transparent, without what the camera wrote beside it. Pictures that
 * are small already come out as large as they are. ERR_INVALID "picture.unreadable" for anything
 * but a whole JPEG or PNG within the limits.
 */
MUST enum err picture_small(struct ctx *c, struct sv bytes, int side, struct sv *ret_jpeg);

/*
 * The same in a child process: at most 768 MB, 10 s of work, 20 s in all. Only for processes with
 * one thread. ERR_BUSY when no child can be made; a child that fell is ERR_INVALID too.
 */
MUST enum err picture_small_apart(struct ctx *c, struct sv bytes, int side, struct sv *ret_jpeg);

/* How the camera was held, by the JPEG's Exif block: 1 to 8, 1 when it does not say. */
int picture_turn(struct sv jpeg);

/*
 * 64 bits that stay nearly the same when a photograph is scaled, recompressed or slightly changed:
 * each says whether a point of a 9 x 8 grid is darker than its right neighbour (dHash). For small
 * pictures of ours only: it decodes in this process. ERR_INVALID as above.
 */
MUST enum err picture_likeness(struct ctx *c, struct sv small_jpeg, uint64_t *ret_likeness);

/* In how many bits two likenesses differ, 0 to 64. */
int picture_distance(uint64_t a, uint64_t b);

/* True when it says too little: a picture all black, white or grey. */
bool picture_blank(uint64_t likeness);

extern const struct message picture_messages[];

#endif
