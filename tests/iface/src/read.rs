// SPDX-License-Identifier: GPL-2.0
//! From WIT to the model. Whatever the rules of `wit/README.md` do not allow is an error that says where.

use crate::model::{
    snake, Answer, Docs, Enum, Gate, Int, Kind, Model, Param, Record, Resource, CONTEXTS, REGISTERS,
};
use std::path::Path;
use wit_parser::{
    Function, FunctionKind, Handle, Interface, Resolve, Type, TypeDef, TypeDefKind, TypeId,
};

/// What is wrong, and where.
pub type Error = String;

/// Reads a folder of WIT files.
pub fn read(folder: &Path) -> Result<Model, Error> {
    let mut resolve = Resolve::default();
    resolve
        .push_dir(folder)
        .map_err(|error| format!("{error:#}"))?;
    model(&resolve)
}

/// Reads one WIT text.
pub fn read_text(text: &str) -> Result<Model, Error> {
    let mut resolve = Resolve::default();
    resolve
        .push_str("test.wit", text)
        .map_err(|error| format!("{error:#}"))?;
    model(&resolve)
}

fn model(resolve: &Resolve) -> Result<Model, Error> {
    let mut model = Model::default();
    for (_, interface) in resolve.interfaces.iter() {
        let reader = Reader { resolve, interface };
        reader.interface(&mut model)?;
    }
    model.gates.sort_by_key(|gate| gate.number);
    model.resources.sort_by_key(|resource| resource.number);
    check(&model)?;
    Ok(model)
}

/// Numbers and names are given once.
fn check(model: &Model) -> Result<(), Error> {
    for (i, gate) in model.gates.iter().enumerate() {
        if gate.number == 0
            || model.gates[..i]
                .iter()
                .any(|other| other.number == gate.number)
        {
            return Err(format!("{}: its number is 0 or taken", gate.id));
        }
        if model.gates[..i].iter().any(|other| other.id == gate.id) {
            return Err(format!("{}: there are two gates of that name", gate.id));
        }
        if gate.registers() > REGISTERS {
            return Err(format!("{}: more than {REGISTERS} registers", gate.id));
        }
        let refusable = gate.params.iter().any(|param| param.kind.refusable())
            || matches!(
                gate.answer,
                Answer::Room { .. } | Answer::Record(_) | Answer::Own(_)
            );
        if refusable && !gate.fallible && !gate.never_returns {
            return Err(format!(
                "{}: can refuse, so it answers result<_, gate-error>",
                gate.id
            ));
        }
    }
    for (i, resource) in model.resources.iter().enumerate() {
        let taken = model.resources[..i]
            .iter()
            .any(|other| other.number == resource.number);
        if resource.number == 0 || taken {
            return Err(format!("{}: its number is 0 or taken", resource.name));
        }
    }
    Ok(())
}

struct Reader<'a> {
    resolve: &'a Resolve,
    interface: &'a Interface,
}

