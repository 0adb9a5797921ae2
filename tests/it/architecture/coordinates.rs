//! Which bare pairs and quadruples of numbers a file hands to other modules: in signatures, fields, names of types.
//!
//! In: the syntax tree of one file. Out: the names of the items with their lines. What stands behind no visibility (a
//! conversion in the `impl` of a trait, a private field) is a file's own affair, and so are its tests.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Expr, Fields, Item, Lit, Type, Visibility};

use super::reading::is_test;

/// The items of a file that carry `[f64; 2]`, `[f64; 4]` or `(f64, f64)` where other modules see them.
pub(super) fn bare_coordinates(file: &syn::File) -> Vec<(String, usize)> {
    let mut carriers = Carriers::default();
    carriers.visit_file(file);
    carriers.found
}

#[derive(Default)]
struct Carriers {
    found: Vec<(String, usize)>,
}

impl Carriers {
    fn note(&mut self, name: String, at: proc_macro2::Span, carries: bool) {
        if carries {
            self.found.push((name, at.start().line));
        }
    }

    fn signature(&mut self, signature: &syn::Signature) {
        let mut pairs = BarePairs::default();
        pairs.visit_signature(signature);
        self.note(signature.ident.to_string(), signature.ident.span(), pairs.found);
    }

    fn fields(&mut self, owner: &syn::Ident, fields: &Fields, are_all_seen: bool) {
        for (index, field) in fields.iter().enumerate() {
            if are_all_seen || is_seen(&field.vis) {
                let name = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
                self.note(format!("{owner}.{name}"), field.span(), is_bare(&field.ty));
            }
        }
    }
}

impl<'ast> Visit<'ast> for Carriers {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Struct(found) => self.fields(&found.ident, &found.fields, false),
            Item::Enum(found) if is_seen(&found.vis) => {
                found.variants.iter().for_each(|variant| self.fields(&variant.ident, &variant.fields, true));
            }
            Item::Type(found) if is_seen(&found.vis) => {
                self.note(found.ident.to_string(), found.ident.span(), is_bare(&found.ty));
            }
            Item::Const(found) if is_seen(&found.vis) => {
                self.note(found.ident.to_string(), found.ident.span(), is_bare(&found.ty));
            }
            Item::Static(found) if is_seen(&found.vis) => {
                self.note(found.ident.to_string(), found.ident.span(), is_bare(&found.ty));
            }
            Item::Fn(found) if is_seen(&found.vis) => self.signature(&found.sig),
            Item::Trait(found) if is_seen(&found.vis) => {
                for item in &found.items {
                    if let syn::TraitItem::Fn(function) = item {
                        self.signature(&function.sig);
                    }
                }
            }
            _ => {}
        }
        visit::visit_item(self, item);
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !module.attrs.iter().any(is_test) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if is_seen(&function.vis) {
            self.signature(&function.sig);
        }
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_impl_item_const(&mut self, constant: &'ast syn::ImplItemConst) {
        if is_seen(&constant.vis) {
            self.note(constant.ident.to_string(), constant.ident.span(), is_bare(&constant.ty));
        }
    }
}

/// Whether a type is, or holds anywhere, a bare pair or quadruple of numbers.
fn is_bare(found: &Type) -> bool {
    let mut pairs = BarePairs::default();
    pairs.visit_type(found);
    pairs.found
}

#[derive(Default)]
struct BarePairs {
    found: bool,
}

impl<'ast> Visit<'ast> for BarePairs {
    fn visit_type_array(&mut self, array: &'ast syn::TypeArray) {
        self.found |= is_number(&array.elem) && matches!(length(&array.len).as_deref(), Some("2" | "4"));
        visit::visit_type_array(self, array);
    }

    fn visit_type_tuple(&mut self, tuple: &'ast syn::TypeTuple) {
        self.found |= tuple.elems.len() == 2 && tuple.elems.iter().all(is_number);
        visit::visit_type_tuple(self, tuple);
    }
}

fn is_number(found: &Type) -> bool {
    matches!(found, Type::Path(path) if path.path.is_ident("f64"))
}

fn length(written: &Expr) -> Option<String> {
    match written {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(number) => Some(number.base10_digits().to_owned()),
            _ => None,
        },
        _ => None,
    }
}

fn is_seen(visibility: &Visibility) -> bool {
    !matches!(visibility, Visibility::Inherited)
}
