//! How a file writes its numbers and days: one way for the whole file, never a guess for a row.
//!
//! In: what the operator says, and what every row of the file shows. Out: the way of the file, or the two values that
//! contradict each other. `108,42` shows a decimal comma and `13/03/2024` that the day stands first; `12.500` and
//! `01/03/2024` show nothing, and are not read where nothing else of the file does.

use crate::ingest::error::IngestError;
use crate::ingest::fields::FieldIndex;
use crate::ingest::format::record::CellKind;
use crate::ingest::rows::kind::RowKind;
use crate::ingest::rows::row::InputRow;
use crate::ingest::writing::{DateOrder, Decimal, Writing};

/// A value that shows how the file writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ingest) struct Sighting {
    line: u64,
    field: String,
    value: String,
}

/// What the rows of a part of a file show.
#[derive(Debug, Default)]
pub(in crate::ingest) struct WritingEvidence {
    numbers: Vec<NumberEvidence>,
    days: DayEvidence,
}

/// What the numbers of one field show: the first value of each kind.
#[derive(Debug, Clone, Default)]
struct NumberEvidence {
    point: Option<Sighting>,
    comma: Option<Sighting>,
    /// Three digits behind one point: decimals or thousands.
    point_or_thousands: Option<Sighting>,
    comma_or_thousands: Option<Sighting>,
    /// A number with decimals that is no text: beside a decimal comma one of the two was damaged.
    cell: Option<Sighting>,
}

/// What the days of a file show.
#[derive(Debug, Default)]
struct DayEvidence {
    day_first: Option<Sighting>,
    month_first: Option<Sighting>,
    /// A day that a spreadsheet keeps as one and that is also a month.
    cell: Option<Sighting>,
    /// Whether a spreadsheet keeps one that is no month as well.
    has_late_cell: bool,
}

/// What the numbers of a field are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NumberKind {
    /// Degrees, which have no thousands.
    Coordinate,
    Quantity,
}

/// A number of a table.
#[derive(Debug, Clone, Copy)]
pub struct WrittenNumber<'a> {
    /// Its column, from the left.
    pub column: usize,
    /// The name of its column.
    pub heading: &'a str,
    /// The line on which it stands.
    pub line: u64,
    /// What stands there.
    pub text: &'a str,
    /// Whether its format keeps it as a number and not as text.
    pub is_number: bool,
}

/// The decimal sign that quantities of a table show as a whole; none where they show none.
///
/// # Errors
/// When they show two.
pub fn decimal_shown<'a>(
    file: &str,
    numbers: impl Iterator<Item = WrittenNumber<'a>>,
) -> Result<Option<Decimal>, IngestError> {
    let mut evidence = WritingEvidence::default();
    numbers.for_each(|number| evidence.note_number(&number, NumberKind::Quantity));
    evidence.decimal(file)
}

/// What one number shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shows {
    Nothing,
    Point,
    Comma,
    PointOrThousands,
    CommaOrThousands,
}

impl WritingEvidence {
    /// Adds what a row shows.
    pub(in crate::ingest) fn note<K: RowKind>(&mut self, row: &InputRow<'_>) {
        let position = K::POSITION.map_or([None, None], |(lon, lat)| [Some(lon), Some(lat)]);
        let fields = position.into_iter().flatten().map(|field| (field, NumberKind::Coordinate));
        let fields = fields.chain(K::QUANTITIES.iter().map(|field| (*field, NumberKind::Quantity)));
        for (column, (field, kind)) in fields.enumerate() {
            if let Some(text) = row.text(field) {
                let (heading, line) = (row.fields[field.index()].name, row.record.line);
                let is_number = row.kind(field) == Some(CellKind::Number);
                self.note_number(&WrittenNumber { column, heading, line, text, is_number }, kind);
            }
        }
        for field in K::DAYS {
            match row.text(*field) {
                Some(text) if row.kind(*field) == Some(CellKind::Day) => self.days.note_cell(row, *field, text),
                Some(text) if !begins_with_year(text) => self.days.note_text(row, *field, text),
                _ => {}
            }
        }
    }

    fn note_number(&mut self, number: &WrittenNumber<'_>, kind: NumberKind) {
        let WrittenNumber { column, heading, line, text, is_number } = *number;
        if self.numbers.len() <= column {
            self.numbers.resize_with(column + 1, NumberEvidence::default);
        }
        let evidence = &mut self.numbers[column];
        if is_number {
            if evidence.cell.is_none() && text.contains('.') {
                evidence.cell = Some(sighting(heading, line, text));
            }
            return;
        }
        // What most files show in each row is looked at once.
        if evidence.point.is_some() && !text.as_bytes().contains(&b',') && !could_be_thousands(text) {
            return;
        }
        let slot = match shown(text, kind) {
            Shows::Nothing => return,
            Shows::Point => &mut evidence.point,
            Shows::Comma => &mut evidence.comma,
            Shows::PointOrThousands => &mut evidence.point_or_thousands,
            Shows::CommaOrThousands => &mut evidence.comma_or_thousands,
        };
        slot.get_or_insert_with(|| sighting(heading, line, text));
    }

