//! How a file of rows is written, as options say it and as the report tells it.

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::domain::text::Names;
use crate::ingest::{CrsUse, DateOrder, Decimal, Encoding, TimeFormat, Writing};
use crate::texts::text;

/// Options of how numbers, days and times are written.
#[derive(Debug, Clone, Default, Args)]
pub(in crate::cli) struct WritingArgs {
    /// The decimal sign of numbers; without it, the one that the whole file shows.
    #[arg(long, value_enum, ignore_case = true)]
    decimal: Option<DecimalOption>,
    /// Which comes first in a day such as 01/03/2024; without it, what the whole file shows.
    #[arg(long, value_enum, ignore_case = true)]
    date_order: Option<DateOrderOption>,
    /// What times are: written out, or counted.
    #[arg(long, value_enum, ignore_case = true, default_value_t)]
    time_format: TimeFormatOption,
    /// Let a blank cell empty what is stored; without it, it stays. A column that the file lacks never empties anything.
    #[arg(long)]
    clear_empty: bool,
}

/// A decimal sign as an option.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(in crate::cli) enum DecimalOption {
    /// 12,500.25
    Point,
    /// 12.500,25
    Comma,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum DateOrderOption {
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
    /// Year, month, day: any other order is refused.
    Ymd,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum TimeFormatOption {
    /// Day and time of day.
    #[default]
    Written,
    /// Seconds since 1970 UTC.
    Epoch,
    /// Milliseconds since 1970 UTC.
    EpochMs,
    /// Days as a spreadsheet counts them (45352.34375), local time.
    Excel,
}

impl From<DecimalOption> for Decimal {
    fn from(option: DecimalOption) -> Self {
        match option {
            DecimalOption::Point => Self::Point,
            DecimalOption::Comma => Self::Comma,
        }
    }
}

impl WritingArgs {
    /// Whether a blank cell empties what is stored.
    pub(in crate::cli) fn clears_empty(&self) -> bool {
        self.clear_empty
    }

    /// What the options say; the rest is asked of the file.
    pub(in crate::cli) fn writing(&self) -> Writing {
        Writing {
            decimal: self.decimal.map(Decimal::from),
            dates: self.date_order.map(|order| match order {
                DateOrderOption::Dmy => DateOrder::DayFirst,
                DateOrderOption::Mdy => DateOrder::MonthFirst,
                DateOrderOption::Ymd => DateOrder::YearFirst,
            }),
            times: match self.time_format {
                TimeFormatOption::Written => TimeFormat::Written,
                TimeFormatOption::Epoch => TimeFormat::Epoch,
                TimeFormatOption::EpochMs => TimeFormat::EpochMs,
                TimeFormatOption::Excel => TimeFormat::Excel,
            },
        }
    }
}

/// How a file was read.
#[derive(Debug, Clone, Copy, Serialize)]
pub(in crate::cli) struct WritingReport {
    /// The decimal sign; null where no number shows one.
    decimal: Option<&'static str>,
    /// The order of days; null where all begin with the year.
    date_order: Option<&'static str>,
}

impl WritingReport {
    /// What was told or shown.
    pub(in crate::cli) fn of(writing: Writing) -> Self {
        let decimal = writing.decimal.map(|decimal| match decimal {
            Decimal::Point => "point",
            Decimal::Comma => "comma",
        });
        let date_order = writing.dates.map(|order| match order {
            DateOrder::DayFirst => "dmy",
            DateOrder::MonthFirst => "mdy",
            DateOrder::YearFirst => "ymd",
        });
        Self { decimal, date_order }
    }

    /// A line of what is not as programs write; none where all is.
    pub(in crate::cli) fn text(self) -> Option<Names> {
        let comma = (self.decimal == Some("comma")).then(|| text!("import-decimal-comma"));
        let order = self.date_order.filter(|order| *order != "ymd");
        let order = order.map(|order| text!("import-day-order", order = order));
        let said = match (comma, order) {
            (Some(comma), Some(order)) => text!("import-comma-and-order", comma = comma, order = order),
            (comma, order) => comma.or(order)?,
        };
        Some(text!("import-read-as", said = said))
    }
}

/// A line of the reference system of the coordinates; none where they are degrees of WGS 84 as usual.
pub(in crate::cli) fn crs_text(read_as: &CrsUse) -> Option<Names> {
    let CrsUse { system, declared, by_option, overrides } = read_as;
    let by = match (declared, by_option) {
        (Some(declared), true) if *overrides => text!("import-crs-against", declared = format!("{declared:?}")),
        (_, true) => text!("import-crs-by-option"),
        (_, false) => text!("import-crs-by-file"),
    };
    read_as.is_worth_saying().then(|| text!("import-crs", system = system, by = by))
}

/// The bytes of a file.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli) struct EncodingOption(Encoding);

impl From<EncodingOption> for Encoding {
    fn from(option: EncodingOption) -> Self {
        option.0
    }
}

impl std::str::FromStr for EncodingOption {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Encoding::ALL.into_iter().find(|encoding| encoding.as_str() == text.to_lowercase());
        let known = || Encoding::ALL.map(Encoding::as_str).join(", ");
        found.map(Self).ok_or_else(|| format!("no such encoding; there are {}", known()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_as_programs_write_is_not_told() {
        let text = |decimal, dates| {
            WritingReport::of(Writing { decimal, dates, ..Writing::default() }).text().map(|names| names.en)
        };
        assert_eq!(text(Some(Decimal::Point), None), None);
        assert_eq!(text(None, Some(DateOrder::YearFirst)), None);
        let said = text(Some(Decimal::Comma), Some(DateOrder::DayFirst));
        assert_eq!(said.as_deref(), Some("read as: numbers with a decimal comma, days in the order dmy"));
    }

    #[test]
    fn encodings_are_named_as_the_messages_name_them() {
        for encoding in Encoding::ALL {
            assert_eq!(encoding.as_str().to_uppercase().parse::<EncodingOption>().map(Encoding::from), Ok(encoding));
        }
        assert!("latin-1".parse::<EncodingOption>().unwrap_err().contains("utf-16le"));
    }
}
