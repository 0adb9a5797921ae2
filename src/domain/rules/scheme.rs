//! Rating schemes: which components are rated, how heavy each severity weighs, and
//! how a letter follows. Several stand side by side, one file each.
//!
//! In: the texts of the scheme files and the taxonomy. Out: checked [`Schemes`], of
//! which a filter names one by its [`SchemeIndex`]. A scheme never changes what is
//! counted. It computes nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::grade_bands::{GradeBands, UnclearRange};
pub use super::scheme_error::{SchemeError, SchemesError};
use crate::domain::area::exposure::ExposureKind;
use crate::domain::incident::taxonomy::{Severity, Taxonomy};
use crate::domain::index::{IndexVec, list_index};
use crate::domain::text::{Names, short_hash};

/// A component of the rating: a family of categories with weights by severity.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    /// The id by which files and answers name it.
    pub id: String,
    /// Its names for people.
    pub names: Names,
    /// What its incidents are measured against.
    pub exposure: ExposureKind,
    /// Whether it takes part in the grade.
    pub use_in_grade: ComponentUse,
    /// The weight of each severity, the least severe first.
    pub weights: [f64; Severity::COUNT],
}

/// Whether a component takes part in the grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComponentUse {
    /// Weighted into the grade.
    Rated,
    /// Shown, not rated.
    Shown,
}

/// How the statistical grade is formed.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradeRule {
    /// Years of the default window.
    pub years: u8,
    /// Which relative risks have which letter.
    pub bands: GradeBands,
    /// Probability inside the reported interval.
    pub interval: f64,
    /// Reliability below which the letter is withheld.
    pub min_reliability: f64,
    /// Probability of its band from which a letter is shown; below it the letters of both ends of the interval are.
    #[serde(default = "GradeRule::default_min_letter_probability")]
    pub min_letter_probability: f64,
    /// Whose spread an estimate leans on.
    #[serde(default)]
    pub peers: PeerUse,
    /// Whose rates are expected of an area.
    #[serde(default)]
    pub expectation: Expectation,
    /// The probabilities of lying above the common level at which nothing differs clearly.
    pub unclear: UnclearRange,
}

/// Whose spread an estimate leans on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PeerUse {
    /// That of all areas.
    #[default]
    None,
    /// That of the areas of the same peer group.
    Terrain,
}

/// Whose rates are expected of an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Expectation {
    /// Those of the province: a ratio of 1 is the provincial level.
    #[default]
    Province,
    /// Those of the peer group: a ratio of 1 is the level of the peers.
    Peers,
}

/// One rating scheme.
#[derive(Debug, Clone, PartialEq)]
pub struct Scheme {
    /// The id, after which its file is called.
    pub id: String,
    /// The version named in every answer.
    pub version: String,
    /// The first sixteen hexadecimal digits of the SHA-256 of the file.
    pub hash: String,
    /// Its names for people.
    pub names: Names,
    /// Whether the public may request it.
    pub is_released: bool,
    /// The components in file order.
    pub components: IndexVec<ComponentIndex, Component>,
    /// How a letter follows from a ratio.
    pub grade: GradeRule,
}

list_index!(
    /// A component of a scheme, by its index in it.
    pub ComponentIndex
);

/// The index of a scheme among the loaded ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemeIndex(u8);

impl SchemeIndex {
    /// The scheme at an index.
    pub fn new(index: u8) -> Self {
        Self(index)
    }

    /// The index as a number.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// The loaded schemes in the order of their ids, one of which is the default.
#[derive(Debug, Clone, PartialEq)]
pub struct Schemes {
    default: Scheme,
    default_index: SchemeIndex,
    entries: Vec<Scheme>,
}

/// A scheme file: its name without the folder and the ending, and its text.
#[derive(Debug, Clone, Copy)]
pub struct SchemeText<'a> {
    /// The file, as errors name it.
    pub file: &'a str,
    /// The id after which it is called.
    pub file_id: &'a str,
    /// What it holds.
    pub text: &'a str,
}

