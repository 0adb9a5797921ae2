//! The ways in which files write numbers, days and times.
//!
//! Words alone: what a file shows of its way is found in `checks`, and a text is read in it there.

/// The sign between a whole number and its decimals; the other one parts thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimal {
    /// 12,500.25
    Point,
    /// 12.500,25
    Comma,
}

/// The order in which a day is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// 31/12/2024
    DayFirst,
    /// 12/31/2024
    MonthFirst,
    /// 2024/12/31
    YearFirst,
}

/// What a time is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TimeFormat {
    /// Day and time of day.
    #[default]
    Written,
    /// Seconds since 1970 UTC.
    Epoch,
    /// Milliseconds since 1970 UTC.
    EpochMs,
    /// Days since 1899-12-30, as a spreadsheet counts them, local time.
    Excel,
}

/// How a file writes; what is not known is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Writing {
    /// The decimal sign.
    pub decimal: Option<Decimal>,
    /// The order of days.
    pub dates: Option<DateOrder>,
    /// The form of times.
    pub times: TimeFormat,
}
