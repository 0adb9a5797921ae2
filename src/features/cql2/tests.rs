//! What is read and what is not, and that nothing hostile takes stack or time.

use proptest::prelude::*;

use super::*;

fn expected(text: &str) -> String {
    parse_text(text).unwrap_err().expected.en
}

#[test]
fn operators_bind_as_the_standard_has_it() {
    let property = |name: &str| Operand::Property(name.to_owned());
    let equal = |name: &str| Expression::Comparison {
        comparison: Comparison::Equal,
        left: property(name),
        right: Operand::Number(1.0),
    };
    assert_eq!(
        parse_text("a=1 OR b = 1 and not c=1").unwrap(),
        Expression::Or(vec![equal("a"), Expression::And(vec![equal("b"), Expression::Not(Box::new(equal("c")))])])
    );
    assert_eq!(parse_text("(a=1)").unwrap(), equal("a"));
    assert_eq!(parse_text("NOT NOT a=1").unwrap(), equal("a"));
    assert_eq!(parse_text("\"in\"=1").unwrap(), equal("in"));
}

#[test]
fn literals_are_read() {
    let right = |text: &str| match parse_text(text).unwrap() {
        Expression::Comparison { right, .. } => right,
        other => panic!("{other:?}"),
    };
    assert_eq!(right("a = 'it''s'"), Operand::Text("it's".to_owned()));
    assert_eq!(right(r"a = 'it\'s'"), Operand::Text("it's".to_owned()));
    assert_eq!(right("a = ''"), Operand::Text(String::new()));
    assert_eq!(right("a = -1.5e3"), Operand::Number(-1500.0));
    assert_eq!(right("a<=.5"), Operand::Number(0.5));
    assert_eq!(right("a = 'Đông Giang'"), Operand::Text("Đông Giang".to_owned()));
}

