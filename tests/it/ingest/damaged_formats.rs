//! Files of geodata programs that are damaged, cut off or put together in an odd way, through the real program: each is
//! refused with words that help, or read as it is meant.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use zip::write::SimpleFileOptions;

use crate::support::imports::{Bench, Run};

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats").join(name)).unwrap()
}

/// The files of a ZIP file, with their endings.
fn members(name: &str) -> Vec<(String, Vec<u8>)> {
    let mut package = zip::ZipArchive::new(Cursor::new(fixture(name))).unwrap();
    let mut members = Vec::new();
    for place in 0..package.len() {
        let mut member = package.by_index(place).unwrap();
        let mut content = Vec::new();
        member.read_to_end(&mut content).unwrap();
        let name = member.name().unwrap().into_owned();
        members.push((name.rsplit_once('.').unwrap().1.to_owned(), content));
    }
    members
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut package = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        package.start_file(*name, SimpleFileOptions::default()).unwrap();
        package.write_all(content).unwrap();
    }
    package.finish().unwrap().into_inner()
}

/// The parts of the Shapefile of communes, one of them changed, beside one another; gives the `.shp`.
fn shapefile(bench: &Bench, changed: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>>) -> String {
    for (ending, content) in members("communes-shp.zip") {
        if let Some(content) = changed(&ending, content) {
            bench.file(&format!("xa.{ending}"), content);
        }
    }
    bench.path("xa.shp").to_str().unwrap().to_owned()
}

fn districts(bench: &Bench, file: &str, options: &[&str]) -> Run {
    let all = ["import", "boundaries", file, "--edition", "2030-01", "--level", "district", "--dry-run"];
    bench.run(&[&all[..], options].concat())
}

fn assert_refused(run: &Run, words: &str) {
    assert!(run.code == Some(2) && run.err.contains(words), "{words}: {}{}", run.out, run.err);
}

/// Where the records of a `.shp` begin and end.
fn records(shapes: &[u8]) -> Vec<(usize, usize)> {
    let (mut at, mut records) = (100, Vec::new());
    while at < shapes.len() {
        let words = u32::from_be_bytes(*shapes[at + 4..].first_chunk().unwrap()) as usize;
        records.push((at, at + 8 + 2 * words));
        at += 8 + 2 * words;
    }
    records
}

#[test]
fn flatgeobuf_cut_off_between_two_features_is_refused() {
    let bench = Bench::new();
    let whole = fixture("communes.fgb");
    // Messages with their lengths before them: from every end of one the next begins.
    let length = |at: usize| u32::from_le_bytes(*whole[at..].first_chunk().unwrap()) as usize;
    let after_header = 8 + 4 + length(8);
    let reaches_end = |mut at: usize| {
        let mut ends = Vec::new();
        while at + 4 <= whole.len() {
            at += 4 + length(at);
            ends.push(at);
        }
        (at == whole.len() && ends.len() == 5).then_some(ends)
    };
    let ends = (after_header..whole.len()).find_map(reaches_end).unwrap();
    let file = bench.file("cut.fgb", &whole[..ends[2]]);
    assert_refused(&districts(&bench, &file, &[]), "it is cut off after feature 3 of 5");
}

#[test]
fn shapes_in_another_order_than_the_table_are_refused() {
    let bench = Bench::new();
    let of_shapes = |change: fn(&[u8]) -> Vec<u8>| {
        shapefile(&bench, |ending, content| Some(if ending == "shp" { change(&content) } else { content }))
    };
    let file = of_shapes(|whole| {
        let (first, second) = (records(whole)[0], records(whole)[1]);
        [&whole[..100], &whole[second.0..second.1], &whole[first.0..first.1], &whole[second.1..]].concat()
    });
    let run = districts(&bench, &file, &[]);
    assert_refused(&run, "its shapes do not stand in the order of its table: shape 1 follows shape 2");
    assert!(
        run.err.contains(&format!("write it anew with: ogr2ogr -lco ENCODING=UTF-8 repacked.shp {file}")),
        "{}",
        run.err
    );
    // A shape that grew stands at the end, and what it was is still in its old place.
    let file = of_shapes(|whole| [whole, &whole[100..records(whole)[0].1]].concat());
    assert_refused(&districts(&bench, &file, &[]), "shape 1 follows shape 5");
}

#[test]
fn shapefiles_of_one_name_are_told_apart_by_their_folders() {
    let bench = Bench::new();
    let members = members("communes-shp.zip");
    let (mut named, mut shadows) = (Vec::new(), Vec::new());
    for folder in ["2020", "2025"] {
        named.extend(members.iter().map(|(ending, content)| (format!("{folder}/xa.{ending}"), content.as_slice())));
    }
    // What macOS writes beside each file.
    shadows.extend(members.iter().map(|(ending, _)| (format!("._xa.{ending}"), &b"\0\x05\x16\x07"[..])));
    shadows.extend(members.iter().map(|(ending, content)| (format!("xa.{ending}"), content.as_slice())));
    let packed = |members: &[(String, &[u8])]| {
        zipped(&members.iter().map(|(name, content)| (name.as_str(), *content)).collect::<Vec<_>>())
    };
    let twins = bench.file("twins.zip", packed(&named));
    let listed = "\"2020/xa\" (Polygon, 5 features), \"2025/xa\" (Polygon, 5 features)";
    assert_refused(&districts(&bench, &twins, &[]), listed);
    assert_refused(&districts(&bench, &twins, &["--layer", "xa"]), listed);
    let chosen = districts(&bench, &twins, &["--layer", "2025/xa"]);
    assert_eq!(chosen.code, Some(0), "{}{}", chosen.out, chosen.err);
    let shadowed = districts(&bench, &bench.file("shadows.zip", packed(&shadows)), &[]);
    assert_eq!(shadowed.code, Some(0), "{}{}", shadowed.out, shadowed.err);
}

