// SPDX-License-Identifier: GPL-2.0
// Makes the SQLite amalgamation link, so that its rewriting can be measured: this image is never run, therefore what
// SQLite needs of a C library and of soft floating point only has to be there, not to work.

#define STUB(name) long name(void) { return 0; }

STUB(__adddf3) STUB(__subdf3) STUB(__muldf3) STUB(__divdf3)
STUB(__eqdf2) STUB(__nedf2) STUB(__gedf2) STUB(__gtdf2) STUB(__ledf2) STUB(__ltdf2) STUB(__unorddf2)
STUB(__extendsfdf2) STUB(__fixdfdi) STUB(__fixdfsi) STUB(__fixunsdfdi)
STUB(__floatdidf) STUB(__floatsidf) STUB(__floatundidf) STUB(__floatunsidf)
STUB(fabs) STUB(sqlite3_os_init) STUB(sqlite3_os_end)
STUB(strchr) STUB(strrchr) STUB(memchr) STUB(strcmp) STUB(strncmp) STUB(strspn) STUB(strcspn)
STUB(fma)
