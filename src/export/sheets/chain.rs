//! The way to a letter in at most five lines, each a step from the one before: expected, recorded, weighted by severity,
//! smoothed, the letter. The same lines as on the page, with one interval throughout, that of the scheme.
//!
//! In: the explanation of an area as it is answered. Out: lines, and the drawing of them as a waterfall.

use std::fmt::Write as _;

use super::look::{BODY, NOTE, TextColumn};
use super::numbers::{count, decimal, ratio, tenths, whole_percent};
use crate::domain::area::Level;
use crate::domain::role::Role;
use crate::domain::text::Language;
use crate::export::map_image::{Anchor, MapImageError, MapInsert, PagePoint, Rect, number, semibold};
use crate::service::answers::areas::explanation::ExplanationAnswer;
use crate::service::answers::comparison::Clarity;
use crate::texts::{TextId, text, text_id};
use crate::tile::area_row::AreaRow;

/// Nearer than this two ratios are written as the same.
const ALIKE: f64 = 0.005;
/// The ends of the scale of ratios, which is logarithmic.
const SCALE: [f64; 2] = [0.25, 4.0];
const LETTERS: [&str; 5] = ["A", "B", "C", "D", "E"];
const BAR_PT: f64 = 5.0;
const RULER_PT: f64 = 13.0;

/// One line: what it says, and where it stands on the scale of ratios.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ChainLine {
    pub(super) name: TextId,
    pub(super) value: String,
    /// How the line comes out of the one before.
    pub(super) note: String,
    /// The ratio that the line has come to.
    pub(super) ratio: Option<f64>,
    /// The ends of the interval, where the line has one.
    pub(super) limits: Option<RatioLimits>,
}

/// The ends of an interval of a ratio.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct RatioLimits {
    pub(super) low: f64,
    pub(super) high: f64,
}

/// What the lines are made from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chain<'a> {
    pub(super) explanation: &'a ExplanationAnswer,
    pub(super) row: &'a AreaRow<'a>,
    /// The grade in words.
    pub(super) grade: &'a str,
    pub(super) language: Language,
}

