//! The embedded sample as it is served, and the file that says what was planted in it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use std::collections::BTreeMap;

use binhyen::cli::{DataFolder, sample};
use binhyen::config::{RuleFiles, SAMPLE};
use binhyen::domain::holdings::Holdings;
use binhyen::domain::rules::rule_set::RuleSet;
use binhyen::snapshot::{Snapshot, build};
use binhyen::store::Store;
use serde::Deserialize;

use super::imports::wait;
use super::rule_set_of;

/// What is true of the sample.
#[derive(Debug, Deserialize)]
pub(crate) struct Truth {
    pub(crate) places: Places,
    pub(crate) late: Late,
    pub(crate) change: Vec<Change>,
    pub(crate) cluster: Burst,
    pub(crate) campaign: Vec<Burst>,
    pub(crate) season: Season,
    pub(crate) effect: Vec<Effect>,
    /// The rates of every commune over those of the province: order crime, traffic, fire.
    pub(crate) risk: BTreeMap<String, [f64; 3]>,
}

/// How many incidents are known how, of those that can be drawn.
#[derive(Debug, Deserialize)]
pub(crate) struct Places {
    pub(crate) incidents: usize,
    pub(crate) drawable: usize,
    pub(crate) by_commune: usize,
    pub(crate) by_district: usize,
    pub(crate) outside: usize,
    pub(crate) without_place: usize,
}

/// What was reported too late to be in the sample.
#[derive(Debug, Deserialize)]
pub(crate) struct Late {
    pub(crate) file: String,
    pub(crate) incidents: usize,
}

/// A commune, the unit it became part of, and where its incidents went.
#[derive(Debug, Deserialize)]
pub(crate) struct Change {
    pub(crate) commune: String,
    pub(crate) merged: String,
    pub(crate) direction: String,
}

/// Incidents of one category more than usual.
#[derive(Debug, Deserialize)]
pub(crate) struct Burst {
    pub(crate) category: String,
    pub(crate) communes: Vec<String>,
    pub(crate) merged: Vec<String>,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) cases: u32,
}

/// The course of a year.
#[derive(Debug, Deserialize)]
pub(crate) struct Season {
    pub(crate) category: String,
    pub(crate) months: [f64; 12],
}

/// What models of a kind do.
#[derive(Debug, Deserialize)]
pub(crate) struct Effect {
    pub(crate) kind: String,
    pub(crate) verdict: String,
    #[serde(default)]
    pub(crate) model: Vec<ToldModel>,
}

/// A model by which the effect of its kind is told.
#[derive(Debug, Deserialize)]
pub(crate) struct ToldModel {
    pub(crate) id: String,
    /// The communes of the unit around it.
    pub(crate) communes: Vec<String>,
    pub(crate) merged: String,
}

impl Truth {
    /// The file beside the sample.
    pub(crate) fn read() -> Self {
        toml::from_str(SAMPLE.get_file("truth.toml").unwrap().contents_utf8().unwrap()).unwrap()
    }

    /// The codes of an edition in which something was planted beyond the two changes: around models that work, and
    /// where the cluster is.
    pub(crate) fn touched(&self, edition: &str) -> Vec<&str> {
        let works = self.effect.iter().filter(|effect| effect.verdict == "works").flat_map(|effect| &effect.model);
        let codes: Vec<&String> = match edition {
            "2025-07" => works.map(|model| &model.merged).chain(&self.cluster.merged).collect(),
            _ => works.flat_map(|model| &model.communes).chain(&self.cluster.communes).collect(),
        };
        codes.into_iter().map(String::as_str).collect()
    }
}

impl Change {
    /// The code of the commune in an edition.
    pub(crate) fn code(&self, edition: &str) -> &str {
        if edition == "2025-07" { &self.merged } else { &self.commune }
    }
}

/// The holdings of the embedded sample.
pub(crate) fn sample_holdings() -> Holdings {
    let folder = tempfile::tempdir().unwrap();
    let words = DataFolder::new(folder.path()).unwrap().loaded_rules;
    wait(async {
        let store = Store::open(folder.path(), &words.taxonomy).await.unwrap();
        sample::fill(&store, &words).await.unwrap();
        store.load().await.unwrap()
    })
}

/// The embedded sample as it is served.
pub(crate) fn sample_snapshot() -> (RuleSet, Snapshot) {
    let rules = rule_set_of(&RuleFiles::embedded());
    let snapshot = build(sample_holdings(), &rules, None).unwrap();
    (rules, snapshot)
}
