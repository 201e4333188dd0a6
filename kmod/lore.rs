// SPDX-License-Identifier: GPL-2.0
//! What all extensions share.

use crate::{
    arena::Arena,
    extension::Registry,
    heap::Windows,
    hook::Attachments,
    sys::{self, Params},
};
use kernel::{
    new_mutex,
    prelude::*,
    sync::{Arc, Mutex},
};
use lore_abi::image::Profile;

/// The state of the module, reached from requests and from extensions, never from a static.
#[pin_data]
pub(crate) struct Lore {
    pub(crate) params: Params,
    pub(crate) features: u64,
    pub(crate) arena: Arc<Arena>,
    pub(crate) windows: Arc<Windows>,
    #[pin]
    pub(crate) registry: Mutex<Registry>,
    #[pin]
    pub(crate) attachments: Mutex<Attachments>,
}

impl Lore {
    pub(crate) fn new(params: Params, arena: Arc<Arena>) -> impl PinInit<Self, Error> {
        try_pin_init!(Self {
            params,
            features: sys::features(),
            arena,
            windows: Arc::pin_init(Windows::new(), GFP_KERNEL)?,
            registry <- new_mutex!(Registry::new()),
            attachments <- new_mutex!(Attachments::new()),
        })
    }

    /// The guard profiles that may be loaded.
    pub(crate) fn profiles(&self) -> u32 {
        let bit_if = |may: bool, profile: Profile| if may { profile.bit() } else { 0 };
        Profile::SOUND & !Profile::Low.bit()
            | bit_if(sys::low::can(), Profile::Low)
            | bit_if(self.params.stores, Profile::Stores)
    }

    /// What the verifier is asked to hold an image to that is bound to the window at `window`.
    pub(crate) fn policy(&self, window: u64) -> lore_verifier::Policy {
        lore_verifier::Policy {
            features: self.features,
            strict: self.params.strict,
            profiles: self.profiles(),
            window,
        }
    }
}