#[test]
fn fault_says_what_was_expected_and_where() {
    assert!(expected("foo(incidents) = 1").contains("in place of \"foo\""));
    let missing = parse_text("grade = 'E").unwrap_err().expected;
    assert_eq!(missing.vi, "CQL2 có dấu nháy đóng ở ký tự 9");
    assert_eq!(expected("grade = "), "CQL2 with a name or a value at character 9");
    assert!(expected("grade 'E'").contains("character 7"));
    for wrong in [
        "",
        "grade",
        "grade =",
        "= 'E'",
        "grade = 'E",
        "(grade = 'E'",
        "grade = 'E')",
        "grade == 'E'",
        "a = 1 AND",
        "AND a = 1",
        "a LIKE",
        "a BETWEEN 1",
        "a IN ()",
        "a IN 1",
        "a IS 1",
        "S_INTERSECTS(geometry)",
        "S_INTERSECTS(geometry, POINT(1))",
        "S_INTERSECTS(geometry, POLYGON((0 0, 1 1)))",
        "S_INTERSECTS(geometry, POLYGON((0 0, 1 0, 1 1, 0 1)))",
        "a = DATE('2024-13-01')",
        "a = DATE('2024-01-01T00:00:00Z')",
        "a = INTERVAL('2025-01-01','2024-01-01')",
        "a = ; DROP",
        "a = 1e999",
        "a + 1 = 2",
        "f(a) = 1",
        "a = 1 2",
        "\u{0}",
        "a = --1",
        "S_TOUCHES(geometry, POINT(1 2))",
        "S_INTERSECTS(geometry, BBOX(1,2,3))",
        "S_INTERSECTS(geometry, BBOX(1,2,9,3,4,8))",
        "S_INTERSECTS(geometry, GEOMETRYCOLLECTION())",
        "S_INTERSECTS(geometry, GEOMETRYCOLLECTION(GEOMETRYCOLLECTION(POINT(1 2))))",
        "T_AFTER(INTERVAL(a), DATE('2024-01-01'))",
        "T_AFTER(INTERVAL(a, 1), DATE('2024-01-01'))",
        "true = ",
        "a = DATE('2025-01-01 00:00:00Z')",
    ] {
        assert!(parse_text(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn json_faults_are_faults() {
    for wrong in [
        "",
        "{}",
        "[]",
        "1",
        "\"x\"",
        "null",
        r#"{"op":"="}"#,
        r#"{"op":"=","args":[1]}"#,
        r#"{"op":"+","args":[1,2]}"#,
        r#"{"op":"and","args":[true]}"#,
        r#"{"op":"in","args":[{"property":"a"},[]]}"#,
        r#"{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Point","coordinates":[]}]}"#,
        r#"{"op":"s_intersects","args":[{"property":"geometry"},{"bbox":[1,2,3]}]}"#,
    ] {
        assert!(parse_json(wrong).is_err(), "{wrong}");
    }
    let unknown = parse_json(r#"{"op":"s_touches","args":[1,2]}"#).unwrap_err().expected.en;
    assert!(unknown.contains("s_touches"), "{unknown}");
    assert_eq!(parse_json("true").unwrap(), Expression::Constant(Truth::True));
}

#[test]
fn depth_length_and_parts_are_bounded() {
    let deep = format!("{}a=1{}", "(".repeat(MAX_DEPTH + 1), ")".repeat(MAX_DEPTH + 1));
    assert!(expected(&deep).contains("levels"));
    assert!(expected(&"(".repeat(MAX_BYTES)).contains("levels"));
    assert!(expected(&format!("{}TRUE", "NOT ".repeat(2_000))).contains("parts"));
    assert!(expected(&["a=1"; 600].join(" OR ")).contains("parts"));
    assert!(expected(&"a".repeat(MAX_BYTES + 1)).contains("bytes"));
    let ring = (0..MAX_CORNERS + 2).map(|corner| format!("{corner} 0")).collect::<Vec<_>>().join(",");
    assert!(expected(&format!("S_INTERSECTS(geometry, LINESTRING({ring}))")).contains("corners"));
    let folded = format!("{}a{} = 'x'", "CASEI(".repeat(400), ")".repeat(400));
    assert!(expected(&folded).contains("levels"));
    for depth in [40, 120, 4_000] {
        let json = format!("{}true{}", r#"{"op":"not","args":["#.repeat(depth), "]}".repeat(depth));
        assert!(parse_json(&json).is_err(), "{depth}");
    }
}

#[test]
fn allen_relations_tell_every_pair_apart() {
    use TemporalRelation as Relation;
    let exclusive = [
        Relation::After,
        Relation::Before,
        Relation::Contains,
        Relation::During,
        Relation::Equals,
        Relation::FinishedBy,
        Relation::Finishes,
        Relation::Meets,
        Relation::MetBy,
        Relation::OverlappedBy,
        Relation::Overlaps,
        Relation::StartedBy,
        Relation::Starts,
    ];
    let span = |first_s, last_s| TimeSpan { first_s, last_s };
    // Allen's thirteen relations of true intervals: exactly one holds.
    for (first, last) in
        [(0, 1), (0, 2), (0, 4), (0, 6), (0, 8), (2, 3), (2, 4), (2, 6), (2, 8), (3, 5), (3, 6), (4, 8), (6, 8), (7, 8)]
    {
        let holding: Vec<_> = exclusive.iter().filter(|one| one.holds(span(first, last), span(2, 6))).collect();
        assert_eq!(holding.len(), 1, "{first}..{last}: {holding:?}");
    }
    assert!(Relation::Intersects.holds(span(0, 2), span(2, 6)) && !Relation::Disjoint.holds(span(0, 2), span(2, 6)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_text_is_too_much(text in r#"(\(|\)|AND |OR |NOT |a|'|"|=|<|,|IN|LIKE |BETWEEN |S_INTERSECTS|POINT|POLYGON|DATE|CASEI|1|\.|-|é|\\| ){0,60}"#) {
        let _read = parse_text(&text);
        let _read = parse_json(&text);
    }

    #[test]
    fn any_letters_are_read_or_refused(text in "\\PC{0,200}") {
        let _read = parse_text(&text);
        let _read = parse_json(&text);
    }
}