#[test]
fn explicit_utf8_goes_before_what_the_table_says() {
    let bench = Bench::new();
    for (cpg, language) in [(None, 0x57), (Some("1252"), 0), (Some("system"), 0), (Some("OEM 437"), 0)] {
        let _ = fs::remove_file(bench.path("xa.cpg"));
        let file = shapefile(&bench, |ending, mut content| match ending {
            "cpg" => cpg.map(|cpg| cpg.as_bytes().to_vec()),
            "dbf" => {
                content[29] = language;
                Some(content)
            }
            _ => Some(content),
        });
        let run = districts(&bench, &file, &[]);
        assert!(
            run.code == Some(2) && format!("{}{}", run.out, run.err).contains("give --encoding utf-8"),
            "{}",
            run.err
        );
        let run = districts(&bench, &file, &["--encoding", "utf-8"]);
        assert_eq!(run.code, Some(0), "{cpg:?}: {}{}", run.out, run.err);
    }
}

#[test]
fn shapefile_without_its_table_is_refused() {
    let bench = Bench::new();
    let file = shapefile(&bench, |ending, content| (ending != "dbf").then_some(content));
    assert_refused(
        &districts(&bench, &file, &[]),
        "put the file of the same name with the ending .dbf beside the .shp",
    );
}

#[test]
fn packed_files_name_what_gdal_opens() {
    let bench = Bench::new();
    let gml = b"<a xmlns:gml=\"http://www.opengis.net/gml\"/>";
    for (inside, other) in [("a.gml", "a.gml"), ("sub/a.gml", "sub/a.gml"), ("a.gdb/a1.gdbtable", "a.gdb")] {
        let file = bench.file("p.zip", zipped(&[("a.xsd", b"<x/>"), (inside, gml)]));
        let line = format!("-t_srs EPSG:4326 p.gpkg /vsizip/{file}/{other}\n");
        assert_refused(&districts(&bench, &file, &[]), &line);
    }
    let drawing = bench.file("a.dxf", "  0\nSECTION\n");
    assert_refused(&districts(&bench, &drawing, &[]), "ogr2ogr -f GPKG -s_srs EPSG:5899 -t_srs EPSG:4326 a.gpkg");
    assert_refused(&districts(&bench, &drawing, &["--crs", "EPSG:3405"]), "-s_srs EPSG:3405 -t_srs EPSG:4326 a.gpkg");
    let esri =
        r#"{"geometryType":"esriGeometryPolygon","features":[{"attributes":{"code":"1"},"geometry":{"rings":[]}}]}"#;
    assert_refused(
        &districts(&bench, &bench.file("e.json", esri), &[]),
        "this is Esri JSON; ask the server for f=geojson",
    );
    assert_refused(
        &districts(&bench, &bench.file("a.rar", b"Rar!\x1a\x07\0"), &[]),
        "this is a RAR archive; unpack it",
    );
}

#[test]
fn packed_shapefile_under_a_password_is_refused() {
    let bench = Bench::new();
    let mut package = zipped(&[("xa.shp", &[0; 100])]);
    // The first bit of the flags, in the header of the member and in the list at the end.
    let list = package.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    package[6] |= 1;
    package[list + 8] |= 1;
    let file = bench.file("locked.zip", package);
    assert_refused(&districts(&bench, &file, &[]), "this is protected by a password; take the password off first");
}

/// A file that `sqlite3` statements make of the packed layers.
fn layers_changed(bench: &Bench, statements: &str) -> String {
    let mut content = Vec::new();
    flate2::read::GzDecoder::new(fixture("layers.gpkg.gz").as_slice()).read_to_end(&mut content).unwrap();
    let file = bench.file("layers.gpkg", content);
    let statements = statements.to_owned();
    let opened = file.clone();
    tokio::runtime::Runtime::new().unwrap().block_on(async move {
        use sqlx::{AssertSqlSafe, Connection as _};
        let mut connection = sqlx::SqliteConnection::connect(&format!("sqlite:{opened}")).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(statements)).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    });
    file
}

#[test]
fn views_are_named_and_truth_values_are_words() {
    let bench = Bench::new();
    let file = layers_changed(
        &bench,
        "CREATE VIEW seen AS SELECT * FROM communes; ALTER TABLE communes ADD COLUMN b BOOLEAN DEFAULT 1;",
    );
    assert_refused(
        &districts(&bench, &file, &["--layer", "seen"]),
        "its layer \"seen\" is a view, and only tables are read",
    );
    let run = districts(&bench, &file, &["--layer", "communes", "--where", "b=true"]);
    assert!(run.out.contains("district: 5 areas"), "{}{}", run.out, run.err);
}
