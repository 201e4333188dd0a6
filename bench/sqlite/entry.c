// SPDX-License-Identifier: GPL-2.0
// Keeps what a program that uses SQLite would keep.
#include <lore.h>
#include <sqlite3.h>

static long entry(struct lore_run *run)
{
	sqlite3 *db;
	sqlite3_stmt *statement;

	if (sqlite3_open(":memory:", &db))
		return -1;
	sqlite3_exec(db, (const char *)run->input, 0, 0, 0);
	sqlite3_prepare_v2(db, (const char *)run->input, -1, &statement, 0);
	while (sqlite3_step(statement) == SQLITE_ROW)
		run->output_len += (size_t)sqlite3_column_text(statement, 0);
	sqlite3_backup_init(db, "main", db, "temp");
	return sqlite3_close(db);
}
LORE_ENTRY_RUN(entry);
