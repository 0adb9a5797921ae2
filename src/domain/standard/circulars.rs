//! The circulars known, of which at most one is in force on any day.
//!
//! In: the texts of their files. Out: [`Circulars`], from which the one in force on the
//! last day of a window judges it.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::circular::Circular;
use super::circular_file::CircularError;
use crate::domain::incident::taxonomy::Taxonomy;
use crate::domain::text::Culprit;
use crate::domain::time::period::{Day, Period};

/// The circulars known, the oldest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Circulars(Vec<Circular>);

/// Why circulars do not go together.
#[derive(Debug, thiserror::Error)]
pub enum CircularsError {
    /// One of them is refused.
    #[error("{file}: {source}")]
    File {
        /// The name of the circular file.
        file: String,
        /// Why.
        source: CircularError,
    },
    /// Two share a name.
    #[error("circulars: two are called {0:?}")]
    Duplicate(String),
    /// Two are in force on the same day.
    #[error("circulars: {first:?} and {second:?} are both in force on {day}")]
    Overlap {
        /// The earlier one.
        first: String,
        /// The later one.
        second: String,
        /// The first day on which both are.
        day: Date,
    },
}

impl CircularsError {
    /// The name at fault in its file.
    pub fn culprit(&self) -> Option<Culprit<'_>> {
        match self {
            Self::File { source, .. } => source.culprit(),
            Self::Duplicate(name) | Self::Overlap { second: name, .. } => Some(Culprit::Name(name)),
        }
    }
}

impl Circulars {
    /// Circulars of which at most one is in force on any day.
    ///
    /// # Errors
    /// Names the two that collide.
    pub fn new(mut circulars: Vec<Circular>) -> Result<Self, CircularsError> {
        circulars.sort_by(|a, b| (a.in_force_from, &a.id).cmp(&(b.in_force_from, &b.id)));
        let mut seen = BTreeSet::new();
        if let Some(twice) = circulars.iter().find(|circular| !seen.insert(circular.id.as_str())) {
            return Err(CircularsError::Duplicate(twice.id.clone()));
        }
        let neighbours = circulars.windows(2);
        let mut colliding = neighbours.filter(|pair| pair[0].is_in_force_on(pair[1].in_force_from));
        if let Some([first, second]) = colliding.next() {
            let (first, second, day) = (first.id.clone(), second.id.clone(), second.in_force_from);
            return Err(CircularsError::Overlap { first, second, day });
        }
        Ok(Self(circulars))
    }

