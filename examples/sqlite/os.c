// SPDX-License-Identifier: GPL-2.0
// What SQLite wants of an operating system: no files, a clock that stands still, and the same random numbers every time.
#include <sqlite3.h>

static int no_file(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *out)
{
	file->pMethods = 0;
	return SQLITE_CANTOPEN;
}

static int delete_nothing(sqlite3_vfs *vfs, const char *name, int sync)
{
	return SQLITE_OK;
}

static int is_not_there(sqlite3_vfs *vfs, const char *name, int flags, int *answer)
{
	*answer = 0;
	return SQLITE_OK;
}

static int full_name(sqlite3_vfs *vfs, const char *name, int room, char *full)
{
	sqlite3_snprintf(room, full, "%s", name);
	return SQLITE_OK;
}

static int same_numbers(sqlite3_vfs *vfs, int len, char *out)
{
	for (int at = 0; at < len; at++)
		out[at] = (char)(at * 37 + 11);
	return len;
}

static int no_sleep(sqlite3_vfs *vfs, int microseconds)
{
	return microseconds;
}

static int noon(sqlite3_vfs *vfs, double *day)
{
	*day = 2460000.0;
	return SQLITE_OK;
}

static int no_error(sqlite3_vfs *vfs, int room, char *text)
{
	return 0;
}

int sqlite3_os_init(void)
{
	static sqlite3_vfs vfs = {
		.iVersion = 1,
		.szOsFile = sizeof(sqlite3_file),
		.mxPathname = 64,
		.zName = "none",
		.xOpen = no_file,
		.xDelete = delete_nothing,
		.xAccess = is_not_there,
		.xFullPathname = full_name,
		.xRandomness = same_numbers,
		.xSleep = no_sleep,
		.xCurrentTime = noon,
		.xGetLastError = no_error,
	};

	return sqlite3_vfs_register(&vfs, 1);
}

int sqlite3_os_end(void)
{
	return SQLITE_OK;
}
