//! What filters take, by hand.

use proptest::prelude::*;

use super::*;
use crate::features::cql2::{parse_json, parse_text};
use crate::features::source::tests::Towns;

fn taken_by(filter: &Expression) -> Result<Vec<usize>, Cql2Fault> {
    let towns = Towns::new();
    let predicate = Predicate::new(filter, towns.columns(), CoordinateSystem::CRS84)?;
    Ok((0..towns.count()).filter(|row| predicate.holds(&towns, *row)).collect())
}

fn taken(text: &str) -> Vec<usize> {
    taken_by(&parse_text(text).unwrap()).unwrap()
}

fn refusal(text: &str) -> String {
    taken_by(&parse_text(text).unwrap()).unwrap_err().expected.en
}

#[test]
fn texts_and_numbers_are_compared() {
    assert_eq!(taken("name = 'Tam Kỳ'"), [2]);
    assert_eq!(taken("people > 1000"), [0, 2]);
    assert_eq!(taken("1200 = people"), [0]);
    assert_eq!(taken("rate <> 3.5"), [2, 3]);
    assert_eq!(taken("rate < people"), [0, 2], "a column beside a column");
    assert_eq!(taken("name LIKE '%Giang'"), [1]);
    assert_eq!(taken(r"name LIKE '%\_Vang 100\%'"), [3]);
    assert_eq!(taken("people BETWEEN 800 AND 1200"), [0, 1]);
    assert_eq!(taken("name IN ('An Phú', 'Tam Kỳ', 'nowhere')"), [0, 2]);
    assert_eq!(taken("people IN (800, 30000)"), [1, 2]);
}

#[test]
fn case_and_accents_can_be_left_out() {
    assert_eq!(taken("CASEI(name) = CASEI('TAM KỲ')"), [2]);
    assert_eq!(taken("ACCENTI(CASEI(name)) LIKE ACCENTI(CASEI('%đông%'))"), [1]);
    assert_eq!(taken("accenti(name) IN (accenti('Tam Ky'))"), [2]);
}

#[test]
fn what_is_not_known_is_neither_true_nor_false() {
    assert_eq!(taken("people IS NULL"), [3]);
    assert_eq!(taken("people IS NOT NULL"), [0, 1, 2]);
    assert_eq!(taken("NOT people > 1000"), [1], "of the fourth nothing is known");
    assert_eq!(taken("people > 1000 OR rate = 0"), [0, 2, 3]);
    assert_eq!(taken("people > 1000 AND TRUE"), [0, 2]);
    assert_eq!(taken("NOT (people > 1000 AND rate = 0)"), [0, 1, 2]);
    assert!(taken("FALSE OR people = 1").is_empty());
}

#[test]
fn places_are_compared() {
    assert_eq!(taken("S_INTERSECTS(geometry, BBOX(107.9, 15, 108.15, 16))"), [0, 1]);
    assert_eq!(taken("S_INTERSECTS(POINT(108.2 15.5), geometry)"), [2]);
    assert_eq!(taken("S_DISJOINT(geometry, POLYGON((107.9 15, 108.15 15, 108.15 16, 107.9 16, 107.9 15)))"), [2, 3]);
    assert_eq!(taken("S_INTERSECTS(geometry, BBOX(108.2, 15, -170, 16))"), [2, 3], "over the antimeridian");
    assert!(taken("geometry IS NULL").is_empty());
}

#[test]
fn times_are_compared() {
    assert_eq!(taken("founded < DATE('2001-05-01')"), [1]);
    assert_eq!(taken("founded = '2024-02-29'"), [3]);
    assert_eq!(taken("T_AFTER(founded, DATE('2001-05-01'))"), [3]);
    assert_eq!(taken("T_BEFORE(founded, TIMESTAMP('2024-01-01T00:00:00Z'))"), [0, 1]);
    assert_eq!(taken("T_DURING(founded, INTERVAL('2000-01-01', '2010-01-01'))"), [0]);
    assert_eq!(taken("T_INTERSECTS(founded, INTERVAL('..', '2001-05-01'))"), [0, 1]);
}

#[test]
fn intervals_may_end_with_what_a_feature_says() {
    assert_eq!(taken("T_INTERSECTS(INTERVAL(founded, founded), INTERVAL('2000-01-01', '2010-01-01'))"), [0]);
    assert_eq!(taken("T_INTERSECTS(INTERVAL(founded, '2002-01-01'), DATE('2001-12-31'))"), [0, 1]);
    assert_eq!(taken("T_EQUALS(INTERVAL(founded, founded), founded)"), [0, 1, 3], "of the third nothing is known");
    assert!(taken("T_INTERSECTS(INTERVAL(founded, '1990-01-01'), INTERVAL('..', '..'))").is_empty(), "in no order");
    assert_eq!(
        taken("T_AFTER(INTERVAL('2020-01-01', founded), DATE('2019-12-31'))"),
        [2, 3],
        "one end has not come yet"
    );
    let json = r#"{"op":"t_intersects","args":[{"interval":[{"property":"founded"},{"property":"founded"}]},
        {"interval":["2000-01-01","2010-01-01"]}]}"#;
    assert_eq!(taken_by(&parse_json(json).unwrap()).unwrap(), [0]);
    for relation in [
        "AFTER",
        "BEFORE",
        "CONTAINS",
        "DISJOINT",
        "DURING",
        "EQUALS",
        "FINISHEDBY",
        "FINISHES",
        "INTERSECTS",
        "MEETS",
        "METBY",
        "OVERLAPPEDBY",
        "OVERLAPS",
        "STARTEDBY",
        "STARTS",
    ] {
        taken(&format!("T_{relation}(INTERVAL(founded, founded), INTERVAL('2000-01-01', '..'))"));
    }
    assert!(refusal("T_AFTER(INTERVAL(name, founded), DATE('2020-01-01'))").contains("type"));
    assert!(refusal("T_AFTER(INTERVAL(nothing, founded), DATE('2020-01-01'))").contains("nothing"));
}

