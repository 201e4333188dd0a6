/* SPDX-License-Identifier: GPL-2.0 */
double fabs(double x);
#define INFINITY __builtin_inf()
