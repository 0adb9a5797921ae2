//! Some incidents as bytes, column by column.
//!
//! Each column is a length in bytes and that many bytes, numbers little-endian. In and out: the parts of
//! [`IncidentColumns`](crate::domain::holdings::IncidentColumns). Damage is found by the file around it; here only
//! what does not fit together is refused.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::domain::area::AreaKey;
use crate::domain::incident::incident_columns::IncidentColumnParts;

/// In location of a longitude: the row has no position, its other half is the location of its area.
const NO_POSITION: i32 = i32::MIN;

/// The bytes of some incidents.
pub(in crate::store) fn encoded(parts: &IncidentColumnParts<'_>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(parts.id_text.len() + 20 * parts.seconds_low.len() + 1024);
    put(&mut bytes, parts.id_text.bytes());
    put(&mut bytes, parts.id_lengths.iter().copied());
    put(&mut bytes, long_ids_as_bytes(&parts.long_ids).into_iter());
    put(&mut bytes, parts.seconds_low.iter().flat_map(|seconds| seconds.to_le_bytes()));
    put(&mut bytes, parts.seconds_high.iter().map(|high| high.cast_unsigned()));
    put(&mut bytes, parts.locations.iter().flat_map(|[lon, lat]| [lon.to_le_bytes(), lat.to_le_bytes()]).flatten());
    let keys: Vec<String> = parts.area_keys.iter().map(ToString::to_string).collect();
    put(&mut bytes, keys.join("\n").bytes());
    for column in [&parts.categories, &parts.severities, &parts.statuses, &parts.channels, &parts.precisions] {
        put(&mut bytes, column.iter().copied());
    }
    bytes
}

fn put(bytes: &mut Vec<u8>, column: impl Iterator<Item = u8>) {
    let start = bytes.len();
    bytes.extend([0; 8]);
    bytes.extend(column);
    let length = (bytes.len() - start - 8) as u64;
    bytes[start..start + 8].copy_from_slice(&length.to_le_bytes());
}

fn long_ids_as_bytes(ids: &BTreeMap<u32, String>) -> Vec<u8> {
    let one = |(row, id): (&u32, &String)| {
        [&row.to_le_bytes(), (id.len() as u32).to_le_bytes().as_slice(), id.as_bytes()].concat()
    };
    ids.iter().flat_map(one).collect()
}

/// The columns cut into runs of so many rows.
pub(in crate::store) fn runs<'a>(
    parts: &'a IncidentColumnParts<'a>,
    rows: usize,
) -> impl Iterator<Item = IncidentColumnParts<'a>> {
    let (all, mut text_from) = (parts.seconds_low.len(), 0);
    (0..all).step_by(rows).map(move |from| {
        let range = from..all.min(from + rows);
        let text_bytes: usize = parts.id_lengths[range.clone()].iter().map(|length| usize::from(*length)).sum();
        let text = text_from..text_from + text_bytes;
        text_from = text.end;
        let long = parts.long_ids.range(range.start as u32..range.end as u32);
        let high = if parts.seconds_high.is_empty() { 0..0 } else { range.clone() };
        IncidentColumnParts {
            id_text: Cow::Borrowed(&parts.id_text[text]),
            id_lengths: Cow::Borrowed(&parts.id_lengths[range.clone()]),
            long_ids: Cow::Owned(long.map(|(row, id)| (row - range.start as u32, id.clone())).collect()),
            seconds_low: Cow::Borrowed(&parts.seconds_low[range.clone()]),
            seconds_high: Cow::Borrowed(&parts.seconds_high[high]),
            locations: Cow::Borrowed(&parts.locations[range.clone()]),
            area_keys: Cow::Borrowed(&parts.area_keys),
            categories: Cow::Borrowed(&parts.categories[range.clone()]),
            severities: Cow::Borrowed(&parts.severities[range.clone()]),
            statuses: Cow::Borrowed(&parts.statuses[range.clone()]),
            channels: Cow::Borrowed(&parts.channels[range.clone()]),
            precisions: Cow::Borrowed(&parts.precisions[range]),
        }
    })
}