impl Reader<'_> {
    fn interface(&self, model: &mut Model) -> Result<(), Error> {
        let name = self.interface.name.clone().unwrap_or_default();
        model
            .families
            .insert(snake(&name), docs(&self.interface.docs));
        for id in self.interface.types.values() {
            self.definition(&self.resolve.types[*id], model)?;
        }
        for function in self.interface.functions.values() {
            let gate = self
                .gate(function)
                .map_err(|error| format!("{}: {error}", function.name))?;
            model.gates.push(gate);
        }
        Ok(())
    }

    fn definition(&self, of: &TypeDef, model: &mut Model) -> Result<(), Error> {
        let name = of.name.clone().unwrap_or_default();
        match &of.kind {
            TypeDefKind::Enum(e) => {
                let cases = e.cases.iter().map(|c| (c.name.clone(), docs(&c.docs)));
                let docs = docs(&of.docs);
                let new = Enum {
                    name: name.clone(),
                    docs,
                    cases: cases.collect(),
                };
                model.enums.insert(name, new);
            }
            TypeDefKind::Record(r) => {
                let mut fields = Vec::new();
                for field in &r.fields {
                    let int = self
                        .int(&field.ty)
                        .ok_or(format!("{name}: records are made of integers"))?;
                    fields.push((field.name.clone(), int, docs(&field.docs)));
                }
                let record = Record {
                    name: name.clone(),
                    docs: docs(&of.docs),
                    fields,
                };
                without_holes(&record)?;
                model.records.insert(name, record);
            }
            TypeDefKind::Resource => {
                let docs = docs(&of.docs);
                let number = number(&docs, "kind").map_err(|error| format!("{name}: {error}"))?;
                model.gates.push(self.drop_gate(&name, &docs)?);
                model.families.insert(snake(&name), docs.clone());
                model.resources.push(Resource { name, number, docs });
            }
            TypeDefKind::Type(_) | TypeDefKind::Handle(_) | TypeDefKind::Result(_) => {}
            _ => return Err(format!("{name}: enumerations, records and resources only")),
        }
        Ok(())
    }

    fn drop_gate(&self, resource: &str, of: &Docs) -> Result<Gate, Error> {
        let summary = format!("Gives a `{resource}` back.");
        Ok(Gate {
            number: number(of, "drop").map_err(|error| format!("{resource}: {error}"))?,
            id: format!("{}_drop", snake(resource)),
            family: snake(resource),
            name: "drop".to_owned(),
            docs: Docs {
                summary,
                ..Docs::default()
            },
            fits: self.fits(of)?,
            params: vec![Param::own(resource)],
            answer: Answer::Nothing,
            fallible: true,
            never_returns: false,
            resource: Some(resource.to_owned()),
            drops: true,
            keeps: false,
        })
    }

    fn gate(&self, function: &Function) -> Result<Gate, Error> {
        let of = docs(&function.docs);
        let resource = match function.kind {
            FunctionKind::Freestanding => None,
            FunctionKind::Method(id) | FunctionKind::Static(id) => Some(self.name_of(id)?),
            _ => return Err("neither constructors nor async functions".to_owned()),
        };
        let name = snake(function.name.rsplit('.').next().unwrap_or_default());
        let family = match &resource {
            Some(resource) => snake(resource),
            None => snake(self.interface.name.as_deref().unwrap_or_default()),
        };
        let id = match &resource {
            Some(resource) => format!("{}_{name}", snake(resource)),
            None => name.clone(),
        };
        let mut params = Vec::new();
        for param in &function.params {
            let max = limit(&of, &param.name)?;
            let kind = self.kind(&param.ty, max)?;
            params.push(Param {
                name: snake(&param.name),
                kind,
            });
        }
        for (_, rest) in of.tags.iter().filter(|(word, _)| word == "max") {
            let named = rest.split_once(' ').map(|(name, _)| snake(name));
            if !params
                .iter()
                .any(|param| Some(&param.name) == named.as_ref())
            {
                return Err(format!("@max {rest}: no such parameter"));
            }
        }
        let (answer, fallible) = self.answer(function.result.as_ref())?;
        let keeps = of.tag("keeps").is_some();
        if keeps {
            let own = |name: &String| [Param::own(name)] == params[..];
            let same = matches!(&answer, Answer::Own(name) if resource.as_ref() == Some(name));
            if !same || !resource.as_ref().is_some_and(own) {
                return Err("@keeps is for a static function from own to own".to_owned());
            }
        }
        Ok(Gate {
            number: number(&of, "gate")?,
            id,
            family,
            name,
            fits: self.fits(&of)?,
            params,
            answer,
            fallible,
            never_returns: of.tag("never-returns").is_some(),
            docs: of,
            resource,
            drops: false,
            keeps,
        })
    }

    /// A function's own line wins over the interface's.
    fn fits(&self, of: &Docs) -> Result<u8, Error> {
        let interface = docs(&self.interface.docs);
        let words = of
            .tag("fits")
            .or(interface.tag("fits"))
            .ok_or("no @fits line")?;
        words.split_whitespace().try_fold(0, |bits, word| {
            let context = CONTEXTS.iter().position(|context| *context == word);
            Ok(bits | 1 << context.ok_or(format!("@fits: no context {word}"))?)
        })
    }

    fn kind(&self, ty: &Type, max: Option<u64>) -> Result<Kind, Error> {
        if let Some(int) = self.int(ty) {
            return Ok(Kind::Number(int, max));
        }
        let kind = match ty {
            Type::Bool => Kind::Bool,
            Type::String => return Ok(Kind::Span { text: true, max }),
            Type::Id(id) => match self.definition_of(*id) {
                TypeDefKind::Enum(_) => Kind::Enum(self.name_of(*id)?),
                TypeDefKind::Record(_) => Kind::Record(self.name_of(*id)?),
                TypeDefKind::List(Type::U8) => return Ok(Kind::Span { text: false, max }),
                TypeDefKind::Handle(Handle::Own(id)) => Kind::Own(self.name_of(*id)?),
                TypeDefKind::Handle(Handle::Borrow(id)) => Kind::Borrow(self.name_of(*id)?),
                other => return Err(format!("no argument can be {}", other.as_str())),
            },
            other => return Err(format!("no argument can be {other:?}")),
        };
        if max.is_some() {
            return Err("@max is for numbers, strings and lists".to_owned());
        }
        Ok(kind)
    }

    fn answer(&self, ty: Option<&Type>) -> Result<(Answer, bool), Error> {
        let Some(ty) = ty else {
            return Ok((Answer::Nothing, false));
        };
        if let Type::Id(id) = ty {
            if let TypeDefKind::Result(result) = self.definition_of(*id) {
                let error = result.err.and_then(|ty| match ty {
                    Type::Id(id) => self.name_of(id).ok(),
                    _ => None,
                });
                if error.as_deref() != Some("gate-error") {
                    return Err("errors are gate-error".to_owned());
                }
                let answer = result
                    .ok
                    .map_or(Ok(Answer::Nothing), |ty| self.plain_answer(&ty))?;
                return Ok((answer, true));
            }
        }
        Ok((self.plain_answer(ty)?, false))
    }

    fn plain_answer(&self, ty: &Type) -> Result<Answer, Error> {
        Ok(match self.kind(ty, None)? {
            Kind::Number(int, _) => Answer::Number(int),
            Kind::Bool => Answer::Bool,
            Kind::Span { text, .. } => Answer::Room { text },
            Kind::Record(name) => Answer::Record(name),
            Kind::Own(name) => Answer::Own(name),
            other => return Err(format!("no answer can be {other:?}")),
        })
    }

    fn int(&self, ty: &Type) -> Option<Int> {
        let (bits, signed) = match ty {
            Type::U8 => (8, false),
            Type::U16 => (16, false),
            Type::U32 => (32, false),
            Type::U64 => (64, false),
            Type::S8 => (8, true),
            Type::S16 => (16, true),
            Type::S32 => (32, true),
            Type::S64 => (64, true),
            _ => return None,
        };
        Some(Int { bits, signed })
    }

    /// What a type is, behind `use`.
    fn definition_of(&self, id: TypeId) -> &TypeDefKind {
        match &self.resolve.types[id].kind {
            TypeDefKind::Type(Type::Id(id)) => self.definition_of(*id),
            kind => kind,
        }
    }

    fn name_of(&self, id: TypeId) -> Result<String, Error> {
        let of = &self.resolve.types[id];
        match of.kind {
            TypeDefKind::Type(Type::Id(id)) => self.name_of(id),
            _ => of.name.clone().ok_or("a type without a name".to_owned()),
        }
    }
}

