// SPDX-License-Identifier: GPL-2.0
//! The rewriter: relocatable objects in, one image out. Not trusted for safety, trusted for meaning.
