//! What a file says that a rule can be about: paths it names, types it defines, functions, macros it calls, texts.
//!
//! In: the syntax tree of one file. Out: plain lists with lines. What stands in the arguments of a macro is no tree but
//! tokens; paths are looked for in them too.

use super::coordinates::bare_coordinates;
use proc_macro2::{Spacing, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, FnArg, Item, Lit, LitStr, Meta, Pat, UseTree, Visibility};

/// How a path is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// `use a::b as name`.
    Import {
        name: String,
    },
    /// `pub use a::b as name`: a signpost, which needs nothing itself.
    Export {
        name: String,
    },
    Inline,
}

/// One path in a file.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// As written: `crate::…`, `super::…`, `sqlx::…`.
    pub(super) segments: Vec<String>,
    pub(super) line: usize,
    /// The modules of this file around it.
    pub(super) inside: Vec<String>,
    pub(super) role: Role,
    pub(super) in_test: bool,
}

/// A function and what rules ask of it.
#[derive(Debug)]
pub(super) struct Function {
    pub(super) name: String,
    pub(super) line: usize,
    pub(super) lines: usize,
    /// How many parameters take a tuple apart.
    pub(super) tuples: usize,
    pub(super) in_test: bool,
}

/// All that was read in a file.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) mentions: Vec<Mention>,
    /// Modules that lie in files of their own: `mod x;`.
    pub(super) children: Vec<String>,
    pub(super) functions: Vec<Function>,
    /// Types that other files can name (`pub`, `pub(crate)`), with lines.
    pub(super) public_types: Vec<(String, usize)>,
    /// Patterns outside tests that take a struct apart and leave fields out, by the struct's name, with lines.
    pub(super) partial_patterns: Vec<(String, usize)>,
    /// Macros called outside tests, by their last name.
    pub(super) macros: Vec<(String, usize)>,
    /// Items that carry bare pairs or quadruples of numbers where other modules see them, with lines.
    pub(super) bare_coordinates: Vec<(String, usize)>,
    /// Lines of string literals with Vietnamese letters, outside tests and documentation.
    pub(super) vietnamese: Vec<usize>,
    /// First item that is neither a `mod x;` nor a `use`, with its line.
    pub(super) defines: Option<(String, usize)>,
}

/// Reads a file; with `all_test` it is a test as a whole.
pub(super) fn read(file: &syn::File, all_test: bool) -> Reading {
    let mut reader = Reader { reading: Reading::default(), modules: Vec::new(), tests: usize::from(all_test) };
    reader.reading.defines = file.items.iter().find_map(definition);
    reader.reading.bare_coordinates = if all_test { Vec::new() } else { bare_coordinates(file) };
    reader.visit_file(file);
    reader.reading
}

fn definition(item: &Item) -> Option<(String, usize)> {
    let line = |span: proc_macro2::Span| span.start().line;
    match item {
        Item::Use(_) => None,
        Item::Mod(module) if module.content.is_none() => None,
        Item::Fn(function) => Some((format!("fn {}", function.sig.ident), line(function.sig.span()))),
        other => Some(("an item".to_owned(), line(other.span()))),
    }
}

struct Reader {
    reading: Reading,
    modules: Vec<String>,
    /// How many tests the reader stands in.
    tests: usize,
}

impl Reader {
    fn mention(&mut self, segments: Vec<String>, line: usize, role: Role) {
        let in_test = self.tests > 0;
        self.reading.mentions.push(Mention { segments, line, inside: self.modules.clone(), role, in_test });
    }

    fn use_tree(&mut self, tree: &UseTree, prefix: &[String], exported: bool) {
        let (segments, name) = match tree {
            UseTree::Path(path) => {
                let longer = [prefix, &[path.ident.to_string()]].concat();
                return self.use_tree(&path.tree, &longer, exported);
            }
            UseTree::Group(group) => {
                return group.items.iter().for_each(|item| self.use_tree(item, prefix, exported));
            }
            UseTree::Name(name) => (with_name(prefix, &name.ident), last_name(prefix, &name.ident)),
            UseTree::Rename(rename) => (with_name(prefix, &rename.ident), rename.rename.to_string()),
            UseTree::Glob(_) => (prefix.to_vec(), "*".to_owned()),
        };
        let role = if exported { Role::Export { name } } else { Role::Import { name } };
        self.mention(segments, tree.span().start().line, role);
    }

    fn function(&mut self, signature: &syn::Signature, block: Option<&syn::Block>, attributes: &[Attribute]) {
        let first = signature.fn_token.span.start().line;
        let last = block.map_or_else(|| signature.span().end().line, |block| block.span().end().line);
        self.reading.functions.push(Function {
            name: signature.ident.to_string(),
            line: first,
            lines: last + 1 - first,
            tuples: signature.inputs.iter().filter(|input| takes_a_tuple_apart(input)).count(),
            in_test: self.tests > 0 || attributes.iter().any(is_test),
        });
    }

