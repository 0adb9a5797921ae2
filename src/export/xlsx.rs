//! A workbook as XLSX: sheets of numbers with frozen, filtered headers, and a sheet of method.
//!
//! In: a [`Workbook`] and a language. Out: the bytes of the file. Numbers stay numbers, dates dates, shares
//! percentages; a text is never a formula. Equal workbooks are equal bytes: the file is dated by the numbers in it.

use jiff::civil::Date;
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format as Style, FormatAlign, Worksheet, XlsxError};

use super::ExportError;
use super::cell::{CellFormat, Column, TableCell};
use super::table::{ExportTable, Note, Workbook};
use crate::domain::text::Language;
use crate::texts::{PRODUCT_NAME, text_id};

const HEADER_HEIGHT: f64 = 48.0;
const NUMBER_WIDTH: f64 = 13.0;
const TEXT_WIDTHS: std::ops::RangeInclusive<usize> = 10..=38;
const PROSE_WIDTH: f64 = 90.0;
const SUBJECT_WIDTH: f64 = 26.0;
const HEADER_FILL: u32 = 0x00DD_E6EE;

/// The workbook as bytes of an XLSX file.
pub fn xlsx(workbook: &Workbook, language: Language) -> Result<Vec<u8>, ExportError> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let title = workbook.title.in_language(language);
    let created = date_time(workbook.dated)?;
    book.set_properties(
        &DocProperties::new().set_title(title).set_author(PRODUCT_NAME).set_creation_datetime(&created),
    );
    for table in std::iter::once(&workbook.main).chain(&workbook.more) {
        numbers(book.add_worksheet(), table, language)?;
    }
    method(book.add_worksheet(), workbook, language)?;
    Ok(book.save_to_buffer()?)
}

fn numbers(sheet: &mut Worksheet, table: &ExportTable, language: Language) -> Result<(), XlsxError> {
    sheet.set_name(table.title.in_language(language))?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?.set_freeze_panes(1, frozen_columns(table))?;
    sheet.set_row_height(0, HEADER_HEIGHT)?;
    let header = Style::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(HEADER_FILL));
    for (index, column) in (0_u16..).zip(&table.columns) {
        sheet.set_column_width(index, width(table, usize::from(index), language))?;
        sheet.write_string_with_format(0, index, column.heading.in_language(language), &header)?;
    }
    for (line, row) in (1_u32..).zip(&table.rows) {
        for ((index, column), cell) in (0_u16..).zip(&table.columns).zip(row) {
            write(sheet, CellPosition { row: line, column: index }, cell, &style(column), language)?;
        }
    }
    let (last_row, last_column) = (table.rows.len() as u32, table.columns.len().saturating_sub(1) as u16);
    sheet.autofilter(0, 0, last_row, last_column)?;
    Ok(())
}

/// Code and name stay in view while the numbers move.
fn frozen_columns(table: &ExportTable) -> u16 {
    table.columns.iter().take(2).take_while(|column| column.format == CellFormat::Text).count() as u16
}

/// Where a cell stands on its sheet, both counted from 0.
#[derive(Debug, Clone, Copy)]
struct CellPosition {
    row: u32,
    column: u16,
}

fn write(
    sheet: &mut Worksheet,
    position: CellPosition,
    cell: &TableCell,
    style: &Style,
    language: Language,
) -> Result<(), XlsxError> {
    let CellPosition { row, column } = position;
    match cell {
        TableCell::Absent => {}
        TableCell::Text(text) => _ = sheet.write_string_with_format(row, column, text, style)?,
        TableCell::Word { names, .. } => {
            sheet.write_string_with_format(row, column, names.in_language(language), style)?;
        }
        TableCell::Whole(number) => _ = sheet.write_number_with_format(row, column, *number as f64, style)?,
        TableCell::Real(number) => _ = sheet.write_number_with_format(row, column, *number, style)?,
        TableCell::Day(day) => _ = sheet.write_datetime_with_format(row, column, date_time(*day)?, style)?,
    }
    Ok(())
}

fn style(column: &Column) -> Style {
    match column.format {
        CellFormat::Text => Style::new(),
        CellFormat::Prose => Style::new().set_text_wrap().set_align(FormatAlign::Top),
        CellFormat::Count | CellFormat::Decimal(0) => Style::new().set_num_format("#,##0"),
        CellFormat::Decimal(digits) => {
            Style::new().set_num_format(format!("#,##0.{}", "0".repeat(usize::from(digits))))
        }
        CellFormat::Share => Style::new().set_num_format("0.0%"),
        CellFormat::Probability => Style::new().set_num_format("0.0000"),
        CellFormat::Date => Style::new().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Left),
    }
}

fn width(table: &ExportTable, index: usize, language: Language) -> f64 {
    match table.columns[index].format {
        CellFormat::Prose => PROSE_WIDTH,
        CellFormat::Text => {
            let shown = |row: &Vec<TableCell>| match row.get(index) {
                Some(TableCell::Text(text)) => text.chars().count(),
                Some(TableCell::Word { names, .. }) => names.in_language(language).chars().count(),
                _ => 0,
            };
            let longest = table.rows.iter().map(shown).max().unwrap_or(0) + 2;
            longest.clamp(*TEXT_WIDTHS.start(), *TEXT_WIDTHS.end()) as f64
        }
        _ => NUMBER_WIDTH,
    }
}

fn method(sheet: &mut Worksheet, workbook: &Workbook, language: Language) -> Result<(), XlsxError> {
    sheet.set_name(text_id!("sheet-method").in_language(language))?;
    sheet.set_column_width(0, SUBJECT_WIDTH)?.set_column_width(1, PROSE_WIDTH)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_freeze_panes(1, 0)?;
    let title = Style::new().set_bold().set_font_size(14);
    sheet.write_string_with_format(0, 0, workbook.title.in_language(language), &title)?;
    let subject = Style::new().set_bold().set_align(FormatAlign::Top);
    let text = Style::new().set_text_wrap().set_align(FormatAlign::Top);
    for (line, note) in (1_u32..).zip(&workbook.notes) {
        let Note { subject: of, text: said } = note;
        sheet.write_string_with_format(line, 0, of.in_language(language), &subject)?;
        sheet.write_string_with_format(line, 1, said.in_language(language), &text)?;
    }
    Ok(())
}

fn date_time(day: Date) -> Result<ExcelDateTime, XlsxError> {
    // A sheet knows no day before 1900; no incident is as old.
    let year = u16::try_from(day.year()).unwrap_or(1900).max(1900);
    ExcelDateTime::from_ymd(year, day.month() as u8, day.day() as u8)
}
