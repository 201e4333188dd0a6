# SPDX-License-Identifier: GPL-2.0
# For extensions in C that are built by make, without `lore build`:
#
#     include path/to/lore.mk
#     filter.lore: filter.o table.o
#
# LORE names the command, CFLAGS has flags of your own, LOREFLAGS options of `lore rewrite`.
LORE ?= lore
LORE_CC ?= clang
LORE_CFLAGS := $(shell LORE_CC=$(LORE_CC) $(LORE) sdk --cflags)
LORE_LIBS := $(shell LORE_CC=$(LORE_CC) $(LORE) sdk --libs)

%.o: %.c
	$(LORE_CC) $(LORE_CFLAGS) $(CFLAGS) -c -o $@ $<

%.lore:
	$(LORE) rewrite $(LOREFLAGS) -o $@ $(filter %.o %.a,$^) $(LORE_LIBS)
