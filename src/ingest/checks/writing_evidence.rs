//! How a file writes its numbers and days: one way for the whole file, never a guess for a row.
//!
//! In: what the operator says, and what every row of the file shows. Out: the way of the file, or the two values that
//! contradict each other. `108,42` shows a decimal comma and `13/03/2024` that the day stands first; `12.500` and
//! `01/03/2024` show nothing, and are not read where nothing else of the file does.

use crate::ingest::error::IngestError;
use crate::ingest::fields::FieldIndex;
use crate::ingest::rows::kind::RowKind;
use crate::ingest::rows::row::InputRow;
use crate::ingest::writing::{DateOrder, Decimal, Writing};

/// A value that shows how the file writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ingest) struct Sighting {
    line: u64,
    field: &'static str,
    value: String,
}

/// What the rows of a part of a file show.
#[derive(Debug, Default)]
pub(in crate::ingest) struct WritingEvidence {
    numbers: Vec<NumberEvidence>,
    day_first: Option<Sighting>,
    month_first: Option<Sighting>,
}

/// What the numbers of one field show: the first value of each kind.
#[derive(Debug, Clone, Default)]
struct NumberEvidence {
    point: Option<Sighting>,
    comma: Option<Sighting>,
    /// Three digits behind one point: decimals or thousands.
    point_or_thousands: Option<Sighting>,
    comma_or_thousands: Option<Sighting>,
}

/// What the numbers of a field are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NumberKind {
    /// Degrees, which have no thousands.
    Coordinate,
    Quantity,
}

/// A number of a row.
struct ShownNumber<'a> {
    field: FieldIndex,
    text: &'a str,
    kind: NumberKind,
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
        for (place, (field, kind)) in fields.enumerate() {
            if let Some(text) = row.text(field) {
                let number = ShownNumber { field, text, kind };
                self.note_number(place, row, &number);
            }
        }
        for field in K::DAYS {
            match row.text(*field) {
                Some(text) if !begins_with_year(text) => self.note_day(row, *field, text),
                _ => {}
            }
        }
    }

    fn note_number(&mut self, place: usize, row: &InputRow<'_>, number: &ShownNumber<'_>) {
        let ShownNumber { field, text, kind } = *number;
        if self.numbers.len() <= place {
            self.numbers.resize_with(place + 1, NumberEvidence::default);
        }
        let evidence = &mut self.numbers[place];
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
        slot.get_or_insert_with(|| sighting(row, field, text));
    }

    fn note_day(&mut self, row: &InputRow<'_>, field: FieldIndex, text: &str) {
        let slot = match first_two_numbers(text) {
            Some((13..=31, 1..=12)) => &mut self.day_first,
            Some((1..=12, 13..=31)) => &mut self.month_first,
            _ => return,
        };
        slot.get_or_insert_with(|| sighting(row, field, text));
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
        }
        self.day_first = self.day_first.or(next.day_first);
        self.month_first = self.month_first.or(next.month_first);
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
            None => self.dates(file)?,
        };
        Ok(Writing { decimal, dates, times: told.times })
    }

    fn decimal(&self, file: &str) -> Result<Option<Decimal>, IngestError> {
        let option = "--decimal point or --decimal comma";
        for NumberEvidence { point, comma, point_or_thousands, comma_or_thousands } in &self.numbers {
            let pairs =
                [(comma, point_or_thousands), (point, comma_or_thousands), (point_or_thousands, comma_or_thousands)];
            refuse_both(file, option, pairs)?;
        }
        let point = self.numbers.iter().find_map(|evidence| evidence.point.clone());
        let comma = self.numbers.iter().find_map(|evidence| evidence.comma.clone());
        refuse_both(file, option, [(&point, &comma)])?;
        Ok(comma.map(|_| Decimal::Comma).or(point.map(|_| Decimal::Point)))
    }

    fn dates(&self, file: &str) -> Result<Option<DateOrder>, IngestError> {
        refuse_both(file, "--date-order dmy or --date-order mdy", [(&self.day_first, &self.month_first)])?;
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
            field: second.field,
            value: second.value.clone(),
            earlier: format!("line {}, {} {:?}", first.line, first.field, first.value),
            option,
        });
    }
    Ok(())
}

fn sighting(row: &InputRow<'_>, field: FieldIndex, text: &str) -> Sighting {
    let value = text.chars().take(40).collect();
    Sighting { line: row.record.line, field: row.fields[field.index()].name, value }
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
    let mut number = || parts.next()?.parse().ok();
    Some((number()?, number()?))
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
    }

    fn seen(value: &str, line: u64) -> Sighting {
        Sighting { line, field: "value", value: value.to_owned() }
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
            day_first: Some(seen("13/3/2024", 2)),
            month_first: Some(seen("3/13/2024", 3)),
            ..Default::default()
        };
        assert!(evidence.decided("f", Writing::default()).is_err());
        let told = Writing { dates: Some(DateOrder::DayFirst), ..Writing::default() };
        assert_eq!(evidence.decided("f", told).unwrap(), told);
    }
}
