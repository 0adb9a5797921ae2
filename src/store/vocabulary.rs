//! Words of the taxonomy as the numbers that rows hold. Numbers are given once
//! and kept, so that a rearranged taxonomy file does not change what rows mean.

use std::path::Path;

use sha2::{Digest as _, Sha256};
use sqlx::{Row as _, Sqlite, SqlitePool, Transaction};

use super::error::StoreError;
use crate::domain::taxonomy::Taxonomy;

/// One list of the taxonomy: places to numbers and back.
#[derive(Debug, Clone, Default)]
pub(super) struct WordList {
    list: &'static str,
    numbers: Vec<i64>,
    words: Vec<Word>,
}

#[derive(Debug, Clone)]
struct Word {
    id: String,
    place: Option<u8>,
}

impl WordList {
    /// The number that rows hold for the entry at a place.
    pub(super) fn number(&self, place: usize) -> Option<i64> {
        self.numbers.get(place).copied()
    }

    /// The place of the entry for which rows hold a number.
    pub(super) fn place(&self, number: i64) -> Result<u8, StoreError> {
        let word = usize::try_from(number).ok().and_then(|number| self.words.get(number));
        let place = word.and_then(|word| word.place);
        place.ok_or_else(|| {
            let id = word.map_or_else(|| number.to_string(), |word| word.id.clone());
            StoreError::Word { list: self.list, id }
        })
    }
}

/// The four lists that incidents use.
#[derive(Debug, Clone, Default)]
pub(super) struct Vocabulary {
    pub(super) categories: WordList,
    pub(super) statuses: WordList,
    pub(super) channels: WordList,
    pub(super) precisions: WordList,
    /// The order of the words in the taxonomy, as a number.
    pub(super) fingerprint: u64,
}

impl Vocabulary {
    /// The numbers of the taxonomy's words; words not met before are given the next ones.
    pub(super) async fn agreed(pool: &SqlitePool, path: &Path, taxonomy: &Taxonomy) -> Result<Self, StoreError> {
        let fault = |source| StoreError::of_query(path, source);
        let lists = lists_of(taxonomy);
        let mut reading = pool.begin().await.map_err(fault)?;
        let mut agreed = Vec::new();
        let mut complete = true;
        for (list, ids) in &lists {
            let known = known_words(&mut reading, list).await.map_err(fault)?;
            complete &= ids.iter().all(|id| known.contains(id));
            agreed.push(known);
        }
        drop(reading);
        if !complete {
            let mut writing = pool.begin_with("BEGIN IMMEDIATE").await.map_err(fault)?;
            agreed.clear();
            for (list, ids) in &lists {
                agreed.push(completed_words(&mut writing, list, ids).await.map_err(fault)?);
            }
            writing.commit().await.map_err(fault)?;
        }
        let mut matched = lists.iter().zip(agreed).map(|((list, ids), words)| word_list(list, ids, &words));
        let mut next = || matched.next().unwrap_or_default();
        let fingerprint = fingerprint(&lists);
        Ok(Self { categories: next(), statuses: next(), channels: next(), precisions: next(), fingerprint })
    }
}

/// Differs where a word stands at another place.
fn fingerprint(lists: &[(&str, Vec<String>)]) -> u64 {
    let mut hash = Sha256::new();
    for (list, ids) in lists {
        hash.update(format!("{list}\n{}\n\n", ids.join("\n")));
    }
    hash.finalize().first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

fn lists_of(taxonomy: &Taxonomy) -> [(&'static str, Vec<String>); 4] {
    let terms = |terms: &[crate::domain::taxonomy::Term]| terms.iter().map(|term| term.id.clone()).collect();
    [
        ("category", taxonomy.categories.iter().map(|category| category.id.clone()).collect()),
        ("status", terms(&taxonomy.statuses)),
        ("channel", terms(&taxonomy.channels)),
        ("precision", terms(&taxonomy.precisions)),
    ]
}

/// The words of a list, each at the place of its number.
async fn known_words(transaction: &mut Transaction<'_, Sqlite>, list: &str) -> Result<Vec<String>, sqlx::Error> {
    let query = sqlx::query("SELECT id FROM word WHERE list = ? ORDER BY number").bind(list);
    let rows = query.fetch_all(&mut **transaction).await?;
    rows.iter().map(|row| row.try_get(0)).collect()
}

async fn completed_words(
    transaction: &mut Transaction<'_, Sqlite>,
    list: &str,
    ids: &[String],
) -> Result<Vec<String>, sqlx::Error> {
    let mut words = known_words(transaction, list).await?;
    for id in ids {
        if !words.contains(id) {
            let insert = sqlx::query("INSERT INTO word (list, id, number) VALUES (?, ?, ?)");
            insert.bind(list).bind(id).bind(words.len() as i64).execute(&mut **transaction).await?;
            words.push(id.clone());
        }
    }
    Ok(words)
}

fn word_list(list: &'static str, ids: &[String], words: &[String]) -> WordList {
    let number_of = |id: &String| words.iter().position(|word| word == id).map(|number| number as i64);
    let numbers = ids.iter().filter_map(number_of).collect();
    let place_of = |word: &String| ids.iter().position(|id| id == word).map(|place| place as u8);
    let words = words.iter().map(|word| Word { id: word.clone(), place: place_of(word) }).collect();
    WordList { list, numbers, words }
}