    /// What is shown here and in the part behind it.
    pub(in crate::ingest) fn and(mut self, next: Self) -> Self {
        self.numbers.resize_with(self.numbers.len().max(next.numbers.len()), NumberEvidence::default);
        for (mine, other) in self.numbers.iter_mut().zip(next.numbers) {
            let first = |mine: &mut Option<Sighting>, other: Option<Sighting>| *mine = mine.take().or(other);
            first(&mut mine.point, other.point);
            first(&mut mine.comma, other.comma);
            first(&mut mine.point_or_thousands, other.point_or_thousands);
            first(&mut mine.comma_or_thousands, other.comma_or_thousands);
            first(&mut mine.cell, other.cell);
        }
        self.days = self.days.and(next.days);
        self
    }

    /// How the file writes: as told, else as it shows.
    ///
    /// # Errors
    /// When it shows two ways and none is told.
    pub(in crate::ingest) fn decided(&self, file: &str, told: Writing) -> Result<Writing, IngestError> {
        let decimal = match told.decimal {
            Some(decimal) => Some(decimal),
            None => self.decimal(file)?,
        };
        let dates = match told.dates {
            Some(order) => Some(order),
            None => self.days.order(file)?,
        };
        Ok(Writing { decimal, dates, times: told.times })
    }

    fn decimal(&self, file: &str) -> Result<Option<Decimal>, IngestError> {
        let option = "--decimal point or --decimal comma";
        for NumberEvidence { point, comma, point_or_thousands, comma_or_thousands, cell } in &self.numbers {
            let pairs = [
                (comma, point_or_thousands),
                (point, comma_or_thousands),
                (point_or_thousands, comma_or_thousands),
                (comma, cell),
                (comma_or_thousands, cell),
            ];
            refuse_both(file, option, pairs)?;
        }
        let point = self.numbers.iter().find_map(|evidence| evidence.point.clone());
        let comma = self.numbers.iter().find_map(|evidence| evidence.comma.clone());
        refuse_both(file, option, [(&point, &comma)])?;
        Ok(comma.map(|_| Decimal::Comma).or(point.map(|_| Decimal::Point)))
    }
}

impl DayEvidence {
    fn note_text(&mut self, row: &InputRow<'_>, field: FieldIndex, text: &str) {
        let slot = match first_two_numbers(text) {
            Some((13..=31, 1..=12)) => &mut self.day_first,
            Some((1..=12, 13..=31)) => &mut self.month_first,
            _ => return,
        };
        slot.get_or_insert_with(|| sighting(row.fields[field.index()].name, row.record.line, text));
    }

    fn note_cell(&mut self, row: &InputRow<'_>, field: FieldIndex, text: &str) {
        let day: Option<u8> = text.get(8..10).and_then(|day| day.parse().ok());
        if day.is_some_and(|day| day > 12) {
            self.has_late_cell = true;
        } else {
            self.cell.get_or_insert_with(|| sighting(row.fields[field.index()].name, row.record.line, text));
        }
    }

    fn and(self, next: Self) -> Self {
        Self {
            day_first: self.day_first.or(next.day_first),
            month_first: self.month_first.or(next.month_first),
            cell: self.cell.or(next.cell),
            has_late_cell: self.has_late_cell || next.has_late_cell,
        }
    }

    fn order(&self, file: &str) -> Result<Option<DateOrder>, IngestError> {
        refuse_both(file, "--date-order dmy or --date-order mdy", [(&self.day_first, &self.month_first)])?;
        let text = self.day_first.as_ref().or(self.month_first.as_ref());
        // A spreadsheet of another country takes 01/03 for January and leaves 13/03 as text.
        if let (Some(text), Some(cell), false) = (text, &self.cell, self.has_late_cell) {
            let Sighting { line, field, value } = cell.clone();
            let text = format!("line {}, {} {:?}", text.line, text.field, text.value);
            return Err(IngestError::ExchangedDays { file: file.to_owned(), line, field, value, text });
        }
        let day_first = self.day_first.as_ref().map(|_| DateOrder::DayFirst);
        Ok(day_first.or(self.month_first.as_ref().map(|_| DateOrder::MonthFirst)))
    }
}

fn refuse_both<const N: usize>(
    file: &str,
    option: &'static str,
    pairs: [(&Option<Sighting>, &Option<Sighting>); N],
) -> Result<(), IngestError> {
    for pair in pairs {
        let (Some(one), Some(other)) = pair else { continue };
        let (first, second) = if one.line <= other.line { (one, other) } else { (other, one) };
        return Err(IngestError::Contradiction {
            file: file.to_owned(),
            line: second.line,
            field: second.field.as_str().into(),
            value: second.value.clone(),
            earlier: format!("line {}, {} {:?}", first.line, first.field, first.value),
            option,
        });
    }
    Ok(())
}

fn sighting(field: &str, line: u64, text: &str) -> Sighting {
    Sighting { line, field: field.to_owned(), value: text.chars().take(40).collect() }
}

fn begins_with_year(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() > 4 && bytes[..4].iter().all(u8::is_ascii_digit) && !bytes[4].is_ascii_digit()
}