    /// Paths among the tokens of a macro's arguments.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<(String, usize)> = Vec::new();
        let mut colons = 0;
        let mut after_dot = false;
        for token in tokens {
            match &token {
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.path_of_tokens(&mut path);
                    }
                    if !(after_dot && path.is_empty()) {
                        path.push((ident.to_string(), ident.span().start().line));
                    }
                    (colons, after_dot) = (0, false);
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => {
                    colons = if punct.spacing() == Spacing::Joint { 1 } else { colons + 1 };
                    after_dot = false;
                }
                other => {
                    self.path_of_tokens(&mut path);
                    after_dot = matches!(other, TokenTree::Punct(punct) if punct.as_char() == '.');
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.tokens(group.stream());
                    }
                }
            }
        }
        self.path_of_tokens(&mut path);
    }

    fn path_of_tokens(&mut self, path: &mut Vec<(String, usize)>) {
        if let [(_, line), _, ..] = path.as_slice() {
            let line = *line;
            let segments = path.iter().map(|(name, _)| name.clone()).collect();
            self.mention(segments, line, Role::Inline);
        }
        path.clear();
    }

    fn literal(&mut self, text: &LitStr) {
        if self.tests == 0 && text.value().chars().any(is_vietnamese) {
            self.reading.vietnamese.push(text.span().start().line);
        }
    }

    /// Texts among the tokens of the arguments of a macro or an attribute; documentation there is an attribute too.
    fn literals(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Literal(literal) => {
                    if let Lit::Str(text) = Lit::new(literal) {
                        self.literal(&text);
                    }
                }
                TokenTree::Group(group) if !is_doc(&group.stream()) => self.literals(group.stream()),
                _ => {}
            }
        }
    }

    fn public_type(&mut self, visibility: &Visibility, name: &syn::Ident) {
        let is_public = match visibility {
            Visibility::Public(_) => true,
            Visibility::Restricted(restricted) => restricted.path.is_ident("crate"),
            Visibility::Inherited => false,
        };
        if is_public && self.tests == 0 {
            self.reading.public_types.push((name.to_string(), name.span().start().line));
        }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Struct(found) => self.public_type(&found.vis, &found.ident),
            Item::Enum(found) => self.public_type(&found.vis, &found.ident),
            Item::Union(found) => self.public_type(&found.vis, &found.ident),
            Item::Trait(found) => self.public_type(&found.vis, &found.ident),
            Item::Type(found) => self.public_type(&found.vis, &found.ident),
            _ => {}
        }
        visit::visit_item(self, item);
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if module.content.is_none() {
            self.reading.children.push(module.ident.to_string());
        }
        let test = usize::from(module.attrs.iter().any(is_test));
        self.tests += test;
        self.modules.push(module.ident.to_string());
        visit::visit_item_mod(self, module);
        self.modules.pop();
        self.tests -= test;
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.function(&function.sig, Some(&function.block), &function.attrs);
        let test = usize::from(function.attrs.iter().any(is_test));
        self.tests += test;
        visit::visit_item_fn(self, function);
        self.tests -= test;
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.function(&function.sig, Some(&function.block), &function.attrs);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        self.function(&function.sig, function.default.as_ref(), &function.attrs);
        visit::visit_trait_item_fn(self, function);
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.use_tree(&item.tree, &[], !matches!(item.vis, Visibility::Inherited));
    }

    /// `pub(in crate::a)` names who may look, not what is looked at.
    fn visit_visibility(&mut self, _: &'ast Visibility) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.segments.len() > 1 {
            let segments = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            self.mention(segments, path.span().start().line, Role::Inline);
        }
        visit::visit_path(self, path);
    }

    fn visit_pat_struct(&mut self, pattern: &'ast syn::PatStruct) {
        if let (0, Some(rest), Some(last)) = (self.tests, &pattern.rest, pattern.path.segments.last()) {
            self.reading.partial_patterns.push((last.ident.to_string(), rest.span().start().line));
        }
        visit::visit_pat_struct(self, pattern);
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        if let (0, Some(last)) = (self.tests, called.path.segments.last()) {
            self.reading.macros.push((last.ident.to_string(), called.path.span().start().line));
        }
        self.tokens(called.tokens.clone());
        self.literals(called.tokens.clone());
        visit::visit_macro(self, called);
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if attribute.path().is_ident("doc") {
            return;
        }
        if let Meta::List(list) = &attribute.meta {
            self.literals(list.tokens.clone());
        }
        visit::visit_attribute(self, attribute);
    }

    fn visit_lit_str(&mut self, text: &'ast LitStr) {
        self.literal(text);
    }
}

fn with_name(prefix: &[String], name: &syn::Ident) -> Vec<String> {
    if name == "self" && !prefix.is_empty() { prefix.to_vec() } else { [prefix, &[name.to_string()]].concat() }
}

fn last_name(prefix: &[String], name: &syn::Ident) -> String {
    with_name(prefix, name).pop().unwrap_or_default()
}

fn takes_a_tuple_apart(input: &FnArg) -> bool {
    let FnArg::Typed(typed) = input else { return false };
    let pattern = match &*typed.pat {
        Pat::Reference(reference) => &reference.pat,
        other => other,
    };
    matches!(pattern, Pat::Tuple(_))
}

/// Letters with the marks that Vietnamese sets, written as one character or as a letter and its marks.
fn is_vietnamese(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{1ea0}'..='\u{1ef9}')
        || letter.to_lowercase().any(|small| "àáâãèéêìíòóôõùúýăđĩũơư".contains(small))
}

fn is_doc(tokens: &TokenStream) -> bool {
    matches!(tokens.clone().into_iter().next(), Some(TokenTree::Ident(first)) if first == "doc")
}

/// `#[cfg(test)]`, `#[test]`, `#[tokio::test]`.
pub(super) fn is_test(attribute: &Attribute) -> bool {
    match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg") => list.tokens.to_string() == "test",
        meta => meta.path().segments.last().is_some_and(|last| last.ident == "test"),
    }
}