#[test]
fn truths_are_compared() {
    assert_eq!(taken("true = TRUE").len(), 4);
    assert!(taken("true = false").is_empty() && taken("false > true").is_empty());
    assert_eq!(taken("FALSE < TRUE AND people > 1000"), [0, 2]);
    assert_eq!(taken("true IN (false, true) AND true IS NOT NULL AND true BETWEEN false AND true").len(), 4);
    assert_eq!(taken_by(&parse_json(r#"{"op":"<>","args":[true,false]}"#).unwrap()).unwrap().len(), 4);
    assert!(refusal("name = true").contains("type"));
}

#[test]
fn letters_with_their_marks_apart_are_the_same_letters() {
    let decomposed = "name = 'Tam Ky\u{300}'";
    assert_eq!(taken(decomposed), [2]);
    assert_eq!(taken("name LIKE '%Ky\u{300}'"), [2]);
    assert_eq!(taken("CASEI(name) IN (CASEI('TAM KY\u{300}'), 'x')"), [2]);
}

#[test]
fn collections_of_geometries_are_asked_for() {
    let text = "S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(108.2 15.5), LINESTRING(107.9 15.5, 108.05 15.5)))";
    assert_eq!(taken(text), [0, 2]);
    let json = r#"{"op":"s_intersects","args":[{"property":"geometry"},{"type":"GeometryCollection","geometries":[
        {"type":"Point","coordinates":[108.2,15.5]},
        {"type":"LineString","coordinates":[[107.9,15.5],[108.05,15.5]]}]}]}"#;
    assert_eq!(parse_json(json).unwrap(), parse_text(text).unwrap());
}

#[test]
fn places_that_are_none_are_refused() {
    let on = |text: &str, system: &str| {
        let system = CoordinateSystem::named(&format!("http://www.opengis.net/def/crs/EPSG/0/{system}")).unwrap();
        Predicate::new(&parse_text(text).unwrap(), Towns::new().columns(), system).is_ok()
    };
    for wrong in ["POINT(90 180)", "MULTIPOINT(7.02 49.92, 90 180)", "POINT(180.1 0)", "BBOX(0, 0, 1, 91)"] {
        assert!(refusal(&format!("S_INTERSECTS(geometry, {wrong})")).contains("filter-crs"), "{wrong}");
    }
    let far = r#"{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Point","coordinates":[1e308,1e308]}]}"#;
    assert!(taken_by(&parse_json(far).unwrap()).is_err());
    assert!(on("S_INTERSECTS(geometry, POINT(90 180))", "4326"), "latitude before longitude");
    assert!(on("S_INTERSECTS(geometry, POINT(20037508.342789244 1700000))", "3857"), "the edge of the world");
    assert!(!on("S_INTERSECTS(geometry, POINT(20037600 1700000))", "3857"));
    assert!(taken("S_INTERSECTS(geometry, BBOX(-180, -90, 180, 90))").len() == 4);
}

#[test]
fn wrong_name_is_told_before_a_wrong_type() {
    assert!(refusal("rate > NaN").contains("another property than \"NaN\""));
    assert!(refusal("name IN (size, 'x')").contains("size"));
}

#[test]
fn both_writings_mean_the_same() {
    let json = r#"{"op":"and","args":[
        {"op":">","args":[{"property":"people"},500]},
        {"op":"not","args":[{"op":"like","args":[{"op":"casei","args":[{"property":"name"}]},"tam%"]}]},
        {"op":"s_intersects","args":[{"property":"geometry"},{"type":"Polygon","coordinates":
            [[[107,15],[109,15],[109,16],[107,16],[107,15]]]}]},
        {"op":"t_during","args":[{"property":"founded"},{"interval":["1990-01-01","2010-01-01"]}]}]}"#;
    let text = "people > 500 AND NOT CASEI(name) LIKE 'tam%' \
                AND S_INTERSECTS(geometry, POLYGON((107 15, 109 15, 109 16, 107 16, 107 15))) \
                AND T_DURING(founded, INTERVAL('1990-01-01', '2010-01-01'))";
    assert_eq!(parse_json(json).unwrap(), parse_text(text).unwrap());
    assert_eq!(taken_by(&parse_json(json).unwrap()).unwrap(), [0, 1]);
}

#[test]
fn wrong_names_and_types_are_refused() {
    assert!(refusal("size > 1").contains("name, people, rate, founded"));
    for wrong in [
        "people = 'many'",
        "name > 3",
        "founded > 3",
        "name LIKE name",
        "CASEI(people) = 'x'",
        "TRUE AND people = DATE('2024-01-01')",
    ] {
        assert!(!refusal(wrong).is_empty(), "{wrong}");
    }
    assert!(refusal("S_INTERSECTS(name, POINT(1 2))").contains("geometry"));
}

proptest! {
    #[test]
    fn not_turns_every_known_answer(low in 0.0..20.0_f64, high in 0.0..20.0_f64) {
        let inner = format!("rate BETWEEN {low} AND {high}");
        let (inside, outside) = (taken(&inner), taken(&format!("NOT ({inner})")));
        // The rate of the second town is not known.
        prop_assert_eq!(inside.len() + outside.len(), 3);
        prop_assert!(inside.iter().all(|row| !outside.contains(row)));
    }
}