/// Whether the fourth byte from behind is a point, as in 12.500.
fn could_be_thousands(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() > 4 && bytes[bytes.len() - 4] == b'.'
}

/// What a number shows of its decimal sign.
fn shown(text: &str, kind: NumberKind) -> Shows {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')) {
        return Shows::Nothing;
    }
    let separator = match (digits.contains('.'), digits.contains(',')) {
        (true, false) => '.',
        (false, true) => ',',
        // Both: one file in a hundred has such a number and no other; it is read where the rest shows how.
        _ => return Shows::Nothing,
    };
    let parts: Vec<&str> = digits.split(separator).collect();
    let are_thousands = (1..=3).contains(&parts[0].len())
        && !parts[0].starts_with('0')
        && parts[1..].iter().all(|part| part.len() == 3);
    match (parts.len(), are_thousands, separator) {
        (2, true, '.') if kind == NumberKind::Quantity => Shows::PointOrThousands,
        (2, true, _) if kind == NumberKind::Quantity => Shows::CommaOrThousands,
        (2, _, '.') | (3.., true, ',') => Shows::Point,
        (2, _, _) | (3.., true, _) => Shows::Comma,
        _ => Shows::Nothing,
    }
}

/// The first two numbers of a day that is written with signs between them.
fn first_two_numbers(text: &str) -> Option<(u32, u32)> {
    let day = text.split_whitespace().find(|word| word.contains(['/', '-', '.']) && !word.contains(':'))?;
    let mut parts = day.split(['/', '-', '.']);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    // Of 24-03-01 nobody knows which number is the year.
    if year.len() != 4 {
        return None;
    }
    Some((first.parse().ok()?, second.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_show_their_decimal_sign_or_nothing() {
        for (text, wanted) in [
            ("12,5", Shows::Comma),
            ("12.5", Shows::Point),
            ("12.500", Shows::PointOrThousands),
            ("12,500", Shows::CommaOrThousands),
            ("1234,500", Shows::Comma),
            ("0.125", Shows::Point),
            ("1.234.567", Shows::Comma),
            ("1,234,567", Shows::Point),
            ("1.234,5", Shows::Nothing),
            ("12", Shows::Nothing),
            ("x,5", Shows::Nothing),
            ("", Shows::Nothing),
        ] {
            assert_eq!(shown(text, NumberKind::Quantity), wanted, "{text}");
        }
        assert_eq!(shown("108.420", NumberKind::Coordinate), Shows::Point, "no longitude has thousands");
        assert_eq!(shown("-108,420", NumberKind::Coordinate), Shows::Comma);
    }

    #[test]
    fn days_show_which_number_is_the_day() {
        assert_eq!(first_two_numbers("13/03/2024 08:15"), Some((13, 3)));
        assert_eq!(first_two_numbers("08:15 03-13-2024"), Some((3, 13)));
        assert_eq!(first_two_numbers("20240301"), None);
        assert_eq!(first_two_numbers("24-03-01"), None);
    }

    fn seen(value: &str, line: u64) -> Sighting {
        Sighting { line, field: "value".to_owned(), value: value.to_owned() }
    }

    #[test]
    fn two_ways_in_one_file_are_refused_by_their_lines() {
        let decide =
            |numbers| WritingEvidence { numbers, ..WritingEvidence::default() }.decided("f.csv", Writing::default());
        let comma = NumberEvidence { comma: Some(seen("12,5", 2)), ..NumberEvidence::default() };
        let thousands = NumberEvidence { point_or_thousands: Some(seen("12.500", 3)), ..NumberEvidence::default() };
        let point = NumberEvidence { point: Some(seen("108.42", 9)), ..NumberEvidence::default() };
        assert_eq!(decide(vec![comma.clone(), thousands.clone()]).unwrap().decimal, Some(Decimal::Comma));
        assert_eq!(decide(vec![thousands.clone()]).unwrap().decimal, None, "nothing decides");
        assert!(decide(vec![comma.clone(), point]).is_err());
        let both =
            NumberEvidence { comma: comma.comma, point_or_thousands: thousands.point_or_thousands, ..point_free() };
        assert_eq!(
            decide(vec![both]).unwrap_err().to_string(),
            "f.csv, line 3, value \"12.500\": line 2, value \"12,5\" is written in another way, and a file is read in one: \
             say which with --decimal point or --decimal comma"
        );
        assert_eq!(decide(Vec::new()).unwrap(), Writing::default());
    }

    fn point_free() -> NumberEvidence {
        NumberEvidence::default()
    }

    #[test]
    fn what_is_told_is_not_asked_of_the_file() {
        let evidence = WritingEvidence {
            days: DayEvidence {
                day_first: Some(seen("13/3/2024", 2)),
                month_first: Some(seen("3/13/2024", 3)),
                ..DayEvidence::default()
            },
            ..WritingEvidence::default()
        };
        assert!(evidence.decided("f", Writing::default()).is_err());
        let told = Writing { dates: Some(DateOrder::DayFirst), ..Writing::default() };
        assert_eq!(evidence.decided("f", told).unwrap(), told);
    }
}