/// C and Rust agree on the layout of what has no holes.
fn without_holes(record: &Record) -> Result<(), Error> {
    let mut at = 0;
    for (name, int, _) in &record.fields {
        if at % int.bits != 0 {
            return Err(format!("{}: a hole before {name}", record.name));
        }
        at += int.bits;
    }
    let widest = record.fields.iter().map(|(_, int, _)| int.bits).max();
    match widest {
        Some(bits) if at % bits == 0 => Ok(()),
        _ => Err(format!("{}: a hole at the end", record.name)),
    }
}

fn docs(of: &wit_parser::Docs) -> Docs {
    let text = of.contents.as_deref().unwrap_or_default();
    let mut found = Docs::default();
    let mut paragraphs: Vec<String> = vec![String::new()];
    for line in text.lines().map(str::trim) {
        if line.starts_with("SPDX-License-Identifier:") {
            // To WIT every comment before an item is its doc.
        } else if let Some(tag) = line.strip_prefix('@') {
            let (word, rest) = tag.split_once(' ').unwrap_or((tag, ""));
            found.tags.push((word.to_owned(), rest.trim().to_owned()));
        } else if line.is_empty() {
            paragraphs.push(String::new());
        } else if let Some(paragraph) = paragraphs.last_mut() {
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(line);
        }
    }
    let mut paragraphs = paragraphs.into_iter().filter(|text| !text.is_empty());
    found.summary = paragraphs.next().unwrap_or_default();
    found.more = paragraphs.collect();
    found
}

fn number(of: &Docs, word: &str) -> Result<u32, Error> {
    let text = of.tag(word).ok_or(format!("no @{word} line"))?;
    text.parse()
        .map_err(|_| format!("@{word} {text}: no number"))
}

/// The `@max` of a parameter.
fn limit(of: &Docs, param: &str) -> Result<Option<u64>, Error> {
    let lines = of.tags.iter().filter(|(word, _)| word == "max");
    let mut words = lines.filter_map(|(_, rest)| rest.split_once(' '));
    match words.find(|(name, _)| *name == param) {
        Some((_, text)) => text
            .parse()
            .map(Some)
            .map_err(|_| format!("@max {param} {text}: no number")),
        None => Ok(None),
    }
}
