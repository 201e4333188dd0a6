// SPDX-License-Identifier: GPL-2.0
/* Decompresses an LZ4 frame, as the tool `lz4` writes it: input to output, checksums verified. */

#include <lore.h>
#include <lz4frame.h>

/* Errors of the extension itself; LZ4F has its own, which are logged by name. */
enum { BAD_FRAME = -1, TRUNCATED = -2, NO_ROOM = -3 };

static long decompress(struct lore_run *run)
{
	LZ4F_dctx *context;
	size_t from = 0, to = 0, more = 1;
	long result = 0;

	if (LZ4F_isError(LZ4F_createDecompressionContext(&context, LZ4F_VERSION)))
		lore_abort(1, "no memory for LZ4's context");

	/* `more` is what LZ4F wants to see next: 0 when the frame is complete. */
	while (more && !result) {
		size_t in = run->input_len - from, out = run->output_cap - to;

		more = LZ4F_decompress(context, run->output + to, &out, run->input + from, &in, NULL);
		from += in;
		to += out;
		if (LZ4F_isError(more)) {
			lore_log(LORE_LOG_ERROR, LZ4F_getErrorName(more));
			result = BAD_FRAME;
		} else if (more && from == run->input_len) {
			result = TRUNCATED;
		} else if (more && to == run->output_cap) {
			result = NO_ROOM;
		}
	}
	LZ4F_freeDecompressionContext(context);
	run->output_len = to;
	return result;
}

LORE_ENTRY_RUN(decompress);
