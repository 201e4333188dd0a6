// SPDX-License-Identifier: GPL-2.0
//! What the SDK's attributes say of functions that do not fit, as snapshots: `TRYBUILD=overwrite` writes them anew.

#[test]
fn entries_that_fit_compile_and_others_say_what_is_wrong() {
    let cases = trybuild::TestCases::new();
    cases.pass("cases/fit.rs");
    for name in ["shapes", "types", "statics"] {
        cases.compile_fail(format!("cases/{name}.rs"));
    }
}
