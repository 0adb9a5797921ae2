//! Bytes as one word (a time, an edition, a code, days covered), as options of a mapping, and as files of neighbours for
//! `rate`. A word that is read is written as one that reads the same.
#![no_main]

use std::ffi::OsString;
use std::fmt::Display;
use std::str::FromStr;

use binhyen::cli::rated_text;
use binhyen::domain::area::edition::EditionId;
use binhyen::domain::area::{AreaCode, Level};
use binhyen::domain::holdings::Dataset;
use binhyen::domain::incident::coverage::DeclaredDays;
use binhyen::domain::role::Role;
use binhyen::domain::standard::certification::UnitKind;
use binhyen::domain::standard::criterion::CriterionId;
use binhyen::domain::time::period::{Day, local_time};
use binhyen::geometry::crs::Crs;
use binhyen::geometry::projection::LonLat;
use binhyen::ingest::{DateOrder, Mapping, NaiveZone, TimeFormat, TimeReading, moment_as};
use binhyen_fuzz::choices::Choices;
use binhyen_fuzz::input_file::written;
use binhyen_fuzz::world::WORLD;
use libfuzzer_sys::fuzz_target;

/// What parts the file of areas from that of neighbours.
const BETWEEN_FILES: &[u8] = b"\n%\n";

const ORDERS: [Option<DateOrder>; 4] =
    [None, Some(DateOrder::DayFirst), Some(DateOrder::MonthFirst), Some(DateOrder::YearFirst)];
const FORMATS: [TimeFormat; 4] = [TimeFormat::Written, TimeFormat::Epoch, TimeFormat::EpochMs, TimeFormat::Excel];

fuzz_target!(|bytes: &[u8]| {
    let Some((choices, rest)) = Choices::<3>::split(bytes) else { return };
    if choices.of(0, &[false, true]) {
        return rated(&choices, rest);
    }
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let reading = TimeReading {
        zone: choices.of(1, &[NaiveZone::Local, NaiveZone::Utc]),
        dates: choices.of(2, &ORDERS),
        format: FORMATS[text.len() % FORMATS.len()],
    };
    for reading in [reading, TimeReading { format: TimeFormat::Written, ..reading }] {
        time(text, reading);
    }
    again::<EditionId>(text);
    again::<AreaCode>(text);
    again::<Level>(text);
    again::<Role>(text);
    again::<UnitKind>(text);
    again::<CriterionId>(text);
    again::<Dataset>(text);
    let _ = text.parse::<DeclaredDays>();
    reference_system(text);
    let options: Vec<String> = text.lines().map(str::to_owned).collect();
    let _ = Mapping::from_options(&options, &options, &options);
});

/// A moment that is read is written as one that reads the same.
fn time(text: &str, reading: TimeReading) {
    let Ok(seconds) = moment_as(text, reading, WORLD.now_s) else { return };
    assert!(seconds <= WORLD.now_s + 300, "{text:?} lies in the future");
    let day = Day::of_unix_seconds(seconds);
    assert!(day.first_second() <= seconds && seconds < day.first_second() + 86_400, "{text:?} lies in another day");
    let written = local_time(seconds);
    assert!(!written.is_empty());
    let as_number = TimeReading { format: TimeFormat::Epoch, ..reading };
    assert_eq!(moment_as(&seconds.to_string(), as_number, WORLD.now_s), Ok(seconds), "{text:?}");
}

/// A word that is read is written as one that reads the same, and as the same text the second time.
fn again<T: FromStr + Display + PartialEq>(text: &str) {
    let Ok(word) = text.parse::<T>() else { return };
    let written = word.to_string();
    let Ok(second) = written.parse::<T>() else { panic!("{text:?} is written as {written:?}, which is none") };
    assert!(second == word && second.to_string() == written, "{text:?} is written as {written:?}");
}

/// A reference system that is read is the one of its code, and takes a place there and back.
fn reference_system(text: &str) {
    let Ok(crs) = Crs::from_text(text) else { return };
    assert_eq!(Crs::from_text(&crs.code().to_string()), Ok(crs), "{text:?}");
    let at = LonLat::new(108.25, 15.5);
    let back = crs.coordinates(at).and_then(|point| crs.to_lon_lat(point.x, point.y));
    assert!(back.is_some_and(|back| (back.lon - at.lon).abs() < 1e-8 && (back.lat - at.lat).abs() < 1e-8), "{text:?}");
}

/// Areas and neighbours as `binhyen rate` takes them.
fn rated(choices: &Choices<3>, bytes: &[u8]) {
    let between = bytes.windows(BETWEEN_FILES.len()).position(|window| window == BETWEEN_FILES);
    let (areas, neighbours) = match between {
        Some(end) => (&bytes[..end], &bytes[end + BETWEEN_FILES.len()..]),
        None => (bytes, &[][..]),
    };
    let weights = choices.of(1, &["w.gal", "w.gwt", "w.json", "queen", "rook"]);
    let is_file = weights.starts_with("w.");
    let weights = if is_file { written(weights, neighbours).into_os_string() } else { OsString::from(weights) };
    let asked: &[&str] = match choices.of(2, &[0, 1, 2]) {
        0 => &["--events", "n", "--exposure", "e"],
        1 => &["--value", "n"],
        _ => &["--events", "n,m", "--exposure", "e", "--format", "csv", "--tolerance", "25"],
    };
    let mut arguments = vec![OsString::from("rate"), "--areas".into(), written("areas", areas).into()];
    arguments.extend(["--id".into(), "id".into(), "--weights".into(), weights]);
    arguments.extend(asked.iter().map(OsString::from));
    if let Ok(text) = rated_text(&arguments) {
        assert!(!text.is_empty());
    }
}
