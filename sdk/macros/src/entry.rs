// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note
//! From an attribute and its function to an entry.

use crate::hook::{Hook, Passed};
use proc_macro2::{Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Error, FnArg, GenericParam, Ident, ItemFn, LitStr, Type};

/// Longest name of a hook, a zero behind it included.
const PLACE_MAX: usize = 128;

/// What stands in an attribute's brackets.
enum Place {
    Nothing,
    At(LitStr),
    Named(Ident),
}

/// The function as it is, with an entry beside it.
pub fn expand(hook: &Hook, place: TokenStream, item: TokenStream) -> Result<TokenStream, Error> {
    let place = read_place(hook, place)?;
    let function: ItemFn = syn::parse2(item).map_err(|error| {
        let message = format!(
            "#[lore::{}] stands before a function: `{}`",
            hook.attribute, hook.signature
        );
        Error::new(error.span(), message)
    })?;
    check(hook, &function)?;
    let record = record(hook, &function, &place);
    Ok(quote! {
        #function
        #record
    })
}

fn read_place(hook: &Hook, place: TokenStream) -> Result<Place, Error> {
    if place.is_empty() {
        return Ok(Place::Nothing);
    }
    let span = place.span();
    let wrong = || {
        let attribute = hook.attribute;
        let forms = match (hook.prefix, hook.named) {
            (None, _) => format!("#[lore::{attribute}]"),
            (_, false) => format!("#[lore::{attribute}(\"{}\")]", hook.example),
            (_, true) => format!(
                "#[lore::{attribute}(\"{}\")] or #[lore::{attribute}(NAME)]",
                hook.example
            ),
        };
        Error::new(span, format!("the attribute is {forms}"))
    };
    let Some(prefix) = hook.prefix else {
        return Err(wrong());
    };
    if let Ok(name) = syn::parse2::<Ident>(place.clone()) {
        return if hook.named {
            Ok(Place::Named(name))
        } else {
            Err(wrong())
        };
    }
    let text: LitStr = syn::parse2(place).map_err(|_| wrong())?;
    let value = text.value();
    let long = prefix.len() + 1 + value.len() >= PLACE_MAX;
    if value.is_empty() || long || !value.bytes().all(|byte| byte.is_ascii_graphic()) {
        let message = format!("no name of a place; one is \"{}\"", hook.example);
        return Err(Error::new(text.span(), message));
    }
    if value
        .strip_prefix(prefix)
        .is_some_and(|rest| rest.starts_with('/'))
    {
        let message = format!("the attribute says `{prefix}/` already");
        return Err(Error::new(text.span(), message));
    }
    Ok(Place::At(text))
}

/// Whether the function looks as the hook wants it; its types are the compiler's to check.
fn check(hook: &Hook, function: &ItemFn) -> Result<(), Error> {
    let of = &function.sig;
    let wrong = |span: Span, why: &str| {
        let message = format!(
            "{why}: an entry of #[lore::{}] is `{}`",
            hook.attribute, hook.signature
        );
        Err(Error::new(span, message))
    };
    if let Some(word) = &of.asyncness {
        return wrong(word.span(), "an entry cannot wait");
    }
    if let Some(word) = &of.unsafety {
        return wrong(
            word.span(),
            "nobody could promise what this function asks for",
        );
    }
    if let Some(word) = &of.abi {
        return wrong(word.span(), "the attribute sees to the calling convention");
    }
    let generic = |param: &&GenericParam| !matches!(param, GenericParam::Lifetime(_));
    if let Some(param) = of.generics.params.iter().find(generic) {
        return wrong(param.span(), "an entry is one function, not many");
    }
    let argument = match of.inputs.iter().collect::<Vec<_>>()[..] {
        [FnArg::Typed(argument)] => argument,
        [FnArg::Receiver(this)] => return wrong(this.span(), "an entry is no method"),
        [] => return wrong(of.ident.span(), "an argument is missing"),
        [_, second, ..] => return wrong(second.span(), "one argument too many"),
    };
    let passed = match &*argument.ty {
        Type::Reference(of) if of.mutability.is_some() => Passed::ByMutableReference,
        Type::Reference(_) => Passed::ByReference,
        _ => Passed::ByValue,
    };
    match (hook.argument, passed) {
        (wanted, found) if wanted == found => Ok(()),
        (Passed::ByMutableReference, _) => wrong(argument.ty.span(), "this is no `&mut`"),
        (Passed::ByReference, _) => wrong(argument.ty.span(), "this is no `&`"),
        (Passed::ByValue, _) => wrong(argument.ty.span(), "this is no value"),
    }
}

/// What the kernel calls, and the image's record of it. The words that say `unsafe` are the macro's own, not the author's:
/// what they promise does not depend on the function.
fn record(hook: &Hook, function: &ItemFn, place: &Place) -> TokenStream {
    let name = &function.sig.ident;
    let number = hook.number;
    // Where it does not fit, the message points at the function.
    let call = Ident::new(hook.attribute, name.span());
    let call = quote_spanned!(name.span()=> ::lore::hook::#call);
    // What backtraces show. Names of items are not hygienic: this one is not the function's, and it is all that is called.
    let entry = format_ident!("{name}_entry");
    let placed = match (place, hook.prefix) {
        (Place::At(text), Some(prefix)) => {
            let text = Literal::string(&format!("{prefix}/{}", text.value()));
            quote! {
                #[cfg(target_os = "none")]
                #[used]
                #[unsafe(link_section = ".lore.place")]
                static __LORE_PLACE: ::lore::hook::Place = ::lore::hook::Place::new(#entry, #text);
            }
        }
        _ => TokenStream::new(),
    };
    let items = quote! {
        #[allow(dead_code, reason = "only the kernel calls it")]
        #[allow(clippy::too_many_arguments, reason = "as the kernel calls it")]
        extern "C" fn #entry(a: u64, b: u64, c: u64, d: u64, e: u64, f: u64, g: u64, h: u64) -> u64 {
            // SAFETY: Only the kernel calls entries, each with what its hook gives.
            unsafe { #call([a, b, c, d, e, f, g, h], #name) }
        }
        #[cfg(target_os = "none")]
        #[used]
        #[unsafe(link_section = ".lore.entry")]
        static __LORE_ENTRY: ::lore::hook::Record = ::lore::hook::Record::new(#number, #entry, ::core::line!());
        #placed
    };
    match place {
        Place::Named(timer) => {
            let visible = &function.vis;
            let doc = format!("[`{name}`], as a timer is told what to call.");
            quote! {
                #[doc = #doc]
                #visible static #timer: ::lore::TimerEntry = {
                    #items
                    ::lore::TimerEntry::new(#entry)
                };
            }
        }
        _ => quote!(const _: () = { #items };),
    }
}
