//! The course of an area: its rate year by year with exact limits, as a chart.
//!
//! In: the years that a role may see. Out: the chart with the numbers under it, and the same in words.

use std::fmt::Write as _;

use super::look::{Look, NOTE, TextColumn};
use super::numbers::{count, rate};
use crate::export::map_image::{Anchor, PagePoint, number};
use crate::service::area_sheets::CourseYear;
use crate::texts::{text, text_id};

const HEIGHT_PT: f64 = 78.0;
/// Room for the numbers of the axis.
const AXIS_PT: f64 = 24.0;
/// More years than this have no name each.
const NAMED_YEARS: usize = 9;

/// The section of the course.
pub(super) fn draw(column: &mut TextColumn<'_>, course: &[CourseYear]) {
    let look = column.look;
    column.section(&look.say(text_id!("sheet-course")));
    let hidden = course.iter().filter(|year| year.figures.incidents.is_none()).count();
    if course.is_empty() {
        return column.note(&look.say(text_id!("sheet-course-none")));
    }
    if hidden == course.len() {
        return column.note(&look.say(text_id!("sheet-hidden-series")));
    }
    column.note(&look.say(text_id!("sheet-course-what")));
    column.skip(4.0);
    let svg = Chart::of(column, course).drawn(course);
    column.figure(svg, in_words(course, look), HEIGHT_PT + 30.0);
    if hidden > 0 {
        column.note(&look.say(text_id!("sheet-hidden-years")));
    }
}

fn in_words(course: &[CourseYear], look: &Look) -> String {
    let point = |year: &CourseYear| {
        let value =
            year.figures.rate.map_or_else(|| look.say(text_id!("sheet-hidden")), |value| rate(value, look.language));
        look.spoken(&text!("sheet-course-point", year = year.year.to_string(), value = value))
    };
    let points = course.iter().map(point).collect::<Vec<_>>().join("; ");
    look.spoken(&text!("sheet-course-words", points = points))
}

/// The axes of a chart.
struct Chart<'l> {
    look: &'l Look,
    left: f64,
    top: f64,
    step: f64,
    /// The rate at the upper end.
    most: f64,
}

impl<'l> Chart<'l> {
    fn of(column: &TextColumn<'l>, course: &[CourseYear]) -> Self {
        let ends = course.iter().filter_map(|year| year.figures.rate_high.or(year.figures.rate));
        let step = (column.width - AXIS_PT) / course.len().max(1) as f64;
        Self {
            look: column.look,
            left: column.x + AXIS_PT,
            top: column.y + 4.0,
            step,
            most: round_above(ends.fold(0.0, f64::max)),
        }
    }

    fn x(&self, index: usize) -> f64 {
        self.left + (index as f64 + 0.5) * self.step
    }

    fn y(&self, rate: f64) -> f64 {
        self.top + HEIGHT_PT * (1.0 - rate / self.most)
    }

    fn drawn(&self, course: &[CourseYear]) -> String {
        self.axes(course.len()) + &self.line(course) + &self.points(course)
    }

    fn axes(&self, years: usize) -> String {
        let (mut svg, right) = (String::new(), self.left + self.step * years as f64);
        for value in [0.0, self.most / 2.0, self.most] {
            let y = self.y(value);
            let [from, to, height] = [self.left, right, y].map(number);
            let _ = write!(
                svg,
                "<path d=\"M{from} {height}H{to}\" stroke=\"{}\" stroke-width=\"{}\"/>",
                self.look.hair,
                if value == 0.0 { "0.9" } else { "0.4" }
            );
            let written = if value == 0.0 { "0".to_owned() } else { rate(value, self.look.language) };
            let base = PagePoint::new(self.left - 4.0, y + NOTE.drop_to_base());
            svg += &NOTE.line(&written, base, Anchor::End, &self.look.soft);
        }
        svg
    }

    /// The line through the years that follow one another without a hidden one between.
    fn line(&self, course: &[CourseYear]) -> String {
        let mut path = String::new();
        let mut is_open = false;
        for (index, year) in course.iter().enumerate() {
            let Some(value) = year.figures.rate else {
                is_open = false;
                continue;
            };
            let [x, y] = [self.x(index), self.y(value)].map(number);
            let _ = write!(path, "{}{x} {y}", if is_open { 'L' } else { 'M' });
            is_open = true;
        }
        format!("<path d=\"{path}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1\"/>", self.look.soft)
    }

    /// The points with their limits, and under each its year and its count.
    fn points(&self, course: &[CourseYear]) -> String {
        let mut svg = String::new();
        let every = course.len().div_ceil(NAMED_YEARS);
        for (index, year) in course.iter().enumerate() {
            let x = self.x(index);
            let (fill, width) =
                if year.is_inside { (self.look.ink.as_str(), "1.3") } else { (self.look.paper.as_str(), "0.8") };
            let figures = &year.figures;
            if let Some((low, high)) = figures.rate_low.zip(figures.rate_high) {
                let [at, low, high] = [x, self.y(low), self.y(high)].map(number);
                let ink = &self.look.ink;
                let _ = write!(svg, "<path d=\"M{at} {low}V{high}\" stroke=\"{ink}\" stroke-width=\"{width}\"/>");
            }
            if let Some(value) = figures.rate {
                let [cx, cy] = [x, self.y(value)].map(number);
                let ink = &self.look.ink;
                let _ = write!(
                    svg,
                    "<circle cx=\"{cx}\" cy=\"{cy}\" r=\"2.8\" fill=\"{fill}\" stroke=\"{ink}\" stroke-width=\"1\"/>"
                );
            }
            if index % every == 0 {
                svg += &self.named(index, year);
            }
        }
        svg
    }

    fn named(&self, index: usize, year: &CourseYear) -> String {
        let base = self.top + HEIGHT_PT + NOTE.size + 3.0;
        let at = |line: f64| PagePoint::new(self.x(index), base + line * (NOTE.size + 1.5));
        let counted = year.figures.incidents;
        let written =
            counted.map_or_else(|| "–".to_owned(), |incidents| count(f64::from(incidents), self.look.language));
        let with_unit = counted.map(|_| self.look.spoken(&text!("sheet-chain-incidents", n = written.as_str())));
        let incidents = with_unit.filter(|text| NOTE.width(text) + 4.0 <= self.step).unwrap_or(written);
        NOTE.line(&year.year.to_string(), at(0.0), Anchor::Middle, &self.look.ink)
            + &NOTE.line(&incidents, at(1.0), Anchor::Middle, &self.look.soft)
    }
}

/// The next number above that is easily halved.
fn round_above(value: f64) -> f64 {
    if value <= 0.0 {
        return 1.0;
    }
    let power = 10_f64.powf(value.log10().floor());
    let steps = [1.0, 2.0, 4.0, 6.0, 8.0, 10.0].map(|step| step * power);
    steps.into_iter().find(|step| *step >= value).unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axis_ends_on_a_number_that_is_easily_halved() {
        let ends = [0.0, 0.7, 1.0, 3.1, 42.0, 61.0, 99.0, 100.1, 999.0].map(round_above);
        assert_eq!(ends, [1.0, 0.8, 1.0, 4.0, 60.0, 80.0, 100.0, 200.0, 1000.0]);
    }
}
