//! What a site holds: every question of the public page in released windows, with the file that holds its answer.

use std::collections::BTreeMap;

use super::address::{AnswerPlace, answer_place, archive_place};
use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;
use crate::domain::text::Language;
use crate::service::questions::published::{FilterParameter, PublishedEdition, PublishedScope};

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
    pub(crate) parameters: Vec<FilterParameter>,
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
        for filter in scope.filters() {
            numbers(edition, &filter, &mut |route| ask(route, Language::Vietnamese));
        }
    }
    files.into_iter().map(|(path, parts)| AnswerFile { path, parts }).collect()
}

/// The questions about the areas of an edition under a filter.
fn numbers(edition: &PublishedEdition, filter: &[FilterParameter], ask: &mut dyn FnMut(String)) {
    let id = edition.id;
    let filter = encoded(filter);
    for (level, codes) in &edition.levels {
        ask(format!("/ratings?edition={id}&level={level}&{filter}"));
        for code in codes {
            ask(format!("/areas/{id}/{code}?{filter}"));
            ask(format!("/areas/{id}/{code}/explanation?{filter}"));
            ask(format!("/series?edition={id}&{filter}&areas={code}&by=year"));
        }
    }
}

/// The tilesets of the page: one for each edition and filter, and one of bare areas for each edition.
fn archive_parameters(scope: &PublishedScope) -> impl Iterator<Item = Vec<FilterParameter>> {
    scope.editions.iter().flat_map(|edition| {
        let of_edition = ("edition", edition.id.to_string());
        let bare = vec![of_edition.clone(), ("properties", FORMER.to_owned())];
        let filtered = |filter| std::iter::once(of_edition.clone()).chain(filter).collect();
        let counted: Vec<Vec<FilterParameter>> = scope.filters().into_iter().map(filtered).collect();
        std::iter::once(bare).chain(counted)
    })
}

/// Every file of tiles.
pub(crate) fn archive_files(scope: &PublishedScope) -> Vec<ArchiveFile> {
    let file = |parameters: Vec<FilterParameter>| {
        let route = route_of("/tiles/map", &parameters);
        ArchiveFile { path: archive_place(&route), route, parameters }
    };
    archive_parameters(scope).map(file).collect()
}

/// Where the tiles of the view lie that a question gets which names nothing.
pub(crate) fn first_archive(scope: &PublishedScope) -> String {
    let (edition, window) = &scope.first;
    archive_place(&route_of("/tiles/map", &[("edition", edition.to_string()), ("window", window.clone())]))
}

/// Where the table of that view lies.
pub(crate) fn first_table(scope: &PublishedScope) -> String {
    let (edition, window) = &scope.first;
    table_place(*edition, &[("window", window.clone())], Level::Commune, "csv")
}

/// Where a table lies, which the page knows too (`web/src/parts/panel/published_tables.ts`).
fn table_place(edition: EditionId, filter: &[FilterParameter], level: Level, ending: &str) -> String {
    let numbers: Vec<&str> = filter.iter().map(|(_, value)| value.as_str()).collect();
    format!("tables/{edition}/{}/{level}.{ending}", numbers.join(","))
}

/// Every table: the areas of each edition and level under each filter, as CSV, as JSON, and as a workbook in each
/// language.
pub(crate) fn table_files(scope: &PublishedScope) -> Vec<TableFile> {
    let mut files = Vec::new();
    for edition in &scope.editions {
        for filter in scope.filters() {
            for (level, _) in &edition.levels {
                files.extend(tables(edition.id, &filter, *level));
            }
        }
    }
    files
}

/// The tables of a level under a filter.
fn tables(edition: EditionId, filter: &[FilterParameter], level: Level) -> impl Iterator<Item = TableFile> {
    let question = format!("/ratings?edition={edition}&level={level}&{}", encoded(filter));
    let forms = [
        ("csv", "csv", Language::Vietnamese),
        ("json", "json", Language::Vietnamese),
        ("vi.xlsx", "xlsx", Language::Vietnamese),
        ("en.xlsx", "xlsx", Language::English),
    ];
    forms.into_iter().map(move |(ending, form, language)| TableFile {
        path: table_place(edition, filter, level, ending),
        route: format!("{question}&f={form}"),
        language,
    })
}

fn encoded(pairs: &[FilterParameter]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

fn route_of(path: &str, pairs: &[FilterParameter]) -> String {
    format!("{path}?{}", encoded(pairs))
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

    #[test]
    fn every_file_has_a_place_of_its_own_and_members_share_one() {
        let scope = PublishedScope { schemes: vec!["plain".to_owned()], ..PublishedScope::example() };
        let (answers, tables, archives) = (answer_files(&scope), table_files(&scope), archive_files(&scope));
        let paths: Vec<&String> =
            answers.iter().map(|file| &file.path).chain(tables.iter().map(|file| &file.path)).collect();
        let distinct: BTreeSet<&&String> = paths.iter().collect();
        assert_eq!(distinct.len(), paths.len());
        let of_areas = answers.iter().find(|file| file.path == "answers/areas/2025-07/window=TK-2025.json.gz").unwrap();
        let members: Vec<_> = of_areas.parts.iter().filter_map(|part| part.member.as_deref()).collect();
        assert_eq!(members, ["20335", "20341", "49"]);
        assert_eq!((tables.len(), archives.len()), (2 * 2 * 2 * 4, 5));
        assert_eq!(archives[0].path, "tiles/map/edition=2025-07,properties=code,name,level.pmtiles");
        assert!(paths.iter().any(|path| *path == "tables/2025-07/TK-2024,plain/province.en.xlsx"));
        assert!(
            paths.contains(&&first_table(&scope)) && archives.iter().any(|file| file.path == first_archive(&scope))
        );
    }

    #[test]
    fn answers_are_joined_by_member() {
        assert_eq!(joined(vec![(None, b"[1]".to_vec())]), b"[1]");
        let two = vec![(Some("a".to_owned()), b"1".to_vec()), (Some("\"".to_owned()), b"{}".to_vec())];
        assert_eq!(joined(two), br#"{"a":1,"\"":{}}"#);
        assert_eq!(joined(Vec::new()), b"{}");
    }
}
