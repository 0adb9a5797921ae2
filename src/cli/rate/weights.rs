//! Files of neighbours: JSON lists, and the GAL and GWT files of `GeoDa` and `PySAL`.
//!
//! In: a file. Out: the names of the neighbours of every area that it names. The numbers of a GWT file (distances or
//! weights) are not used: in every statistic each neighbour counts the same, or all of an area count one together.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

/// The neighbours of areas, by id.
pub(super) type NeighbourLists = BTreeMap<String, Vec<String>>;

/// The neighbours that a file names.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct WrittenWeights {
    pub(super) lists: NeighbourLists,
    /// How many areas there are, where those without a neighbour are not listed.
    pub(super) with_unlisted: Option<usize>,
}

/// The lists of a file: by its ending for GAL and GWT, as JSON otherwise.
pub(super) fn lists_of_file(path: &Path) -> Result<WrittenWeights, String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
    match ending.as_str() {
        "gal" => gal(&text).map(|lists| WrittenWeights { lists, with_unlisted: None }),
        "gwt" => gwt(&text),
        "swm" | "mat" | "kwt" | "dat" => {
            Err(format!(".{ending} is not read: save the neighbours as .gal, .gwt or JSON {{\"id\": [\"id\", …]}}"))
        }
        _ => json(&text).map(|lists| WrittenWeights { lists, with_unlisted: None }),
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenNeighbours {
    Member { neighbors: NeighbourLists },
    Plain(NeighbourLists),
}

fn json(text: &str) -> Result<NeighbourLists, String> {
    let written = serde_json::from_str(text).map_err(|error| format!("no lists of neighbours: {error}"))?;
    Ok(match written {
        WrittenNeighbours::Member { neighbors } | WrittenNeighbours::Plain(neighbors) => neighbors,
    })
}

/// The words of a text behind its first line, each with its line.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().skip(1);
    lines.flat_map(|(index, line)| line.split_whitespace().map(move |word| (index + 1, word)))
}

/// How many areas the first line says there are: `n` or `0 n file variable`.
fn areas_told(text: &str) -> Result<usize, String> {
    let header: Vec<&str> = text.lines().next().unwrap_or_default().split_whitespace().collect();
    let told = match header.as_slice() {
        [count] | [_, count, ..] => Some(count),
        [] => None,
    };
    told.and_then(|count| count.parse().ok())
        .ok_or_else(|| "line 1: the number of areas is missing (\"0 85 file id\", or \"85\")".to_owned())
}

/// A GAL file: for each area its id and the number of its neighbours, then their ids.
fn gal(text: &str) -> Result<NeighbourLists, String> {
    let told = areas_told(text)?;
    let mut words = words(text);
    let mut lists = NeighbourLists::new();
    while let Some((line, id)) = words.next() {
        let count = words.next().map(|(_, count)| count).unwrap_or_default();
        let count: usize = count
            .parse()
            .map_err(|_| format!("line {line}: area {id:?} has {count:?} neighbours, a number is needed"))?;
        let list: Vec<String> = words.by_ref().take(count).map(|(_, neighbour)| neighbour.to_owned()).collect();
        if list.len() < count {
            return Err(format!(
                "line {line}: area {id:?} has {count} neighbours, and the file ends after {}",
                list.len()
            ));
        }
        if lists.insert(id.to_owned(), list).is_some() {
            return Err(format!("line {line}: area {id:?} comes twice"));
        }
    }
    if lists.len() == told {
        return Ok(lists);
    }
    Err(format!("line 1 says {told} areas, the file has {}", lists.len()))
}

/// A GWT file: on each line an area, one neighbour, and a number. Areas without a line have no neighbour.
fn gwt(text: &str) -> Result<WrittenWeights, String> {
    let told = areas_told(text)?;
    let mut lists = NeighbourLists::new();
    for (index, line) in text.lines().enumerate().skip(1).filter(|(_, line)| !line.trim().is_empty()) {
        let wrong = || format!("line {}: {line:?} is not an area, a neighbour and a number", index + 1);
        let [id, neighbour, weight] = *line.split_whitespace().collect::<Vec<_>>() else { return Err(wrong()) };
        weight.parse::<f64>().map_err(|_| wrong())?;
        lists.entry(id.to_owned()).or_default().push(neighbour.to_owned());
        lists.entry(neighbour.to_owned()).or_default();
    }
    if lists.len() > told {
        return Err(format!("line 1 says {told} areas, the file names {}", lists.len()));
    }
    Ok(WrittenWeights { lists, with_unlisted: Some(told) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(given: &[(&str, &[&str])]) -> NeighbourLists {
        let owned = |list: &&[&str]| list.iter().map(|id| (*id).to_owned()).collect();
        given.iter().map(|(id, list)| ((*id).to_owned(), owned(list))).collect()
    }

    #[test]
    fn gal_file_is_read_with_its_islands() {
        let row = lists(&[("a", &["b"]), ("b", &["a", "c"]), ("c", &["b"]), ("d", &[])]);
        assert_eq!(gal("0 4 towns id\na 1\nb\nb 2\na c\nc 1\nb\nd 0\n\n"), Ok(row.clone()));
        assert_eq!(gal("4\r\na 1\r\nb\r\nb 2\r\na c\r\nc 1\r\nb\r\nd 0\r\n"), Ok(row));
    }

    #[test]
    fn gwt_file_is_read_without_its_numbers() {
        let row = lists(&[("a", &["b"]), ("b", &["a"]), ("c", &["b"])]);
        let written = WrittenWeights { lists: row, with_unlisted: Some(4) };
        assert_eq!(gwt("0 4 towns id\na b 1200.5\nb a 1200.5\nc b 0.5\n"), Ok(written));
        assert!(gwt("0 2 towns id\na b 1\nb a 1\nc b 1\n").unwrap_err().contains("the file names 3"));
    }

    #[test]
    fn wrong_files_are_named_with_their_line() {
        assert_eq!(
            gal("0 2 t id\na x\n"),
            Err("line 2: area \"a\" has \"x\" neighbours, a number is needed".to_owned())
        );
        assert_eq!(
            gal("0 1 t id\na 3\nb c\n"),
            Err("line 2: area \"a\" has 3 neighbours, and the file ends after 2".to_owned())
        );
        assert_eq!(gal("0 2 t id\na 0\n"), Err("line 1 says 2 areas, the file has 1".to_owned()));
        assert_eq!(gal("0 2 t id\na 0\na 0\n"), Err("line 3: area \"a\" comes twice".to_owned()));
        assert!(gal("").unwrap_err().starts_with("line 1: the number of areas is missing"));
        assert!(gwt("0 2 t id\na b\n").unwrap_err().starts_with("line 2: "));
        assert!(json("[1]").unwrap_err().starts_with("no lists of neighbours"));
    }
}
