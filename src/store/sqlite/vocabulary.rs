//! Words of the taxonomy as the numbers that rows hold. Numbers are given once
//! and stored, so that a rearranged taxonomy file does not change what rows mean.

use std::path::Path;

use sha2::{Digest as _, Sha256};
use sqlx::{Row as _, Sqlite, SqlitePool, Transaction};

use super::tables::row_digests::{add_to_word_digest, word_digest};
use crate::domain::incident::taxonomy::Taxonomy;
use crate::store::error::StoreError;

/// One list of the taxonomy: indices to numbers and back.
#[derive(Debug, Clone, Default)]
pub(in crate::store) struct TermList {
    list: &'static str,
    numbers: Vec<i64>,
    words: Vec<StoredTerm>,
}

#[derive(Debug, Clone)]
struct StoredTerm {
    id: String,
    index: Option<u8>,
}

impl TermList {
    /// The number that rows hold for the entry at an index.
    pub(in crate::store) fn number(&self, index: usize) -> Option<i64> {
        self.numbers.get(index).copied()
    }

    /// The index of the entry for which rows hold a number.
    pub(in crate::store) fn index_of(&self, number: i64) -> Result<u8, StoreError> {
        let word = usize::try_from(number).ok().and_then(|number| self.words.get(number));
        let index = word.and_then(|word| word.index);
        index.ok_or_else(|| {
            let id = word.map_or_else(|| number.to_string(), |word| word.id.clone());
            StoreError::Word { list: self.list, id }
        })
    }
}

/// The four lists that incidents use.
#[derive(Debug, Clone, Default)]
pub(in crate::store) struct Vocabulary {
    pub(in crate::store) categories: TermList,
    pub(in crate::store) statuses: TermList,
    pub(in crate::store) channels: TermList,
    pub(in crate::store) precisions: TermList,
    /// The order of the terms in the taxonomy, as a number.
    pub(in crate::store) fingerprint: u64,
}

impl Vocabulary {
    /// The numbers of the taxonomy's terms; terms not met before are given the next ones.
    pub(in crate::store) async fn agreed(
        pool: &SqlitePool,
        path: &Path,
        taxonomy: &Taxonomy,
    ) -> Result<Self, StoreError> {
        let fault = |source| StoreError::of_query(path, source);
        let lists = lists_of(taxonomy);
        let mut reading = pool.begin().await.map_err(fault)?;
        let mut agreed = Vec::new();
        let mut complete = true;
        for (list, ids) in &lists {
            let known = known_terms(&mut reading, list).await.map_err(fault)?;
            complete &= ids.iter().all(|id| known.contains(id));
            agreed.push(known);
        }
        drop(reading);
        if !complete {
            let mut writing = pool.begin_with("BEGIN IMMEDIATE").await.map_err(fault)?;
            agreed.clear();
            let before = word_digest(&mut writing).await.map_err(fault)?;
            for (list, ids) in &lists {
                agreed.push(completed_terms(&mut writing, list, ids).await.map_err(fault)?);
            }
            if let Some(before) = before {
                add_to_word_digest(&mut writing, before).await.map_err(fault)?;
            }
            writing.commit().await.map_err(fault)?;
        }
        let mut matched = lists.iter().zip(agreed).map(|((list, ids), words)| term_list(list, ids, &words));
        let mut next = || matched.next().unwrap_or_default();
        let fingerprint = fingerprint(&lists);
        Ok(Self { categories: next(), statuses: next(), channels: next(), precisions: next(), fingerprint })
    }
}

/// Differs where a term stands at another index.
fn fingerprint(lists: &[(&str, Vec<String>)]) -> u64 {
    let mut hash = Sha256::new();
    for (list, ids) in lists {
        hash.update(format!("{list}\n{}\n\n", ids.join("\n")));
    }
    hash.finalize().first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

fn lists_of(taxonomy: &Taxonomy) -> [(&'static str, Vec<String>); 4] {
    let terms = |terms: &[crate::domain::incident::taxonomy::Term]| terms.iter().map(|term| term.id.clone()).collect();
    [
        ("category", taxonomy.categories.iter().map(|category| category.id.clone()).collect()),
        ("status", terms(&taxonomy.statuses)),
        ("channel", terms(&taxonomy.channels)),
        ("precision", terms(&taxonomy.precisions)),
    ]
}

/// The terms of a list, each at the index of its number.
async fn known_terms(transaction: &mut Transaction<'_, Sqlite>, list: &str) -> Result<Vec<String>, sqlx::Error> {
    let query = sqlx::query("SELECT id FROM word WHERE list = ? ORDER BY number").bind(list);
    let rows = query.fetch_all(&mut **transaction).await?;
    rows.iter().map(|row| row.try_get(0)).collect()
}

async fn completed_terms(
    transaction: &mut Transaction<'_, Sqlite>,
    list: &str,
    ids: &[String],
) -> Result<Vec<String>, sqlx::Error> {
    let mut words = known_terms(transaction, list).await?;
    for id in ids {
        if !words.contains(id) {
            let insert = sqlx::query("INSERT INTO word (list, id, number) VALUES (?, ?, ?)");
            insert.bind(list).bind(id).bind(words.len() as i64).execute(&mut **transaction).await?;
            words.push(id.clone());
        }
    }
    Ok(words)
}

fn term_list(list: &'static str, ids: &[String], words: &[String]) -> TermList {
    let number_of = |id: &String| words.iter().position(|word| word == id).map(|number| number as i64);
    let numbers = ids.iter().filter_map(number_of).collect();
    let index_of_id = |word: &String| ids.iter().position(|id| id == word).map(|index| index as u8);
    let words = words.iter().map(|word| StoredTerm { id: word.clone(), index: index_of_id(word) }).collect();
    TermList { list, numbers, words }
}