/// Appends the incidents of some bytes to columns; none when the bytes do not fit together.
pub(in crate::store) fn append(columns: &mut IncidentColumnParts<'static>, mut bytes: &[u8]) -> Option<()> {
    let first = columns.seconds_low.len() as u32;
    columns.id_text.to_mut().push_str(std::str::from_utf8(take(&mut bytes)?).ok()?);
    columns.id_lengths.to_mut().extend(take(&mut bytes)?);
    for (row, id) in long_ids(take(&mut bytes)?)? {
        columns.long_ids.to_mut().insert(first.checked_add(row)?, id);
    }
    let seconds = take(&mut bytes)?.as_chunks().0;
    columns.seconds_low.to_mut().extend(seconds.iter().map(|seconds| u32::from_le_bytes(*seconds)));
    append_high(columns, first as usize, take(&mut bytes)?);
    let locations = take(&mut bytes)?.as_chunks::<8>().0;
    let keys = area_keys(std::str::from_utf8(take(&mut bytes)?).ok()?)?;
    let known: Vec<i32> = keys.into_iter().map(|key| key_index(columns.area_keys.to_mut(), key)).collect();
    let location = |bytes: &[u8; 8]| {
        let [a, b, c, d, e, f, g, h] = *bytes;
        let [lon, lat] = [i32::from_le_bytes([a, b, c, d]), i32::from_le_bytes([e, f, g, h])];
        let named = if lon == NO_POSITION { usize::try_from(lat).ok() } else { None };
        [lon, named.map_or(lat, |named| known.get(named).copied().unwrap_or(i32::MAX))]
    };
    columns.locations.to_mut().extend(locations.iter().map(location));
    for column in [
        &mut columns.categories,
        &mut columns.severities,
        &mut columns.statuses,
        &mut columns.channels,
        &mut columns.precisions,
    ] {
        column.to_mut().extend(take(&mut bytes)?);
    }
    bytes.is_empty().then_some(())
}

/// The upper bits of moments are there for all rows or for none.
fn append_high(columns: &mut IncidentColumnParts<'static>, first: usize, high: &[u8]) {
    if high.is_empty() && columns.seconds_high.is_empty() {
        return;
    }
    let rows = columns.seconds_low.len();
    let all = columns.seconds_high.to_mut();
    all.resize(first, 0);
    all.extend(high.iter().map(|high| high.cast_signed()));
    all.resize(rows, 0);
}

fn take<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, rest) = bytes.split_first_chunk()?;
    let (column, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    *bytes = rest;
    Some(column)
}

fn long_ids(mut bytes: &[u8]) -> Option<Vec<(u32, String)>> {
    let mut ids = Vec::new();
    // Each turn takes eight bytes and the id behind them, or gives up: damaged lengths end the loop as well.
    while !bytes.is_empty() {
        let (row, rest) = bytes.split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let (id, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        ids.push((u32::from_le_bytes(*row), std::str::from_utf8(id).ok()?.to_owned()));
        bytes = rest;
    }
    Some(ids)
}

fn area_keys(text: &str) -> Option<Vec<AreaKey>> {
    let key = |line: &str| {
        let (edition, code) = line.split_once('/')?;
        Some(AreaKey { edition: edition.parse().ok()?, code: code.parse().ok()? })
    };
    text.lines().map(key).collect()
}

fn key_index(keys: &mut Vec<AreaKey>, key: AreaKey) -> i32 {
    let location = keys.iter().position(|known| *known == key).unwrap_or_else(|| {
        keys.push(key);
        keys.len() - 1
    });
    location as i32
}

/// Columns without a row, owned, with room for so many.
pub(in crate::store) fn empty_columns(rows: usize) -> IncidentColumnParts<'static> {
    let bytes = || Cow::Owned(Vec::with_capacity(rows));
    IncidentColumnParts {
        id_text: Cow::Owned(String::new()),
        id_lengths: bytes(),
        long_ids: Cow::Owned(BTreeMap::new()),
        seconds_low: Cow::Owned(Vec::with_capacity(rows)),
        seconds_high: Cow::Owned(Vec::new()),
        locations: Cow::Owned(Vec::with_capacity(rows)),
        area_keys: Cow::Owned(Vec::new()),
        categories: bytes(),
        severities: bytes(),
        statuses: bytes(),
        channels: bytes(),
        precisions: bytes(),
    }
}
