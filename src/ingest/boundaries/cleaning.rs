//! What is said of overlaps and gaps: those that cleaning gave away, and those that stay.

use geo::MultiPolygon;

use super::features::Feature;
use super::messages::{BoundaryReport, CleanAccount, ImportMessage, PieceSum, Weight, label};
use super::options::CleanWidth;
use crate::geometry::clean::{Piece, PieceKind, cleaned, pieces};
use crate::geometry::validity::{OPEN_GAP_WIDTH_M, all_sound};

/// Widths that are proposed, in metres.
const PROPOSED_WIDTHS_M: [f64; 10] = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0];
/// A width is proposed first that resolves this share of the pieces.
const MOST: f64 = 0.9;

/// The outlines with narrow overlaps and gaps given to one area each, which is reported piece by piece.
pub(super) fn cleaned_shapes(
    features: &[Feature],
    shapes: Vec<MultiPolygon<f64>>,
    width: CleanWidth,
    report: &mut BoundaryReport,
) -> Vec<MultiPolygon<f64>> {
    // Outlines that cannot be used stop the import; what lies between them is not to be told.
    if !all_sound(&shapes) {
        return shapes;
    }
    let cleaned = match cleaned(&shapes, width.metres()) {
        Ok(cleaned) => cleaned,
        Err(error) => {
            report.add(ImportMessage::new(Weight::Error, "clean", format!("--clean is not possible: {error}")));
            return shapes;
        }
    };
    let account = account(&cleaned.pieces, width.metres());
    let text = format!(
        "--clean {width} gave {} and {} to one neighbour each; {} and {} are wider and stay",
        told(account.overlaps_resolved, Noun::Overlap),
        told(account.gaps_resolved, Noun::Gap),
        told(account.overlaps_left, Noun::Overlap),
        told(account.gaps_left, Noun::Gap),
    );
    report.add(ImportMessage::new(Weight::Repair, "clean", text));
    for piece in cleaned.pieces.iter().filter(|piece| piece.winner.is_some()) {
        report.add(given_away(piece, features));
    }
    for piece in cleaned.pieces.iter().filter(|piece| piece.winner.is_none()) {
        let (kind, text) = match piece.kind {
            PieceKind::Overlap => ("wide_overlap", "this overlap is wider than --clean and stays"),
            PieceKind::Gap | PieceKind::OpenGap => ("wide_gap", "this gap is wider than --clean and stays"),
        };
        report.add(of_piece(piece, features, ImportMessage::new(Weight::Warning, kind, text)));
    }
    report.cleaned = Some(account);
    cleaned.areas
}

fn given_away(piece: &Piece, features: &[Feature]) -> ImportMessage {
    let winner = piece.winner.and_then(|area| features.get(area)).map(label).unwrap_or_default();
    let (kind, what) = match piece.kind {
        PieceKind::Overlap => ("clean_overlap", "overlap"),
        PieceKind::Gap => ("clean_gap", "gap"),
        PieceKind::OpenGap => ("clean_open_gap", "gap open at an end"),
    };
    of_piece(piece, features, ImportMessage::new(Weight::Repair, kind, format!("{what} given to {winner}")))
}

fn of_piece(piece: &Piece, features: &[Feature], message: ImportMessage) -> ImportMessage {
    ImportMessage {
        areas: piece.areas.iter().filter_map(|area| features.get(*area)).map(label).collect(),
        area_km2: Some(piece.km2),
        width_m: Some(piece.width_m),
        length_m: Some(piece.length_m),
        place: piece.place,
        ..message
    }
}

fn account(pieces: &[Piece], width_m: f64) -> CleanAccount {
    let mut account = CleanAccount { width_m, ..CleanAccount::default() };
    for piece in pieces {
        let sum = match (piece.kind, piece.winner) {
            (PieceKind::Overlap, Some(_)) => &mut account.overlaps_resolved,
            (PieceKind::Overlap, None) => &mut account.overlaps_left,
            (_, Some(_)) => &mut account.gaps_resolved,
            (_, None) => &mut account.gaps_left,
        };
        sum.count += 1;
        sum.km2 += piece.km2;
    }
    account
}

