// SPDX-License-Identifier: GPL-2.0
//! Kernel objects in the hands of an extension.
//!
//! ```text
//!   gate `task_current`  -> Task (a reference)  -> Objects::put  -> handle
//!   gate `task_pid`      -> handle -> Objects::get::<Task> -> &Task
//!   gate `task_drop`     -> handle -> Objects::take::<Task> -> dropped
//!   the activation ends, however it does -> Objects::release: what is left, newest first -> dropped
//! ```
//!
//! An object is a Rust value that gives back what it holds when it is dropped; `Object` is one of any kind. A kind is a
//! file in `kinds/` with a type of its name, listed by `wit/`; no table of functions, no cast.
//!
//! A table belongs to a seat, where at most one activation runs at a time: nobody else looks at it meanwhile, so what a gate
//! has looked up stays until the gate returns. What outlives the activation is in a table of the extension (`lasting.rs`).

pub(crate) mod kinds;
#[expect(unsafe_code, reason = "who may touch an object is in a word beside it")]
mod lasting;

pub(crate) use lasting::{Lasting, Lasts, Pinned};

use lore_iface::GateError;
use lore_sandbox::handles::{Full, HandleError, Handles, Hold, Place};

/// A type of kernel object.
pub(crate) trait Kind: Sized {
    /// This object, if it is of the kind.
    fn of(object: &Object) -> Option<&Self>;
    /// This object, or what it is instead.
    fn from_object(object: Object) -> Result<Self, Object>;
    fn into_object(self) -> Object;
}

macro_rules! objects {
    ($($variant:ident $module:ident;)+) => {
        /// An object of any kind.
        pub(crate) enum Object {
            $( $variant(kinds::$module::$variant), )+
        }

        $( impl Kind for kinds::$module::$variant {
            fn of(object: &Object) -> Option<&Self> {
                match object {
                    Object::$variant(this) => Some(this),
                    _ => None,
                }
            }

            fn from_object(object: Object) -> Result<Self, Object> {
                match object {
                    Object::$variant(this) => Ok(this),
                    other => Err(other),
                }
            }

            fn into_object(self) -> Object {
                Object::$variant(self)
            }
        } )+
    };
}
lore_iface::for_each_resource!(objects);

fn refused(error: HandleError) -> GateError {
    match error {
        HandleError::Stale => GateError::BadHandle,
        HandleError::OnlyLent => GateError::OnlyLent,
    }
}

/// What one activation holds. sys/shim_tracepoint.c looks at the first word to see whether it holds anything.
#[repr(C)]
pub(crate) struct Objects {
    table: Handles<Object>,
}

const _: () = assert!(Handles::<Object>::EMPTY == u64::MAX);

impl Objects {
    /// An empty table. `secret` makes its handles differ from those of other tables.
    pub(crate) fn new(secret: u64) -> Objects {
        Objects {
            table: Handles::new(secret),
        }
    }

    #[inline(always)]
    pub(crate) fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// How many objects are its own.
    pub(crate) fn held(&self) -> u32 {
        self.table.own()
    }

    /// The object of a handle.
    #[inline(always)]
    pub(crate) fn get<K: Kind>(&self, handle: u64) -> Result<&K, GateError> {
        // Presence and kind are one comparison; why there is no such object is of interest only when there is none.
        match self.table.get(handle).and_then(K::of) {
            Some(this) => Ok(this),
            None => Err(self.why_not(handle)),
        }
    }

    #[cold]
    fn why_not(&self, handle: u64) -> GateError {
        match self.table.get(handle) {
            Some(_) => GateError::WrongKind,
            None => GateError::BadHandle,
        }
    }

    /// Whether the activation owns the object of a handle.
    fn may_take<K: Kind>(&self, handle: u64) -> Result<(), GateError> {
        self.get::<K>(handle)?;
        self.table.may_take(handle).map_err(refused)
    }

    /// Takes an object out that the activation owns.
    #[inline(always)]
    pub(crate) fn take<K: Kind>(&mut self, handle: u64) -> Result<K, GateError> {
        self.get::<K>(handle)?;
        let object = self.table.take(handle).map_err(refused)?;
        K::from_object(object).map_err(|_| GateError::WrongKind)
    }

    /// A place for one more, until the table is changed. Looked for before the object is acquired, so that what has no
    /// place need not be given back.
    #[inline(always)]
    pub(crate) fn place(&self) -> Result<Place, GateError> {
        self.table.place().ok_or(GateError::TableFull)
    }

    /// Records an object that the activation has acquired; its handle.
    #[inline(always)]
    pub(crate) fn put(&mut self, place: Place, object: impl Kind) -> u64 {
        self.table.put_at(place, object.into_object(), Hold::Own)
    }

    /// Records an object that the hook lends to the activation that is about to start; its handle.
    #[inline(always)]
    pub(crate) fn lend(&mut self, object: impl Kind) -> Result<u64, GateError> {
        let put = self.table.put(object.into_object(), Hold::Lent);
        put.map_err(|Full(_object)| GateError::TableFull)
    }

    /// Gives everything back, newest first, whatever ended the activation. How many objects were its own.
    #[inline(never)]
    pub(crate) fn release(&mut self) -> u64 {
        let mut own = 0;
        while let Some((object, hold)) = self.table.pop() {
            own += u64::from(hold == Hold::Own);
            drop(object);
        }
        own
    }
}
