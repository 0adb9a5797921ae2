//! What a site holds: every question of the public page in released windows, with the file that holds its answer.

use std::collections::BTreeMap;

use super::address::{AnswerPlace, answer_place, archive_place, language_code, parameters_name};
use crate::domain::text::Language;
use crate::service::questions::published::{PublishedEdition, PublishedScope};

/// How much of a shape the page asks for, of which levels.
const OUTLINES: &str = "simplified";
/// The attributes of former areas that lie over the map as lines.
const FORMER: &str = "code,name,level";

/// A file with the answers that it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AnswerFile {
    /// Where it lies.
    pub(crate) path: String,
    /// What it holds: one answer without a member, or one for each.
    pub(crate) parts: Vec<AnswerPart>,
}

/// An answer in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AnswerPart {
    /// The member that it is; none where it is the file.
    pub(crate) member: Option<String>,
    /// What is asked.
    pub(crate) route: String,
    /// In which language.
    pub(crate) language: Language,
}

/// A file whose bytes are those of one answer, as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TableFile {
    /// Where it lies.
    pub(crate) path: String,
    /// What is asked.
    pub(crate) route: String,
    /// In which language.
    pub(crate) language: Language,
}

/// A file of tiles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ArchiveFile {
    /// Where it lies.
    pub(crate) path: String,
    /// The address of the TileJSON that describes it.
    pub(crate) route: String,
    /// The parameters of the tiles.
    pub(crate) parameters: Vec<(&'static str, String)>,
}

/// Every file of answers, in the order of their places.
pub(crate) fn answer_files(scope: &PublishedScope) -> Vec<AnswerFile> {
    let mut files: BTreeMap<String, Vec<AnswerPart>> = BTreeMap::new();
    let mut ask = |route: String, language: Language| {
        let AnswerPlace { file, member } = answer_place(&route, language);
        files.entry(file).or_default().push(AnswerPart { member, route, language });
    };
    for route in ["/meta", "/version", "/gazetteer"] {
        ask(route.to_owned(), Language::Vietnamese);
    }
    for edition in &scope.editions {
        let id = edition.id;
        for (level, _) in &edition.levels {
            for geometry in [OUTLINES, "none"] {
                ask(format!("/areas?edition={id}&level={level}&geometry={geometry}"), Language::Vietnamese);
            }
        }
        for window in &scope.windows {
            numbers(edition, window, &mut |route| ask(route, Language::Vietnamese));
        }
    }
    files.into_iter().map(|(path, parts)| AnswerFile { path, parts }).collect()
}

/// The questions about the areas of an edition in a window.
fn numbers(edition: &PublishedEdition, window: &str, ask: &mut dyn FnMut(String)) {
    let id = edition.id;
    for (level, codes) in &edition.levels {
        ask(format!("/ratings?edition={id}&level={level}&window={window}"));
        for code in codes {
            ask(format!("/areas/{id}/{code}?window={window}"));
            ask(format!("/areas/{id}/{code}/explanation?window={window}"));
            ask(format!("/series?edition={id}&window={window}&areas={code}&by=year"));
        }
    }
}

/// The tilesets of the page: one for each edition and window, and one of bare areas for each edition.
fn archive_parameters(scope: &PublishedScope) -> impl Iterator<Item = Vec<(&'static str, String)>> {
    scope.editions.iter().flat_map(|edition| {
        let id = edition.id.to_string();
        let bare = vec![("edition", id.clone()), ("properties", FORMER.to_owned())];
        let counted = scope.windows.iter().map(move |window| vec![("edition", id.clone()), ("window", window.clone())]);
        std::iter::once(bare).chain(counted)
    })
}

/// Every file of tiles.
pub(crate) fn archive_files(scope: &PublishedScope) -> Vec<ArchiveFile> {
    let file = |parameters: Vec<(&'static str, String)>| {
        let route = route_of("/tiles/map", &parameters);
        ArchiveFile { path: archive_place(&route), route, parameters }
    };
    archive_parameters(scope).map(file).collect()
}

