//! Where the sources say a text: every `text!(…)` and `text_id!(…)`, however deep it stands in other macros.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::path::Path;
use walkdir::WalkDir;

/// One place where a text is said.
pub(super) struct Call {
    pub(super) file: String,
    pub(super) id: String,
    /// The names of its arguments.
    pub(super) arguments: BTreeSet<String>,
}

/// Every call in the sources.
pub(super) fn calls_of_sources() -> Vec<Call> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = WalkDir::new(root).sort_by_file_name().into_iter().filter_map(Result::ok);
    files
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"))
        .flat_map(|entry| {
            let text = std::fs::read_to_string(entry.path()).expect("source is readable UTF-8");
            calls_of(&entry.path().to_string_lossy(), &text)
        })
        .collect()
}

/// The calls in one source.
pub(super) fn calls_of(file: &str, source: &str) -> Vec<Call> {
    let tokens: TokenStream = source.parse().unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut calls = Vec::new();
    walk(file, tokens, &mut calls);
    calls
}

fn walk(file: &str, tokens: TokenStream, calls: &mut Vec<Call>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let is_call = index >= 2
            && group.delimiter() == Delimiter::Parenthesis
            && matches!(&tokens[index - 1], TokenTree::Punct(mark) if mark.as_char() == '!')
            && matches!(&tokens[index - 2], TokenTree::Ident(name) if name == "text" || name == "text_id");
        if is_call {
            calls.extend(call(file, group.stream()));
        }
        walk(file, group.stream(), calls);
    }
}

/// A call from the tokens between its parentheses; none where it begins with no id, as in the macro's own rules.
fn call(file: &str, tokens: TokenStream) -> Option<Call> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let TokenTree::Literal(id) = tokens.first()? else { return None };
    // A name stands after a comma and before `=`; what stands deeper lies in a group of its own.
    let names = tokens.windows(3).filter_map(|three| match three {
        [TokenTree::Punct(comma), TokenTree::Ident(name), TokenTree::Punct(equals)]
            if comma.as_char() == ',' && equals.as_char() == '=' =>
        {
            Some(name.to_string())
        }
        _ => None,
    });
    let id = id.to_string().trim_matches('"').to_owned();
    Some(Call { file: file.to_owned(), id, arguments: names.collect() })
}
