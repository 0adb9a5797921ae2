//! Clusters as a table: one row per cluster, with what it holds and what it rests on, and a sheet of their areas.
//!
//! In: the answer of `/clusters`, so that sheet and JSON say the same. Out: a workbook. What was found, and the most
//! likely cluster where chance explains it, stand on the sheet of method: a table without rows has no place for them.

use super::cell::{CellFormat, Column, TableCell};
use super::method::ExportContext;
use super::notes::note;
use super::table::{ExportTable, Note, Workbook};
use crate::service::answers::area_name::AreaName;
use crate::service::answers::clusters::{ClusterAnswer, ClustersAnswer};
use crate::texts::{TextId, text, text_id};

/// A column of the table of clusters, with what it says of one.
struct ClusterColumn {
    name: &'static str,
    heading: TextId,
    format: CellFormat,
    cell: fn(&ClusterAnswer) -> TableCell,
}

const fn column(
    name: &'static str,
    heading: TextId,
    format: CellFormat,
    cell: fn(&ClusterAnswer) -> TableCell,
) -> ClusterColumn {
    ClusterColumn { name, heading, format, cell }
}

/// From the place of a cluster to its p.
const COLUMNS: [ClusterColumn; 15] = [
    column("cluster", text_id!("column-cluster"), CellFormat::Count, |of| TableCell::Whole(of.number as u64)),
    column("centre", text_id!("column-centre"), CellFormat::Text, |of| TableCell::text(&of.centre)),
    column("centre_name", text_id!("column-centre-name"), CellFormat::Text, |of| {
        let centre = of.areas.iter().find(|area| area.code.as_str() == of.centre);
        centre.map_or(TableCell::Absent, |area| TableCell::text(&area.name))
    }),
    column("areas", text_id!("column-areas"), CellFormat::Count, |of| TableCell::Whole(of.areas.len() as u64)),
    column("codes", text_id!("column-codes"), CellFormat::Prose, |of| {
        listed(&of.areas, " ", |area| area.code.as_str())
    }),
    column("names", text_id!("column-names"), CellFormat::Prose, |of| listed(&of.areas, ", ", |area| &area.name)),
    column("observed", text_id!("column-incidents"), CellFormat::Count, |of| TableCell::Whole(of.observed)),
    column("expected", text_id!("column-expected"), CellFormat::Decimal(2), |of| TableCell::Real(of.expected)),
    column("relative_risk", text_id!("column-relative-risk"), CellFormat::Decimal(2), |of| {
        TableCell::real(of.relative_risk)
    }),
    column("axis_ratio", text_id!("column-axis-ratio"), CellFormat::Decimal(1), |of| TableCell::Real(of.axis_ratio)),
    column("axis_degrees", text_id!("column-axis-degrees"), CellFormat::Decimal(0), |of| {
        TableCell::Real(of.axis_degrees)
    }),
    column("log_likelihood_ratio", text_id!("column-log-likelihood-ratio"), CellFormat::Decimal(3), |of| {
        TableCell::Real(of.log_likelihood_ratio)
    }),
    column("statistic", text_id!("column-statistic"), CellFormat::Decimal(3), |of| TableCell::Real(of.statistic)),
    column("p", text_id!("column-p"), CellFormat::Probability, |of| TableCell::Real(of.p)),
    column("gumbel_p", text_id!("column-gumbel-p"), CellFormat::Probability, |of| TableCell::real(of.gumbel_p)),
];

fn listed(areas: &[AreaName], between: &str, said: fn(&AreaName) -> &str) -> TableCell {
    TableCell::text(areas.iter().map(said).collect::<Vec<_>>().join(between))
}

/// The clusters as a workbook.
pub(crate) fn clusters(basis: &ExportContext<'_>, answer: &ClustersAnswer) -> Workbook {
    let main = ExportTable {
        title: text!("sheet-clusters"),
        columns: COLUMNS.iter().map(|column| Column::new(column.name, column.heading, column.format)).collect(),
        rows: answer.clusters.iter().map(cluster_cells).collect(),
    };
    let mut workbook = basis.dated(basis.workbook(text!("title-clusters"), main, vec![member_table(answer)]));
    workbook.notes.splice(0..0, findings(answer));
    workbook.notes.push(note(text_id!("note-clusters-subject"), answer.method.sentence.clone()));
    workbook
}

fn cluster_cells(cluster: &ClusterAnswer) -> Vec<TableCell> {
    COLUMNS.iter().map(|column| (column.cell)(cluster)).collect()
}

/// One row per area of a cluster, from the centre outwards.
fn member_table(answer: &ClustersAnswer) -> ExportTable {
    let members = answer.clusters.iter().flat_map(|cluster| cluster.areas.iter().map(|area| (cluster.number, area)));
    let cells = |(number, area): (usize, &AreaName)| {
        vec![TableCell::Whole(number as u64), TableCell::text(area.code.as_str()), TableCell::text(&area.name)]
    };
    ExportTable {
        title: text!("sheet-areas"),
        columns: vec![
            Column::new("cluster", text_id!("column-cluster"), CellFormat::Count),
            Column::new("code", text_id!("column-code"), CellFormat::Text),
            Column::new("name", text_id!("column-name"), CellFormat::Text),
        ],
        rows: members.map(cells).collect(),
    }
}

/// What was found, and the most likely cluster where it is none beyond chance.
fn findings(answer: &ClustersAnswer) -> Vec<Note> {
    let found = note(text_id!("note-found-subject"), answer.sentence.clone());
    let by_chance = answer.most_likely.as_ref().filter(|_| answer.clusters.is_empty());
    let by_chance = by_chance.map(|cluster| note(text_id!("note-most-likely-subject"), cluster.label.clone()));
    std::iter::once(found).chain(by_chance).collect()
}
