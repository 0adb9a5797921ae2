//! The variables of the environment that the program reads, and those that are nearly called like one.
//!
//! In: the names of the environment. Out: the first misspelt one. A variable that is left unread because of a slip of
//! the pen leaves the program with a default that nobody chose.

use super::error::ConfigError;

/// Every variable that is read.
pub(super) const KNOWN: [&str; 10] = [
    "BINHYEN_CONFIG",
    "BINHYEN_DATA",
    "BINHYEN_LISTEN",
    "BINHYEN_PUBLIC_URL",
    "BINHYEN_BASE_PATH",
    "BINHYEN_CORS_ORIGINS",
    "BINHYEN_FRAME_ANCESTORS",
    "BINHYEN_CACHE_MB",
    "BINHYEN_LOG",
    "BINHYEN_SECURITY_CONTACT",
];
const PREFIX: &str = "BINHYEN_";

/// Refuses variables that are nearly called like one that is read.
///
/// # Errors
/// Names the variable and the one that was probably meant.
pub(super) fn check_names<'a>(names: impl Iterator<Item = &'a str>) -> Result<(), ConfigError> {
    let mut misspelt: Vec<(&str, &'static str)> = names.filter_map(|name| Some((name, meant(name)?))).collect();
    misspelt.sort_unstable();
    match misspelt.first() {
        Some((name, meant)) => Err(ConfigError::Variable { name: (*name).to_owned(), meant }),
        None => Ok(()),
    }
}

/// The variable that a name nearly is; none for one that is known, and for one of somebody else.
fn meant(name: &str) -> Option<&'static str> {
    let upper = name.to_uppercase();
    if KNOWN.contains(&name) || !(upper.starts_with("BINHYEN") || upper.starts_with("BINH_YEN")) {
        return None;
    }
    if let Some(known) = KNOWN.iter().find(|known| **known == upper) {
        return Some(known);
    }
    let plain = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let given = plain(&upper);
    let near = |known: &&&'static str| {
        let rest = known.trim_start_matches(PREFIX);
        let most = (rest.len() / 3).max(1);
        let is_longer = upper.starts_with(&format!("{known}_"));
        is_longer || distance(&given, &plain(known)) <= most
    };
    KNOWN.iter().filter(near).min_by_key(|known| distance(&given, &plain(known))).copied()
}

/// How many letters must be put in, taken out, changed or exchanged with the next to make one text of another.
///
/// # Reference
/// F. J. Damerau, "A technique for computer detection and correction of spelling errors" (1964), in the form that
/// touches no letter twice.
pub(super) fn distance(one: &str, other: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    // After `i` turns `row[j]` is the distance of the first i letters of one from the first j of the other, and
    // `before` is the row of the turn before.
    for i in 1..=a.len() {
        let mut next = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let changed = row[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            next[j] = changed.min(row[j] + 1).min(next[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                next[j] = next[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut row, next);
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_is_that_of_damerau() {
        assert_eq!([distance("LISTEN", "LISTN"), distance("DATA", "DTAA"), distance("", "AB")], [1, 1, 2]);
        // A published case: from "kitten" to "sitting" are three steps.
        assert_eq!((distance("kitten", "sitting"), distance("x", "x")), (3, 0));
    }

    #[test]
    fn misspelt_variable_is_refused_with_the_one_that_was_meant() {
        for (name, expected) in [
            ("BINHYEN_LISTN", "BINHYEN_LISTEN"),
            ("BINHYEN_DTAA", "BINHYEN_DATA"),
            ("BINHYEN_DATA_DIR", "BINHYEN_DATA"),
            ("BINHYEN_PUBLICURL", "BINHYEN_PUBLIC_URL"),
            ("BINHYEN_PUBLIC_URI", "BINHYEN_PUBLIC_URL"),
            ("BINHYENLISTEN", "BINHYEN_LISTEN"),
            ("BINH_YEN_DATA", "BINHYEN_DATA"),
            ("binhyen_log", "BINHYEN_LOG"),
            ("BINHYEN_LOGS", "BINHYEN_LOG"),
            ("BINHYEN_CORS_ORIGIN", "BINHYEN_CORS_ORIGINS"),
        ] {
            let refusal = check_names([name].into_iter()).unwrap_err().to_string();
            assert!(refusal.contains(name) && refusal.contains(&format!("{expected}?")), "{refusal}");
        }
    }

    #[test]
    fn names_that_are_right_or_of_others_pass() {
        let others = ["PATH", "BINHYEN_REAL_DATA", "BINHYEN_PEERS", "BINHYEN_URL", "BINHYEN_GOLDEN", "BINHYEN", "DATA"];
        let tokens = ["BINHYEN_PLANNER_TOKEN", "BINHYEN_POINTS", "BINHYEN_GROWTH", "BINHYEN_WORKLOAD", "BINHYEN_BIN"];
        assert!(check_names(KNOWN.into_iter().chain(others).chain(tokens)).is_ok());
        assert!(check_names([].into_iter()).is_ok());
    }
}