impl Chain<'_> {
    /// The lines that lead to the letter, as far as the role is given their numbers; none where not even the count is
    /// shown.
    pub(super) fn lines(&self) -> Vec<ChainLine> {
        if self.row.level == Level::Province || self.explanation.unweighted.observed.is_none() {
            return Vec::new();
        }
        let steps = [self.expected(), self.recorded(), self.weighted(), self.smoothed(), Some(self.letter())];
        steps.into_iter().flatten().collect()
    }

    fn say(&self, text: TextId) -> String {
        text.in_language(self.language)
    }

    fn times(&self, value: f64) -> String {
        text!("sheet-chain-times", ratio = ratio(value, self.language)).in_language(self.language).to_owned()
    }

    fn incidents(&self, written: String) -> String {
        text!("sheet-chain-incidents", n = written).in_language(self.language).to_owned()
    }

    fn expected(&self) -> Option<ChainLine> {
        let expected = self.explanation.unweighted.expected?;
        Some(ChainLine {
            name: text_id!("sheet-chain-expected"),
            value: self.incidents(tenths(expected, self.language)),
            note: self.say(text_id!("sheet-chain-expected-note")),
            ratio: Some(1.0),
            limits: None,
        })
    }

    fn recorded(&self) -> Option<ChainLine> {
        let found = &self.explanation.unweighted;
        let incidents = self.incidents(count(f64::from(found.observed?), self.language));
        let value = found.ratio.map_or(incidents.clone(), |ratio| format!("{incidents} · {}", self.times(ratio)));
        Some(ChainLine {
            name: text_id!("sheet-chain-recorded"),
            value,
            note: self.say(text_id!("sheet-chain-recorded-note")),
            ratio: found.ratio,
            limits: None,
        })
    }

    /// For the public every incident weighs the same: the line before says it already.
    fn weighted(&self) -> Option<ChainLine> {
        let weighted = &self.explanation.weighted;
        let (ratio, score) = weighted.raw_ratio.zip(weighted.score).filter(|_| self.row.role != Role::Public)?;
        Some(ChainLine {
            name: text_id!("sheet-chain-weighted"),
            value: self.times(ratio),
            note: self.joined(ratio, score),
            ratio: Some(ratio),
            limits: None,
        })
    }

    /// The sentence that joins the weighted ratio to the one in which every incident counts the same.
    fn joined(&self, weighted: f64, score: f64) -> String {
        let classes = self.explanation.classes.as_deref().unwrap_or_default();
        let mut weights = classes.iter().filter(|class| class.rated).map(|class| class.weight);
        let first = weights.next();
        let is_uniform = weights.all(|weight| Some(weight) == first);
        let how = if is_uniform { text_id!("sheet-chain-rated-note") } else { text_id!("sheet-chain-weighted-note") };
        let points = self.explanation.weighted.expected_score.map(|expected| {
            let [score, expected] = [score, expected].map(|points| count(points, self.language));
            text!("sheet-chain-points", score = score, expected = expected).in_language(self.language).to_owned()
        });
        let therefore = self.explanation.unweighted.ratio.map(|counted| {
            self.say(match weighted - counted {
                way if way.abs() < ALIKE => text_id!("sheet-chain-therefore-same"),
                way if way < 0.0 => text_id!("sheet-chain-therefore-lower"),
                _ => text_id!("sheet-chain-therefore-higher"),
            })
        });
        [Some(self.say(how)), points, therefore].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    fn smoothed(&self) -> Option<ChainLine> {
        let (weighted, language) = (&self.explanation.weighted, self.language);
        let value = weighted.ratio?;
        let limits = weighted.ratio_low.zip(weighted.ratio_high).map(|(low, high)| RatioLimits { low, high });
        let interval = limits.map(|RatioLimits { low, high }| {
            let level = whole_percent(self.explanation.method.interval, language);
            let said =
                text!("sheet-chain-limits", level = level, low = ratio(low, language), high = ratio(high, language));
            said.in_language(language).to_owned()
        });
        let note = [Some(self.say(text_id!("sheet-chain-smoothed-note"))), interval];
        Some(ChainLine {
            name: text_id!("sheet-chain-smoothed"),
            value: self.times(value),
            note: note.into_iter().flatten().collect::<Vec<_>>().join(" "),
            ratio: Some(value),
            limits,
        })
    }

    fn letter(&self) -> ChainLine {
        let (explanation, language) = (self.explanation, self.language);
        let chance = explanation.prob_letter.map(|probability| {
            let value = whole_percent(probability, language);
            let needed = whole_percent(explanation.method.min_letter_probability, language);
            text!("sheet-chain-chance", value = value, needed = needed).in_language(language).to_owned()
        });
        let clarity = explanation.difference.map(|difference| {
            let said = match difference {
                Clarity::Higher => text_id!("word-clearly-higher"),
                Clarity::Lower => text_id!("word-clearly-lower"),
                Clarity::Unclear => text_id!("word-unclear"),
            };
            format!("{}.", self.say(said))
        });
        ChainLine {
            name: text_id!("sheet-chain-letter"),
            value: self.grade.to_owned(),
            note: [clarity, chance].into_iter().flatten().collect::<Vec<_>>().join(" "),
            ratio: explanation.weighted.ratio,
            limits: None,
        }
    }
}

/// Where a ratio stands on a scale of some width.
fn place(ratio: f64, width: f64) -> f64 {
    let [low, high] = SCALE;
    (ratio.clamp(low, high) / low).ln() / (high / low).ln() * width
}

/// The lines one under the other, each with its bar.
pub(super) fn draw(column: &mut TextColumn<'_>, lines: &[ChainLine], map: &MapInsert<'_>) -> Result<(), MapImageError> {
    let mut before: Option<f64> = None;
    for (index, line) in lines.iter().enumerate() {
        column.pair(&column.look.say(line.name), &line.value);
        let is_letter = index + 1 == lines.len();
        if is_letter {
            let svg = ruler(column, line, map)?;
            column.decoration(svg, RULER_PT + 11.0);
        } else if line.ratio.is_some() {
            let svg = bar(column, line, before);
            column.decoration(svg, BAR_PT + 5.0);
        }
        if !line.note.is_empty() {
            column.note(&line.note);
        }
        column.skip(if is_letter { 0.0 } else { 4.0 });
        before = line.ratio.or(before);
    }
    Ok(())
}

