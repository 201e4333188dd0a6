// SPDX-License-Identifier: GPL-2.0
// Runs the SQL statements of its input on a database in memory, and writes what they answer: one line a row, columns
// parted by bars, and a line for every error. The database stays for the next run of the loaded extension. SQLite is
// built for one thread, so one run at a time has it. The same source runs natively.
#include <lore.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static void put(struct lore_run *run, const char *text, size_t len)
{
	size_t room = run->output_cap - run->output_len;

	if (len > room)
		len = room;
	memcpy(run->output + run->output_len, text, len);
	run->output_len += len;
}

static void put_text(struct lore_run *run, const char *text)
{
	put(run, text, strlen(text));
}

static void rows(struct lore_run *run, sqlite3_stmt *statement)
{
	while (sqlite3_step(statement) == SQLITE_ROW) {
		int columns = sqlite3_column_count(statement);

		for (int column = 0; column < columns; column++) {
			const char *text = (const char *)sqlite3_column_text(statement, column);

			if (column)
				put_text(run, "|");
			if (text)
				put(run, text, sqlite3_column_bytes(statement, column));
			else
				put_text(run, "NULL");
		}
		put_text(run, "\n");
	}
}

long run(struct lore_run *run)
{
	char *text = malloc(run->input_len + 1);
	const char *next = text;
	sqlite3_stmt *statement;
	static sqlite3 *db;

	if (!text || (!db && sqlite3_open(":memory:", &db)))
		return -1;
	memcpy(text, run->input, run->input_len);
	text[run->input_len] = 0;
	while (*next) {
		statement = 0;
		if (sqlite3_prepare_v2(db, next, -1, &statement, &next) == SQLITE_OK) {
			if (!statement)
				continue;
			rows(run, statement);
		}
		if (sqlite3_finalize(statement) || !statement) {
			put_text(run, "error: ");
			put_text(run, sqlite3_errmsg(db));
			put_text(run, "\n");
			/* What cannot be parsed is left out whole. */
			if (!statement)
				next += strcspn(next, ";");
		}
	}
	free(text);
	return 0;
}
LORE_ENTRY_RUN(run);