#[derive(Clone, Copy)]
enum Noun {
    Overlap,
    Gap,
}

fn told(sum: PieceSum, noun: Noun) -> String {
    let noun = match (noun, sum.count) {
        (Noun::Overlap, 1) => "overlap",
        (Noun::Overlap, _) => "overlaps",
        (Noun::Gap, 1) => "gap",
        (Noun::Gap, _) => "gaps",
    };
    if sum.count == 0 { format!("no {noun}") } else { format!("{} {noun} ({:.6} km²)", sum.count, sum.km2) }
}

/// Says which overlaps and gaps a repair leaves, and which width would resolve them.
pub(super) fn report_left(shapes: &[MultiPolygon<f64>], report: &mut BoundaryReport) {
    if !all_sound(shapes) {
        return;
    }
    let pieces = pieces(shapes, OPEN_GAP_WIDTH_M).unwrap_or_default();
    if pieces.is_empty() {
        return;
    }
    let unresolved: Vec<Piece> = pieces.into_iter().map(|piece| Piece { winner: None, ..piece }).collect();
    let left = account(&unresolved, 0.0);
    let text = format!(
        "--repair mends outlines and moves no border between areas: {} and {} stay; {}",
        told(left.overlaps_left, Noun::Overlap),
        told(left.gaps_left, Noun::Gap),
        proposal(&unresolved),
    );
    report.add(ImportMessage::new(Weight::Warning, "not_repaired", text));
}

/// The widths that resolve most of the pieces and all of them.
fn proposal(pieces: &[Piece]) -> String {
    let resolved = |width_m: f64| pieces.iter().filter(|piece| piece.width_m <= width_m).count();
    let least = |wanted: usize| PROPOSED_WIDTHS_M.into_iter().find(|&width_m| resolved(width_m) >= wanted);
    let most = (pieces.len() as f64 * MOST).ceil() as usize;
    match (least(most), least(pieces.len())) {
        (Some(first), Some(last)) if first < last => {
            format!("--clean {first} resolves {} of the {}, --clean {last} all", resolved(first), pieces.len())
        }
        (_, Some(last)) => format!("--clean {last} resolves them"),
        (Some(first), None) => format!(
            "--clean {first} resolves {} of the {}; {} are wider than a kilometre and are no flaws of drawing",
            resolved(first),
            pieces.len(),
            pieces.len() - resolved(PROPOSED_WIDTHS_M[PROPOSED_WIDTHS_M.len() - 1])
        ),
        (None, None) => "most are wider than a kilometre and are no flaws of drawing".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(width_m: f64) -> Piece {
        let (areas, km2, length_m, place) = (vec![0, 1], 0.5, 100.0, None);
        Piece { kind: PieceKind::Overlap, areas, km2, width_m, length_m, place, winner: None }
    }

    #[test]
    fn the_least_width_is_proposed_that_resolves_most_and_the_one_that_resolves_all() {
        let widths = |widths: &[f64]| proposal(&widths.iter().map(|&width| piece(width)).collect::<Vec<_>>());
        assert_eq!(widths(&[0.4, 1.6]), "--clean 2 resolves them");
        let mut many = vec![1.5; 19];
        many.push(70.0);
        assert_eq!(widths(&many), "--clean 2 resolves 19 of the 20, --clean 100 all");
        assert_eq!(widths(&[3000.0]), "most are wider than a kilometre and are no flaws of drawing");
    }

    #[test]
    fn sums_are_told_in_words() {
        assert_eq!(told(PieceSum::default(), Noun::Gap), "no gaps");
        assert_eq!(told(PieceSum { count: 1, km2: 0.5 }, Noun::Overlap), "1 overlap (0.500000 km²)");
    }
}
