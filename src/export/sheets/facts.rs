//! Who an area is and what was counted in it: the texts of the upper half of a sheet.
//!
//! In: the answers on an area. Out: texts, and three figures side by side.

use super::look::{Look, NOTE, TextColumn};
use super::numbers::{count, ratio, tenths, whole_percent};
use crate::attributes::ValueFormat;
use crate::domain::area::Level;
use crate::export::map_image::{Anchor, PagePoint, semibold, value_text};
use crate::export::pdf::{PagePart, PartRole};
use crate::service::area_sheets::SheetAnswers;
use crate::texts::{TextId, text, text_id};

/// More former units than this are counted.
const NAMED_UNITS: usize = 8;
const FIGURE: f64 = 19.0;
/// Where the figures begin, over the width of the column: the last one has no unit.
const PLACES: [f64; 3] = [0.0, 0.36, 0.78];

/// The line below the name: kind, code, where it lies, how many live there on how much land.
pub(super) fn identity(answers: &SheetAnswers<'_>, whole: &str, look: &Look) -> String {
    let row = &answers.row;
    let kind = match row.level {
        Level::Commune => text_id!("word-level-commune"),
        Level::District => text_id!("word-level-district"),
        Level::Province => text_id!("word-level-province"),
    };
    let within =
        [answers.parent, Some(whole)].into_iter().flatten().find(|name| !name.is_empty() && *name != row.area.name);
    let area = value_text(ValueFormat::Rate, row.area.area_km2, look.language);
    let residents = row.assessment.residents.map(|residents| text!("sheet-population", count = residents));
    let peers = answers.peers.map(|peers| text!("sheet-peers", peers = peers));
    let known = [
        Some(look.say(kind)),
        Some(look.spoken(&text!("sheet-code", code = row.area.code.as_str()))),
        within.map(|name| look.spoken(&text!("sheet-within", name = name))),
        peers.map(|peers| look.spoken(&peers)),
        residents.map(|residents| look.spoken(&residents)),
        Some(look.spoken(&text!("sheet-area-km2", area = area))),
    ];
    known.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The units of the edition before that lie in the area; none where it was one of the same name.
pub(super) fn former(answers: &SheetAnswers<'_>, look: &Look) -> Option<String> {
    let names = &answers.former;
    let mut listed = names.iter().take(NAMED_UNITS).copied().collect::<Vec<_>>().join(", ");
    if names.len() > NAMED_UNITS {
        listed += " …";
    }
    match names.len() {
        0 => None,
        1 => Some(look.spoken(&text!("sheet-former-one", list = listed))),
        _ => Some(look.spoken(&text!("sheet-former", list = listed))),
    }
}

/// How far the numbers can be relied upon; none where the role is not told.
pub(super) fn reliability(answers: &SheetAnswers<'_>, steps: &[f64], look: &Look) -> Option<String> {
    let explanation = &answers.explanation;
    let value = explanation.weighted.reliability?;
    let passed = steps.iter().filter(|step| value >= **step).count();
    let words = match passed {
        0 => text_id!("sheet-reliability-low"),
        passed if passed >= steps.len() => text_id!("sheet-reliability-high"),
        _ => text_id!("sheet-reliability-middle"),
    };
    let needed = ratio(explanation.method.min_reliability, look.language);
    let value = ratio(value, look.language);
    Some(look.spoken(&text!("sheet-reliability", words = words.names(), value = value, needed = needed)))
}

/// One of the figures: its name, its number, what follows in small letters.
struct Figure {
    name: TextId,
    number: String,
    unit: String,
}

/// What was recorded, what the common level is, and the ratio of both with its interval.
pub(super) fn counts(column: &mut TextColumn<'_>, answers: &SheetAnswers<'_>) {
    let look = column.look;
    let found = answers.unweighted();
    let Some(observed) = found.observed else {
        return column.text(&look.say(text_id!("sheet-hidden-count")));
    };
    let incidents = || look.say(text_id!("sheet-incidents"));
    let mut figures = vec![Figure {
        name: text_id!("sheet-recorded"),
        number: count(f64::from(observed), look.language),
        unit: incidents(),
    }];
    figures.extend(found.expected.filter(|_| answers.row.level != Level::Province).map(|expected| Figure {
        name: text_id!("sheet-expected"),
        number: tenths(expected, look.language),
        unit: incidents(),
    }));
    figures.extend(found.ratio.filter(|_| answers.row.level != Level::Province).map(|value| Figure {
        name: text_id!("sheet-ratio"),
        number: ratio(value, look.language),
        unit: String::new(),
    }));
    draw(column, &figures);
    if let (Some((low, high)), true) = (found.low.zip(found.high), figures.len() == 3) {
        let [low, high] = [low, high].map(|limit| ratio(limit, look.language));
        let level = whole_percent(found.level, look.language).replace("\u{a0}%", "");
        let limits = look.spoken(&text!("sheet-limits", level = level, low = low, high = high));
        column.note(&format!("{}: {limits}.", look.say(text_id!("sheet-ratio"))));
    }
}

fn draw(column: &mut TextColumn<'_>, figures: &[Figure]) {
    let (look, top, big) = (column.look, column.y, semibold(FIGURE));
    for (figure, place) in figures.iter().zip(PLACES) {
        let x = column.x + place * column.width;
        let name = NOTE.line(&look.say(figure.name), PagePoint::new(x, top + NOTE.size), Anchor::Start, &look.soft);
        let base = top + NOTE.size + FIGURE * 1.05;
        let number = big.line(&figure.number, PagePoint::new(x, base), Anchor::Start, &look.ink);
        let after = PagePoint::new(x + big.width(&figure.number) + 4.0, base);
        let unit = NOTE.line(&figure.unit, after, Anchor::Start, &look.soft);
        column.parts.push(PagePart { role: PartRole::Paragraph, svg: name + &number + &unit });
    }
    column.skip(NOTE.size + FIGURE * 1.3);
}