impl Scheme {
    /// Reads a scheme and checks it against the taxonomy.
    pub fn from_toml(source: SchemeText<'_>, taxonomy: &Taxonomy) -> Result<Self, SchemeError> {
        let file: SchemeFile = toml::from_str(source.text)?;
        if file.id != source.file_id {
            return Err(SchemeError::Name { id: file.id, file_id: source.file_id.to_owned() });
        }
        let components: Vec<Component> =
            file.component.into_iter().map(|entry| entry.checked(taxonomy)).collect::<Result<_, _>>()?;
        check_components(&components, taxonomy)?;
        file.grade.check()?;
        Ok(Self {
            id: file.id,
            version: file.version,
            hash: short_hash(source.text),
            names: Names { vi: file.vi, en: file.en },
            is_released: file.released,
            components: components.into(),
            grade: file.grade,
        })
    }
}

impl Schemes {
    /// Reads every scheme file; the rules name the default one.
    pub fn from_texts<'a>(
        texts: impl IntoIterator<Item = SchemeText<'a>>,
        default_id: &str,
        taxonomy: &Taxonomy,
    ) -> Result<Self, SchemesError> {
        let read = |source: SchemeText<'a>| {
            Scheme::from_toml(source, taxonomy)
                .map_err(|fault| SchemesError::File { file: source.file.to_owned(), fault })
        };
        let entries = texts.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
        Self::new(entries, default_id)
    }

    /// Puts schemes side by side.
    pub fn new(mut entries: Vec<Scheme>, default_id: &str) -> Result<Self, SchemesError> {
        entries.sort_by(|one, other| one.id.cmp(&other.id));
        let most = usize::from(u8::MAX);
        if entries.len() > most {
            return Err(SchemesError::TooMany { count: entries.len(), most });
        }
        let id = default_id.to_owned();
        let Some(index) = entries.iter().position(|scheme| scheme.id == default_id) else {
            let known: Vec<&str> = entries.iter().map(|scheme| scheme.id.as_str()).collect();
            return Err(SchemesError::NoDefault { id, known: known.join(", ") });
        };
        let default = entries[index].clone();
        if !default.is_released {
            return Err(SchemesError::DefaultNotReleased { id });
        }
        Ok(Self { default, default_index: SchemeIndex(index as u8), entries })
    }

    /// The scheme at an index; the default one for an index among other schemes.
    pub fn scheme(&self, index: SchemeIndex) -> &Scheme {
        self.entries.get(index.index()).unwrap_or(&self.default)
    }

    /// The index of the default scheme.
    pub fn default_index(&self) -> SchemeIndex {
        self.default_index
    }

    /// The scheme of an id or of a hash.
    pub fn named(&self, id_or_hash: &str) -> Option<SchemeIndex> {
        let is_named = |scheme: &Scheme| scheme.id == id_or_hash || scheme.hash == id_or_hash;
        self.entries.iter().position(is_named).map(|index| SchemeIndex(index as u8))
    }

    /// Every scheme, in the order of the ids.
    pub fn iter(&self) -> impl Iterator<Item = &Scheme> {
        self.entries.iter()
    }
}

impl GradeRule {
    /// A letter is shown where it is more likely than all others together.
    fn default_min_letter_probability() -> f64 {
        0.5
    }

    /// Whether a probability of lying above the common level leaves open on which side an area is.
    pub fn is_unclear(&self, prob_above_1: f64) -> bool {
        prob_above_1 > self.unclear.low && prob_above_1 < self.unclear.high
    }

    fn check(&self) -> Result<(), SchemeError> {
        let range = |what, expected| Err(SchemeError::Range { what, expected });
        let bands = <[f64; 4]>::from(self.bands);
        if self.bands.a <= 0.0 || !bands.windows(2).all(|pair| pair[0] < pair[1]) {
            return range("grade.bands", "positive and ascending");
        }
        if !(self.interval > 0.0 && self.interval < 1.0) {
            return range("grade.interval", "between 0 and 1");
        }
        if !(0.0..=1.0).contains(&self.min_reliability) {
            return range("grade.min_reliability", "between 0 and 1");
        }
        // Both ends of an interval in one band leave it at least the probability of the interval, so that a range always
        // has two letters.
        if !(0.0..=self.interval).contains(&self.min_letter_probability) {
            return range("grade.min_letter_probability", "between 0 and grade.interval");
        }
        let UnclearRange { low, high } = self.unclear;
        if !(0.0..=0.5).contains(&low) || !(0.5..=1.0).contains(&high) {
            return range("grade.unclear", "two probabilities with one half between them");
        }
        if self.expectation == Expectation::Peers && self.peers == PeerUse::None {
            return range("grade.peers", "\"terrain\" where grade.expectation is \"peers\"");
        }
        Ok(())
    }
}