/// Every table: the areas of each edition and level in each window, as CSV, as JSON, and as a workbook in each language.
pub(crate) fn table_files(scope: &PublishedScope) -> Vec<TableFile> {
    let mut files = Vec::new();
    for edition in &scope.editions {
        for (level, _) in &edition.levels {
            for window in &scope.windows {
                let pairs =
                    [("edition", edition.id.to_string()), ("level", level.to_string()), ("window", window.clone())];
                let name =
                    parameters_name(pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect());
                let route = route_of("/ratings", &pairs);
                let mut file = |ending: &str, form: &str, language: Language| {
                    let (path, route) = (format!("tables/{name}.{ending}"), format!("{route}&f={form}"));
                    files.push(TableFile { path, route, language });
                };
                file("csv", "csv", Language::Vietnamese);
                file("json", "json", Language::Vietnamese);
                for language in [Language::Vietnamese, Language::English] {
                    file(&format!("{}.xlsx", language_code(language)), "xlsx", language);
                }
            }
        }
    }
    files
}

fn route_of(path: &str, pairs: &[(&'static str, String)]) -> String {
    let query: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    format!("{path}?{query}")
}

/// The bytes of a file of answers: the answer itself, or an object with one for each member. Those that have none are
/// left out.
pub(crate) fn joined(parts: Vec<(Option<String>, Vec<u8>)>) -> Vec<u8> {
    if let [(None, answer)] = parts.as_slice() {
        return answer.clone();
    }
    let mut bytes = vec![b'{'];
    for (member, answer) in parts {
        if bytes.len() > 1 {
            bytes.push(b',');
        }
        let name = serde_json::Value::String(member.unwrap_or_default()).to_string();
        bytes.extend_from_slice(name.as_bytes());
        bytes.push(b':');
        bytes.extend_from_slice(&answer);
    }
    bytes.push(b'}');
    bytes
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::area::Level;

    fn scope() -> PublishedScope {
        let levels = vec![
            (Level::Commune, vec!["20335".to_owned(), "20341".to_owned()]),
            (Level::Province, vec!["49".to_owned()]),
        ];
        PublishedScope {
            editions: vec![PublishedEdition { id: "2025-07".parse().unwrap(), levels }],
            windows: vec!["TK-2024".to_owned(), "TK-2025".to_owned()],
            release: 1,
            epoch: 7,
            revision: "a".to_owned(),
            is_sample: true,
        }
    }

    #[test]
    fn every_file_has_a_place_of_its_own_and_members_share_one() {
        let (answers, tables, archives) = (answer_files(&scope()), table_files(&scope()), archive_files(&scope()));
        let paths: Vec<&String> =
            answers.iter().map(|file| &file.path).chain(tables.iter().map(|file| &file.path)).collect();
        let distinct: BTreeSet<&&String> = paths.iter().collect();
        assert_eq!(distinct.len(), paths.len());
        let of_areas = answers.iter().find(|file| file.path == "answers/areas/2025-07/window=TK-2025.json.gz").unwrap();
        let members: Vec<_> = of_areas.parts.iter().filter_map(|part| part.member.as_deref()).collect();
        assert_eq!(members, ["20335", "20341", "49"]);
        assert_eq!((tables.len(), archives.len()), (2 * 2 * 4, 3));
        assert_eq!(archives[0].path, "tiles/map/edition=2025-07,properties=code,name,level.pmtiles");
    }

    #[test]
    fn answers_are_joined_by_member() {
        assert_eq!(joined(vec![(None, b"[1]".to_vec())]), b"[1]");
        let two = vec![(Some("a".to_owned()), b"1".to_vec()), (Some("\"".to_owned()), b"{}".to_vec())];
        assert_eq!(joined(two), br#"{"a":1,"\"":{}}"#);
        assert_eq!(joined(Vec::new()), b"{}");
    }
}