/// The bar from where the line before stood to where this one stands; the first line stands at the common level.
fn bar(column: &TextColumn<'_>, line: &ChainLine, before: Option<f64>) -> String {
    let (look, width) = (column.look, column.width);
    let (x, middle) = (column.x, column.y + 2.5 + BAR_PT / 2.0);
    let end = place(line.ratio.unwrap_or(1.0), width);
    let start = before.map_or(end, |ratio| place(ratio, width));
    let common = x + place(1.0, width);
    let moved =
        Rect { x: x + start.min(end), y: middle - BAR_PT / 2.0, width: (end - start).abs().max(0.6), height: BAR_PT };
    let mut svg = String::new();
    let _ = write!(
        svg,
        "<path d=\"M{} {}H{}\" stroke=\"{}\" stroke-width=\"0.5\"/>",
        number(x),
        number(middle),
        number(x + width),
        look.hair
    );
    let _ = write!(
        svg,
        "<path d=\"M{} {}v{}\" stroke=\"{}\" stroke-width=\"0.8\"/>",
        number(common),
        number(middle - BAR_PT),
        number(2.0 * BAR_PT),
        look.soft
    );
    svg += &moved.filled(&format!(" fill=\"{}\" fill-opacity=\"0.35\"", look.ink));
    if let Some(RatioLimits { low, high }) = line.limits {
        let [low, high] = [low, high].map(|limit| number(x + place(limit, width)));
        let _ =
            write!(svg, "<path d=\"M{low} {}H{high}\" stroke=\"{}\" stroke-width=\"1.4\"/>", number(middle), look.ink);
    }
    let [cx, cy] = [x + end, middle].map(number);
    let _ = write!(svg, "<circle cx=\"{cx}\" cy=\"{cy}\" r=\"2.6\" fill=\"{}\"/>", look.ink);
    svg
}

