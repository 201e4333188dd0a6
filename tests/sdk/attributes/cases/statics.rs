// All CPUs use a static at once: what is not Sync is no static.

use std::cell::Cell;

static COUNT: Cell<u64> = Cell::new(0);

#[lore::timer]
fn count(periods: u64) {
    COUNT.set(COUNT.get() + periods);
}

fn main() {}