/// Every component once, and every category in one of them.
fn check_components(components: &[Component], taxonomy: &Taxonomy) -> Result<(), SchemeError> {
    let mut known = BTreeSet::new();
    if let Some(twice) = components.iter().find(|component| !known.insert(component.id.as_str())) {
        return Err(SchemeError::Duplicate { name: twice.id.clone() });
    }
    match taxonomy.categories.iter().find(|category| !known.contains(category.component.as_str())) {
        Some(category) => Err(SchemeError::Undefined { what: "component", name: category.component.clone() }),
        None => Ok(()),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SchemeFile {
    id: String,
    version: String,
    vi: String,
    en: String,
    released: bool,
    component: Vec<ComponentEntry>,
    grade: GradeRule,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ComponentEntry {
    id: String,
    vi: String,
    en: String,
    exposure: String,
    rated: bool,
    #[serde(default)]
    weight: BTreeMap<String, f64>,
}

impl ComponentEntry {
    /// The weight of every severity; what is only shown may name none.
    fn weights(&self, taxonomy: &Taxonomy) -> Result<[f64; Severity::COUNT], SchemeError> {
        let mut given = [None; Severity::COUNT];
        for (id, &weight) in &self.weight {
            let Some(severity) = taxonomy.severity(id) else {
                return Err(SchemeError::Undefined { what: "severity", name: id.clone() });
            };
            if weight != 0.0 && !(0.001..=1e6).contains(&weight) {
                let (component, severity) = (self.id.clone(), id.clone());
                return Err(SchemeError::Weight { component, severity, weight });
            }
            given[severity.index()] = Some(weight);
        }
        let missing = taxonomy.severities.iter().zip(&given).filter(|(_, weight)| weight.is_none());
        let missing: Vec<&str> = missing.map(|(severity, _)| severity.id.as_str()).collect();
        if !missing.is_empty() && (self.rated || !self.weight.is_empty()) {
            return Err(SchemeError::NoWeight { component: self.id.clone(), missing: missing.join(", ") });
        }
        Ok(given.map(Option::unwrap_or_default))
    }

    fn checked(self, taxonomy: &Taxonomy) -> Result<Component, SchemeError> {
        let Some(exposure) = ExposureKind::named(&self.exposure) else {
            return Err(SchemeError::Undefined { what: "exposure", name: self.exposure });
        };
        let weights = self.weights(taxonomy)?;
        Ok(Component {
            id: self.id,
            names: Names { vi: self.vi, en: self.en },
            exposure,
            use_in_grade: if self.rated { ComponentUse::Rated } else { ComponentUse::Shown },
            weights,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEFAULT: &str = include_str!("../../../geodata/schemes/default.toml");
    const UNWEIGHTED: &str = include_str!("../../../geodata/schemes/khong_trong_so.toml");

    fn taxonomy() -> Taxonomy {
        Taxonomy::from_toml(include_str!("../../../geodata/taxonomy.toml")).unwrap()
    }

    fn read(file_id: &str, text: &str) -> Result<Scheme, SchemeError> {
        Scheme::from_toml(SchemeText { file: "schemes/x.toml", file_id, text }, &taxonomy())
    }

    fn changed(from: &str, to: &str) -> Result<Scheme, SchemeError> {
        assert!(DEFAULT.contains(from), "{from}");
        read("default", &DEFAULT.replacen(from, to, 1))
    }

    #[test]
    fn shipped_schemes_are_accepted() {
        let scheme = read("default", DEFAULT).unwrap();
        assert_eq!(scheme.grade.bands, GradeBands { a: 0.5, b: 0.8, c: 1.25, d: 2.0 });
        assert_eq!(scheme.components[ComponentIndex::new(0)].weights, [1.0, 3.0, 7.0, 15.0, 20.0]);
        assert_eq!(scheme.grade.min_letter_probability, 0.5);
        let silent = changed("min_letter_probability = 0.5\n", "").unwrap();
        assert_eq!(silent.grade.min_letter_probability, 0.5, "the default");
        assert_eq!(scheme.hash.len(), 16);
        let unweighted = read("khong_trong_so", UNWEIGHTED).unwrap();
        let rated = unweighted.components.iter().filter(|part| part.use_in_grade == ComponentUse::Rated);
        assert!(rated.map(|part| part.weights).all(|weights| weights == [1.0; 5]));
    }

    #[test]
    fn changing_a_weight_changes_the_hash() {
        let other = changed("rat_nghiem_trong = 15", "rat_nghiem_trong = 16").unwrap();
        assert_ne!(other.hash, read("default", DEFAULT).unwrap().hash);
    }

    #[test]
    fn what_is_wrong_in_a_scheme_is_named() {
        for (from, to, said) in [
            ("[0.5, 0.8, 1.25, 2.0]", "[0.5, 0.8, 0.7, 2.0]", "grade.bands must be positive and ascending"),
            ("interval = 0.8", "interval = 1.0", "grade.interval must be between 0 and 1"),
            ("min_reliability = 0.3", "min_reliability = -0.1", "grade.min_reliability must be between 0 and 1"),
            ("min_letter_probability = 0.5", "min_letter_probability = 0.9", "must be between 0 and grade.interval"),
            ("min_letter_probability = 0.5", "min_letter_probability = -0.5", "must be between 0 and grade.interval"),
            ("[0.1, 0.9]", "[0.6, 0.9]", "grade.unclear must be two probabilities"),
            ("peers = \"none\"", "peers = \"sea\"", "unknown variant `sea`, expected `none` or `terrain`"),
            ("peers = \"none\"", "expectation = \"peers\"", "grade.peers must be \"terrain\""),
            ("exposure = \"residents\"", "exposure = \"cows\"", "exposure \"cows\" is not defined"),
            ("nghiem_trong = 3", "nghiem_trong = -3", "component.weight must be 0"),
            ("nghiem_trong = 7, ", "", "component \"trat_tu\": weight names no nghiem_trong"),
            ("hanh_chinh = 1", "nhe = 1", "severity \"nhe\" is not defined"),
            ("id = \"giao_thong\"", "id = \"trat_tu\"", "two components are called \"trat_tu\""),
            ("id = \"khac\"", "id = \"other\"", "component \"khac\" is not defined"),
            ("id = \"default\"", "id = \"mine\"", "id is \"mine\", but the file is called after \"default\""),
            ("version = ", "versoin = ", "unknown field `versoin`"),
        ] {
            let refusal = changed(from, to).unwrap_err().to_string();
            assert!(refusal.contains(said), "{to}: {refusal}");
        }
    }

    #[test]
    fn schemes_are_found_by_id_and_by_hash() {
        let entries = || vec![read("khong_trong_so", UNWEIGHTED).unwrap(), read("default", DEFAULT).unwrap()];
        let schemes = Schemes::new(entries(), "default").unwrap();
        let ids: Vec<&str> = schemes.iter().map(|scheme| scheme.id.as_str()).collect();
        assert_eq!(ids, ["default", "khong_trong_so"]);
        assert_eq!(schemes.named("default"), Some(schemes.default_index()));
        let other = schemes.named(&entries()[0].hash).unwrap();
        assert_eq!(schemes.scheme(other).id, "khong_trong_so");
        assert_eq!(schemes.named("2026.1"), None);
        assert_eq!(schemes.scheme(SchemeIndex::new(9)).id, "default");
    }

    #[test]
    fn default_must_be_there_and_released() {
        let entries = || vec![read("khong_trong_so", UNWEIGHTED).unwrap(), read("default", DEFAULT).unwrap()];
        let said = |id: &str| Schemes::new(entries(), id).unwrap_err().to_string();
        assert!(said("none").contains("there are: default, khong_trong_so"));
        assert!(said("khong_trong_so").contains("must be a released scheme"));
        assert!(Schemes::new(Vec::new(), "default").is_err());
    }
}