    /// Reads files, each given by its name and its text.
    ///
    /// # Errors
    /// Names the file that is wrong, or the two that collide.
    pub fn from_files<'a>(
        files: impl Iterator<Item = (&'a str, &'a str)>,
        taxonomy: &Taxonomy,
    ) -> Result<Self, CircularsError> {
        let read = files.map(|(file, text)| {
            let wrong = |source| CircularsError::File { file: file.to_owned(), source };
            Circular::from_toml(text, taxonomy).map_err(wrong)
        });
        Self::new(read.collect::<Result<_, _>>()?)
    }

    /// The circular in force on a day.
    pub fn in_force(&self, day: Date) -> Option<&Circular> {
        self.0.iter().find(|circular| circular.is_in_force_on(day))
    }

    /// The circular that judges a period: the one in force on its last day.
    pub fn in_force_for(&self, period: Period) -> Option<&Circular> {
        self.in_force(Day::from_number(period.to().number() - 1).date())
    }

    /// Every circular, the oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &Circular> {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::standard::certification::UnitKind;
    use crate::domain::standard::criterion::{CriterionTest, Pool};

    const FILES: [(&str, &str); 3] = [
        ("circulars/023-2012.toml", include_str!("../../../geodata/circulars/023-2012.toml")),
        ("circulars/124-2021.toml", include_str!("../../../geodata/circulars/124-2021.toml")),
        ("circulars/048-2025.toml", include_str!("../../../geodata/circulars/048-2025.toml")),
    ];

    fn taxonomy() -> Taxonomy {
        Taxonomy::from_toml(include_str!("../../../geodata/taxonomy.toml")).unwrap()
    }

    fn read(files: &[(&str, &str)]) -> Result<Circulars, String> {
        Circulars::from_files(files.iter().copied(), &taxonomy()).map_err(|error| error.to_string())
    }

    fn window(from: &str, to: &str) -> Period {
        let day = |text: &str| Day::of_date(text.parse().unwrap());
        Period::new(day(from), day(to)).unwrap()
    }

    #[test]
    fn the_circular_in_force_on_the_last_day_judges_a_window() {
        let circulars = read(&FILES).unwrap();
        let in_force_for = |from, to| circulars.in_force_for(window(from, to)).map(|circular| circular.id.as_str());
        assert_eq!(in_force_for("2020-11-16", "2021-11-16"), Some("23/2012/TT-BCA"));
        assert_eq!(in_force_for("2021-02-10", "2022-02-10"), Some("23/2012/TT-BCA"), "its last day is 9 February");
        assert_eq!(in_force_for("2021-02-11", "2022-02-11"), Some("124/2021/TT-BCA"), "its last day is 10 February");
        assert_eq!(in_force_for("2024-11-16", "2025-11-16"), Some("48/2025/TT-BCA"));
        assert_eq!(in_force_for("2001-01-01", "2002-01-01"), None);
    }

    #[test]
    fn the_shipped_files_hold_the_thresholds_as_whole_numbers() {
        let circulars = read(&FILES).unwrap();
        let pools = circulars.iter().map(|circular| {
            let shares = circular.criteria_of(UnitKind::Commune).find_map(|criterion| match &criterion.test {
                CriterionTest::Shares(shares) => Some(shares.clone()),
                _ => None,
            });
            let shares = shares.unwrap();
            assert_eq!((shares.registered_min.parts(), shares.recognised_min.parts()), ((1, 1), (7, 10)));
            shares.pool
        });
        assert_eq!(pools.collect::<Vec<_>>(), [Pool::Pooled, Pool::Each, Pool::Each]);
        for circular in circulars.iter() {
            assert!(UnitKind::ALL.iter().all(|kind| circular.criteria_of(*kind).count() > 3), "{}", circular.id);
        }
    }

    #[test]
    fn the_hash_is_that_of_the_bytes_of_the_file() {
        let changed = FILES[1].1.replacen("[7, 10]", "[8, 10]", 1);
        let hash = |text: &str| read(&[("a.toml", text)]).unwrap().iter().next().unwrap().hash.clone();
        assert_eq!(hash(FILES[1].1).len(), 16);
        assert_ne!(hash(FILES[1].1), hash(&changed));
    }

    #[test]
    fn circulars_that_share_a_name_or_a_day_are_refused() {
        assert_eq!(read(&[FILES[1], FILES[1]]).unwrap_err(), "circulars: two are called \"124/2021/TT-BCA\"");
        let longer = FILES[1].1.replace("in_force_until = \"2025-07-01\"\n", "");
        assert_eq!(
            read(&[("124-2021.toml", &longer), FILES[2]]).unwrap_err(),
            "circulars: \"124/2021/TT-BCA\" and \"48/2025/TT-BCA\" are both in force on 2025-07-01"
        );
    }

    #[test]
    fn a_bad_file_is_refused_by_name_with_what_is_wrong() {
        let good = FILES[1].1;
        let cases = [
            ("_min = [7, 10]", "_min = [7, 0]", "[7, 0] is not a fraction from 0 to 1"),
            ("_min = [7, 10]", "_min = [0.7, 1]", "invalid type: floating point"),
            ("pool = \"each\"", "pool = \"some\"", "unknown variant `some`"),
            ("unit = \"school\"", "unit = \"kindergarten\"", "unknown variant `kindergarten`"),
            ("id = \"4.2\"", "id = \"4.1\"", "criterion 4.1: is given twice for residential_area"),
            ("id = \"4.2\"", "id = \"four\"", "is not written like 5.4"),
            ("least_review = \"fair\"", "", "criterion 5.1.b: a computed criterion has either least_review or shares"),
            ("least_review = \"fair\"", "least_review = \"unclassified\"", "must be good, fair or weak"),
            ("kind = \"evidence\"", "kind = \"evidence\"\nleast_review = \"good\"", "only a computed criterion has"),
            ("\"business\", \"school\"]", "\"business\", \"commune\"]", "names each kind of unit under a commune"),
            ("chance_above_p = 0.1", "chance_above_p = 1.5", "evidence.chance_above_p: 1.5 is not between 0 and 1"),
            ("\"chay_no\"]", "\"nope\"]", "evidence.components: no category belongs to \"nope\""),
            ("in_force_until = \"2025-07-01\"", "in_force_until = \"2020-07-01\"", "ends before it is in force"),
            ("id = \"124/2021/TT-BCA\"", "id = \"\"", "id: the official number is missing"),
            ("out_of_scope", "out_of_skope", "unknown field `out_of_skope`"),
        ];
        for (from, to, wanted) in cases {
            let text = good.replacen(from, to, 1);
            assert_ne!(text, good, "{from}");
            let message = read(&[("circulars/bad.toml", &text)]).unwrap_err();
            assert!(message.starts_with("circulars/bad.toml: ") && message.contains(wanted), "{message}");
        }
    }
}
