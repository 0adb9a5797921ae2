//! Bytes as one of the TOML files of a data folder, or as the configuration of a server. Words and rules that are
//! accepted are good enough to be served by.
#![no_main]

use std::borrow::Cow;

use binhyen::cli::LoadedRules;
use binhyen::config::{Config, Flags, RuleFiles, log_filter};
use binhyen::http::extract::access::AccessList;
use binhyen::http::site::Site;
use binhyen_fuzz::choices::Choices;
use binhyen_fuzz::input_file::written;
use binhyen_fuzz::server::ask_under;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((choices, file)) = Choices::<1>::split(bytes) else { return };
    let kind = choices.of(0, &[0, 1, 2, 3, 4, 5, 6]);
    if kind == 0 {
        return configuration(file);
    }
    let Ok(text) = std::str::from_utf8(file) else { return };
    let mut files = RuleFiles::embedded();
    let text: Cow<'static, str> = Cow::Owned(text.to_owned());
    match kind {
        1 => files.taxonomy = text,
        2 => files.rules = text,
        3 => files.peers = text,
        4 => files.editions = text,
        5 => files.schemes.iter_mut().filter(|file| file.stem == "default").for_each(|file| file.text = text.clone()),
        _ => files.circulars.iter_mut().take(1).for_each(|file| file.text = text.clone()),
    }
    match LoadedRules::from_files(&files) {
        Ok(words) => ask_under(&words),
        Err(fault) => assert!(!fault.to_string().is_empty()),
    }
});

fn configuration(file: &[u8]) {
    let flags = Flags { config: Some(written("binhyen.toml", file)), ..Flags::default() };
    match Config::from_sources(flags, &|_| Ok(None)) {
        Ok(config) => {
            let site = Site::new(&config);
            assert!(site.address("/tiles").ends_with("/tiles"));
            assert!(site.local_names(8080).len() == 3);
            AccessList::new(&config.tokens).expect("tokens that are accepted open their roles");
            let _ = log_filter(&config.log);
        }
        Err(fault) => assert!(!fault.to_string().is_empty()),
    }
}