/// The bands of the letters in the colours of the map, with the estimate and its interval.
fn ruler(column: &TextColumn<'_>, line: &ChainLine, map: &MapInsert<'_>) -> Result<String, MapImageError> {
    let (look, x, top) = (column.look, column.x, column.y + 2.0);
    let at = |ratio: f64| x + place(ratio, column.width);
    let [low, high] = SCALE;
    let bands = <[f64; 4]>::from(map.bands());
    let starts = std::iter::once(low).chain(bands);
    let ends = bands.into_iter().chain([high]);
    let letters = semibold(BODY.size);
    let mut svg = String::new();
    for ((letter, start), end) in LETTERS.iter().zip(starts).zip(ends) {
        let band = Rect { x: at(start), y: top, width: at(end) - at(start), height: RULER_PT };
        for fill in map.letter_fills(letter)? {
            svg += &band.filled(&fill);
        }
        let ink = map.readable_on_letter(letter)?;
        let base = PagePoint::new(band.x + band.width / 2.0, top + RULER_PT / 2.0 + letters.drop_to_base());
        svg += &letters.line(letter, base, Anchor::Middle, &ink);
    }
    for bound in bands {
        let base = PagePoint::new(at(bound), top + RULER_PT + NOTE.size);
        svg += &NOTE.line(&decimal(bound, look.language), base, Anchor::Middle, &look.soft);
    }
    if let Some(ratio) = line.ratio {
        let [cx, cy] = [at(ratio), top + RULER_PT].map(number);
        let _ = write!(
            svg,
            "<circle cx=\"{cx}\" cy=\"{cy}\" r=\"3\" fill=\"{}\" stroke=\"{}\" stroke-width=\"0.8\"/>",
            look.ink, look.paper
        );
    }
    Ok(svg)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::*;
    use crate::domain::text::Names;

    #[test]
    fn common_level_stands_in_the_middle_and_nothing_beyond_the_ends() {
        let places = [0.1, 0.25, 1.0, 2.0, 4.0, 9.0].map(|ratio| place(ratio, 100.0));
        assert_eq!(places, [0.0, 0.0, 50.0, 75.0, 100.0, 100.0]);
    }

    /// The messages of the page in a language.
    fn messages(language: &str) -> BTreeMap<String, String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("web/src/i18n").join(language);
        let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap().into_path());
        let texts = files.filter(|path| path.is_file()).map(|path| std::fs::read_to_string(path).unwrap());
        texts.flat_map(|text| serde_json::from_str::<BTreeMap<String, String>>(&text).unwrap()).collect()
    }

    /// What the page says under a key.
    fn on_page(key: &str) -> Names {
        let said = |language| messages(language).remove(key).unwrap_or_else(|| panic!("the page does not say {key}"));
        Names { vi: said("vi"), en: said("en") }
    }

    #[test]
    fn chain_reads_as_on_the_page() {
        let plain = [
            ("why.chain", text_id!("sheet-chain")),
            ("why.chain.expected", text_id!("sheet-chain-expected")),
            ("why.chain.recorded", text_id!("sheet-chain-recorded")),
            ("why.chain.weighted", text_id!("sheet-chain-weighted")),
            ("why.chain.smoothed", text_id!("sheet-chain-smoothed")),
            ("why.chain.letter", text_id!("sheet-chain-letter")),
            ("why.chain.expected.note", text_id!("sheet-chain-expected-note")),
            ("why.chain.recorded.note", text_id!("sheet-chain-recorded-note")),
            ("why.chain.weighted.note", text_id!("sheet-chain-weighted-note")),
            ("why.chain.rated.note", text_id!("sheet-chain-rated-note")),
            ("why.chain.therefore.lower", text_id!("sheet-chain-therefore-lower")),
            ("why.chain.therefore.higher", text_id!("sheet-chain-therefore-higher")),
            ("why.chain.therefore.same", text_id!("sheet-chain-therefore-same")),
            ("why.chain.smoothed.note", text_id!("sheet-chain-smoothed-note")),
            ("why.difference.higher", text_id!("word-clearly-higher")),
            ("why.difference.lower", text_id!("word-clearly-lower")),
            ("why.difference.not_clearly_different", text_id!("word-unclear")),
        ];
        for (key, text) in plain {
            assert_eq!(on_page(key), text.names(), "{key}");
        }
        let with = [
            ("why.chain.incidents", text!("sheet-chain-incidents", n = "{n}")),
            ("why.chain.times", text!("sheet-chain-times", ratio = "{ratio}")),
            ("why.chain.points", text!("sheet-chain-points", score = "{score}", expected = "{expected}")),
            ("why.chain.limits", text!("sheet-chain-limits", level = "{level}", low = "{low}", high = "{high}")),
            ("why.chain.chance", text!("sheet-chain-chance", value = "{value}", needed = "{needed}")),
            (
                "why.reliability.needed",
                text!("sheet-reliability", words = "{words}", value = "{value}", needed = "{needed}"),
            ),
        ];
        for (key, names) in with {
            assert_eq!(on_page(key), names, "{key}");
        }
    }

    #[test]
    fn other_sections_read_as_on_the_page() {
        let plain = [
            ("course", text_id!("sheet-course")),
            ("course.what", text_id!("sheet-course-what")),
            ("hidden.years", text_id!("sheet-hidden-years")),
            ("hidden.series", text_id!("sheet-hidden-series")),
            ("hidden.count", text_id!("sheet-hidden-count")),
            ("panel.models", text_id!("sheet-models")),
            ("panel.models.none", text_id!("sheet-models-none")),
            ("legal", text_id!("sheet-standard")),
            ("legal.wider", text_id!("sheet-standard-wider")),
            ("sentence.statutory.met", text_id!("sheet-standard-met")),
            ("sentence.statutory.not_met", text_id!("sheet-standard-not-met")),
            ("sentence.statutory.insufficient", text_id!("sheet-standard-insufficient")),
            ("panel.share.few", text_id!("sheet-share-few")),
            ("panel.certification.none", text_id!("sheet-shares-none")),
            ("value.none", text_id!("sheet-none")),
            ("value.hidden", text_id!("sheet-hidden")),
            ("unit.residential_area", text_id!("sheet-unit-residential-area")),
            ("unit.commune", text_id!("sheet-unit-commune")),
            ("unit.agency", text_id!("sheet-unit-agency")),
            ("unit.business", text_id!("sheet-unit-business")),
            ("unit.school", text_id!("sheet-unit-school")),
        ];
        for (key, text) in plain {
            assert_eq!(on_page(key), text.names(), "{key}");
        }
        let recognised = text!("sheet-recognised", recognised = "{recognised}", units = "{units}");
        assert_eq!(on_page("panel.recognised"), recognised);
        assert_eq!(on_page("panel.share.about"), text!("sheet-share-about", share = "{share}"));
    }
}
