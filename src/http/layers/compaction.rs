//! Tiles that are asked for again and again, made smaller beside the requests.
//!
//! In: keys of cached answers. Out: the same answers in their place, with bodies that read the same and take fewer bytes.
//! One thread of low priority does it, started with the first of them; what it has no room for may be asked for again.

use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, OnceLock};

use axum::body::Bytes;
use axum::http::header::CONTENT_ENCODING;
use flate2::bufread::GzDecoder;

use super::response_cache::{CachedResponse, ResponseKey, ResponsesByKey};
use crate::service::live::background_work::lower_priority;
use crate::tile::encoding::compact::compacted;
use crate::tile::encoding::compress::{brotli, smallest_gzip};

/// Answers that may wait for their turn.
const WAITING: usize = 1024;
const BUFFER_BYTES: usize = 1 << 14;

/// The thread that makes cached answers smaller.
#[derive(Debug)]
pub(super) struct Compaction {
    responses: ResponsesByKey,
    requests: OnceLock<SyncSender<ResponseKey>>,
}

impl Compaction {
    /// The compaction of what a cache holds.
    pub(super) fn of(responses: &ResponsesByKey) -> Self {
        Self { responses: responses.clone(), requests: OnceLock::new() }
    }

    /// Asks for one answer to be made smaller. Gives whether there was room for it.
    #[must_use]
    pub(super) fn request(&self, key: &ResponseKey) -> bool {
        self.requests.get_or_init(|| started(self.responses.clone())).try_send(key.clone()).is_ok()
    }
}

/// The thread ends with the last sender, that is, with the cache.
fn started(responses: ResponsesByKey) -> SyncSender<ResponseKey> {
    let (sender, requests) = sync_channel(WAITING);
    let work = move || compact_requested(&responses, requests);
    if let Err(fault) = std::thread::Builder::new().name("tile-compaction".into()).spawn(work) {
        tracing::warn!(cause = %fault, "no thread can be started to make cached tiles smaller");
    }
    sender
}

fn compact_requested(responses: &ResponsesByKey, requests: Receiver<ResponseKey>) {
    lower_priority();
    for key in requests {
        let Some(answer) = responses.get(&key) else { continue };
        if let Some(body) = smaller_body(&answer) {
            responses.insert(key, Arc::new(answer.compacted(body)));
        }
    }
}

/// The body of an answer in fewer bytes; nothing where it is no tile, or as small as it gets.
fn smaller_body(answer: &CachedResponse) -> Option<Bytes> {
    let coding = answer.headers.get(CONTENT_ENCODING).map(|coding| coding.as_bytes());
    let tile = match coding {
        None => answer.body.to_vec(),
        Some(b"gzip") => read_whole(GzDecoder::new(&answer.body[..])).ok()?,
        Some(b"br") => read_whole(::brotli::Decompressor::new(&answer.body[..], BUFFER_BYTES)).ok()?,
        Some(_) => return None,
    };
    let compact = compacted(&tile)?;
    let body = match coding {
        None => compact,
        Some(b"gzip") => smallest_gzip(&compact),
        Some(_) => brotli(&compact),
    };
    (body.len() < answer.body.len()).then(|| body.into())
}

fn read_whole(mut decoder: impl io::Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    decoder.read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, StatusCode};

    use super::*;
    use crate::service::coded_body::Coding;

    /// A layer whose values are all the same, as a splice would write it.
    fn tile() -> Vec<u8> {
        let mut layer = vec![0x78, 2, 0x0a, 1, b'a'];
        for index in 0..60 {
            // One point with the tag (0, index).
            layer.extend([0x12, 11, 0x12, 2, 0, index, 0x18, 1, 0x22, 3, 9, 2, 2]);
        }
        layer.extend([0x1a, 1, b'k', 0x28, 0x80, 0x20]);
        layer.extend([0x22, 2, 0x28, 7].repeat(60));
        let mut tile = vec![0x1a];
        tile.extend([(layer.len() & 0x7f | 0x80) as u8, (layer.len() >> 7) as u8]);
        tile.extend(layer);
        tile
    }

    fn answer(body: &Bytes, coding: Coding) -> CachedResponse {
        let header = (coding != Coding::Identity).then(|| HeaderValue::from_static(coding.as_str()));
        let headers = header.map(|header| (CONTENT_ENCODING, header)).into_iter().collect::<HeaderMap>();
        CachedResponse::of(StatusCode::OK, headers, body)
    }

    #[test]
    fn a_tile_of_every_coding_stays_in_it_and_becomes_smaller() {
        for coding in [Coding::Identity, Coding::Gzip, Coding::Brotli] {
            let given = answer(&coding.of_bytes(&tile()), coding);
            let smaller = smaller_body(&given).unwrap();
            assert!(smaller.len() < given.body.len(), "{coding:?}");
            let again = answer(&smaller, coding);
            assert_eq!(smaller_body(&again), None, "{coding:?}");
        }
    }

    #[test]
    fn what_is_no_tile_stays_as_it_is() {
        let body = Bytes::from_static(b"{\"title\":\"Not Found\"}");
        for coding in [Coding::Identity, Coding::Gzip] {
            assert_eq!(smaller_body(&answer(&body, coding)), None);
        }
        assert_eq!(smaller_body(&answer(&Bytes::new(), Coding::Identity)), None);
    }
}
