//! Reference systems against `cs2cs` (numbers that `tests/reference/crs.py` writes), and the texts in which programs name
//! them.

use binhyen::geometry::crs::Crs;
use binhyen::geometry::projection::LonLat;

use crate::support::golden::say;

/// A millimetre in degrees of a meridian.
const MM_IN_DEGREES: f64 = 0.001 / 111_000.0;

/// How far two places are apart, in metres, near enough to tell tenths of a millimetre.
fn apart_m(a: LonLat, b: LonLat) -> f64 {
    ((a.lon - b.lon) * a.lat.to_radians().cos()).hypot(a.lat - b.lat) * 0.001 / MM_IN_DEGREES
}

/// A line of the reference.
struct Line {
    at: LonLat,
    own: [f64; 2],
    back: LonLat,
    code: String,
    other: [f64; 2],
}

fn reference() -> Vec<Line> {
    let text = include_str!("../../fixtures/reference/crs.csv");
    let line = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |cell: usize| cells[cell].parse::<f64>().expect("the reference has numbers");
        Line {
            at: LonLat::new(number(0), number(1)),
            own: [number(2), number(3)],
            back: LonLat::new(number(4), number(5)),
            code: cells[6].to_owned(),
            other: [number(7), number(8)],
        }
    };
    text.lines().skip(2).map(line).collect()
}

#[test]
fn thousand_points_agree_with_cs2cs_within_a_millimetre_both_ways() {
    let lines = reference();
    assert_eq!(lines.len(), 1000);
    let own = Crs::from_text("EPSG:5899").expect("a supported system");
    let (mut forward, mut backward, mut others) = (0.0_f64, 0.0_f64, 0.0_f64);
    for Line { at, own: [x, y], back, code, other } in &lines {
        let ours = own.coordinates(*at).expect("the province is within reach");
        forward = forward.max((ours.x - x).hypot(ours.y - y));
        backward = backward.max(apart_m(own.to_lon_lat(*x, *y).expect("the province is within reach"), *back));
        let crs = Crs::from_text(code).expect("a supported system");
        let ours = crs.coordinates(*at).expect("the province is within reach");
        let metres = if crs.is_degrees() { 0.001 / MM_IN_DEGREES } else { 1.0 };
        others = others.max((ours.x - other[0]).hypot(ours.y - other[1]) * metres);
        let back = crs.to_lon_lat(other[0], other[1]).expect("the province is within reach");
        assert!(apart_m(back, *at) < 0.001, "{crs}: {at:?} comes back as {back:?}");
    }
    say(&format!(
        "largest difference to cs2cs: to {own} {forward:.6} m, back {backward:.6} m, to 24 others {others:.6} m"
    ));
    assert!(forward < 0.001 && backward < 0.001 && others < 0.001, "{forward} {backward} {others}");
}

#[test]
fn reference_has_every_system() {
    let lines = reference();
    for crs in Crs::all().filter(|crs| *crs != Crs::WGS84) {
        assert!(lines.iter().filter(|line| line.code == crs.code().to_string()).count() >= 40, "{crs}");
    }
}

/// Texts in the form of programs: WKT 1 of ESRI (no code), of GDAL, WKT 2, PROJJSON; `{}` stands for what differs.
const ESRI: &str = r#"PROJCS["NAME",GEOGCS["GCS_VN_2000",DATUM["D_Vietnam_2000",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",107.75],PARAMETER["Scale_Factor",0.9999],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#;
const GDAL: &str = r#"PROJCS["VN-2000 / TM-3 107-45",GEOGCS["VN-2000",DATUM["Vietnam_2000",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6756"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4756"]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",107.75],PARAMETER["scale_factor",0.9999],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","5899"]]"#;
const WKT2: &str = r#"PROJCRS["VN-2000 / TM-3 107-45",BASEGEOGCRS["VN-2000",DATUM["Vietnam 2000",ELLIPSOID["WGS 84",6378137,298.257223563,LENGTHUNIT["metre",1]]],PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]],ID["EPSG",4756]],CONVERSION["Vietnam TM-3 107-45",METHOD["Transverse Mercator",ID["EPSG",9807]],PARAMETER["Latitude of natural origin",0,ANGLEUNIT["degree",0.0174532925199433],ID["EPSG",8801]],PARAMETER["Longitude of natural origin",107.75,ANGLEUNIT["degree",0.0174532925199433],ID["EPSG",8802]],PARAMETER["Scale factor at natural origin",0.9999,SCALEUNIT["unity",1],ID["EPSG",8805]],PARAMETER["False easting",500000,LENGTHUNIT["metre",1],ID["EPSG",8806]],PARAMETER["False northing",0,LENGTHUNIT["metre",1],ID["EPSG",8807]]],CS[Cartesian,2],AXIS["(E)",east,ORDER[1],LENGTHUNIT["metre",1]],AXIS["(N)",north,ORDER[2],LENGTHUNIT["metre",1]],ID["EPSG",5899]]"#;
const PROJJSON: &str = r#"{"type":"ProjectedCRS","name":"VN-2000 / TM-3 107-45","base_crs":{"name":"VN-2000","datum":{"type":"GeodeticReferenceFrame","name":"Vietnam 2000","ellipsoid":{"name":"WGS 84","semi_major_axis":6378137,"inverse_flattening":298.257223563}},"id":{"authority":"EPSG","code":4756}},"conversion":{"name":"Vietnam TM-3 107-45","method":{"name":"Transverse Mercator"},"parameters":[{"name":"Latitude of natural origin","value":0,"unit":"degree"},{"name":"Longitude of natural origin","value":107.75,"unit":"degree"},{"name":"Scale factor at natural origin","value":0.9999,"unit":"unity"},{"name":"False easting","value":500000,"unit":"metre"},{"name":"False northing","value":0,"unit":"metre"}]},"coordinate_system":{"subtype":"Cartesian","axis":[{"name":"Easting","abbreviation":"E","direction":"east","unit":"metre"},{"name":"Northing","abbreviation":"N","direction":"north","unit":"metre"}]},"id":{"authority":"EPSG","code":5899}}"#;
const WGS84_ESRI: &str = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
const WEB_ESRI: &str = r#"PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Mercator_Auxiliary_Sphere"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",0.0],PARAMETER["Standard_Parallel_1",0.0],PARAMETER["Auxiliary_Sphere_Type",0.0],UNIT["Meter",1.0]]"#;
const WEB_GDAL: &str = r#"PROJCS["WGS 84 / Pseudo-Mercator",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Mercator_1SP"],PARAMETER["central_meridian",0],PARAMETER["scale_factor",1],PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1],EXTENSION["PROJ4","+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +wktext +no_defs"]]"#;

fn code(text: &str) -> Result<u32, String> {
    Crs::from_text(text).map(Crs::code).map_err(|refusal| refusal.why)
}

#[test]
fn forms_of_programs_name_their_system() {
    for text in [ESRI, GDAL, WKT2, PROJJSON] {
        assert_eq!(code(text), Ok(5899), "{text}");
    }
    let utm = |datum: &str| ESRI.replace("107.75", "111").replace("0.9999", "0.9996").replace("D_Vietnam_2000", datum);
    assert_eq!(code(&utm("D_Vietnam_2000")), Ok(3406));
    assert_eq!(code(&utm("D_WGS_1984").replace("GCS_VN_2000", "GCS_WGS_1984")), Ok(32649));
    for (text, expected) in [(WGS84_ESRI, 4326), (WEB_ESRI, 3857), (WEB_GDAL, 3857)] {
        assert_eq!(code(text), Ok(expected), "{text}");
    }
    let ensemble = r#"GEOGCRS["WGS 84",ENSEMBLE["World Geodetic System 1984 ensemble",MEMBER["World Geodetic System 1984 (Transit)"],ELLIPSOID["WGS 84",6378137,298.257223563,LENGTHUNIT["metre",1]],ENSEMBLEACCURACY[2.0]],PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]],CS[ellipsoidal,2],AXIS["latitude",north,ORDER[1],ANGLEUNIT["degree",0.0174532925199433]],AXIS["longitude",east,ORDER[2],ANGLEUNIT["degree",0.0174532925199433]],ID["EPSG",4326]]"#;
    assert_eq!(code(ensemble), Ok(4326));
    assert_eq!(code(r#"{"wkid":102100,"latestWkid":3857}"#), Ok(3857));
    assert_eq!(code(r#"{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}"#), Ok(4326));
}

#[test]
fn zones_are_found_whatever_their_name_and_datum_are_called() {
    for name in ["VN_2000_TM_3_107_45", "VN-2000 / TM-3 Da Nang zone", "VN2000_QN", "unnamed", ""] {
        assert_eq!(code(&ESRI.replacen("NAME", name, 1)), Ok(5899), "{name}");
    }
    // What GDAL and QGIS write where a system was typed in as a PROJ string.
    let unknown = ESRI.replace("D_Vietnam_2000", "D_unknown").replace("GCS_VN_2000", "GCS_unknown");
    assert_eq!(code(&unknown), Ok(5899));
    let shifted = |datum: &str, shift: &str| {
        let ellipsoid = "SPHEROID[\"WGS_1984\",6378137.0,298.257223563]";
        ESRI.replace("D_Vietnam_2000", datum).replace(ellipsoid, &format!("{ellipsoid},TOWGS84[{shift}]"))
    };
    let seven = "-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278";
    assert_eq!(code(&shifted("WGS_1984", seven)), Ok(5899));
    assert!(code(&shifted("unknown", "1,2,3,0,0,0,0")).unwrap_err().contains("with the shift 1,2,3"));
    // A code where the parameters say nothing, and a compound with heights.
    assert_eq!(code(r#"PROJCS["x",GEOGCS["y"],AUTHORITY["EPSG","9218"]]"#), Ok(9218));
    assert_eq!(code(&format!(r#"COMPD_CS["x",{GDAL},VERT_CS["Hon Dau",VERT_DATUM["Hon Dau",2005]]]"#)), Ok(5899));
    assert_eq!(code(&format!("BOUNDCRS[SOURCECRS[{WKT2}],TARGETCRS[{WGS84_ESRI}]]")), Ok(5899));
}

#[test]
fn texts_that_contradict_themselves_or_name_others_are_refused() {
    for (text, why) in [
        (GDAL.replace("107.75", "108"), "its parameters are those of EPSG:5898"),
        (ESRI.replace("D_Vietnam_2000", "D_Hanoi_1972"), "the datum \"D_Hanoi_1972\""),
        (ESRI.replace("D_Vietnam_2000", "D_WGS_1984"), "often VN-2000 under a wrong name"),
        (ESRI.replace("107.75", "109"), "the central meridian 109"),
        (ESRI.replace("500000.0", "0.0"), "0 m added to x"),
        (ESRI.replace("\"Meter\",1.0", "\"Foot_US\",0.3048006096012192"), "the unit \"Foot_US\""),
        (ESRI.replace("Transverse_Mercator", "Lambert_Conformal_Conic"), "the projection \"Lambert_Conformal_Conic\""),
        (ESRI.replace("\"False_Northing\",0.0", "\"False_Northing\",5.0"), "a False_Northing that is not 0"),
        (ESRI.replace("\"Greenwich\",0.0", "\"Paris\",2.33"), "a prime meridian that is not 0"),
        (
            WGS84_ESRI.replace("WGS_1984\",DATUM[\"D_WGS_1984", "Unknown\",DATUM[\"D_Unknown"),
            "does not say whether it is on WGS 84 or VN-2000",
        ),
        (r#"LOCAL_CS["x"]"#.to_owned(), "is a LOCAL_CS"),
        (r#"GEOCCS["x"]"#.to_owned(), "is a GEOCCS"),
        (r#"FOO["x"]"#.to_owned(), "it begins with \"FOO\""),
        (r#"{"type":"link"}"#.to_owned(), "is a \"link\""),
        ("{".to_owned(), "cannot be read as JSON"),
        ("somewhere".to_owned(), "is none of the names that are known"),
        (
            PROJJSON.replace("107.75", "109").replace(r#","id":{"authority":"EPSG","code":5899}"#, ""),
            "the central meridian 109",
        ),
    ] {
        let refusal = code(&text).unwrap_err();
        assert!(refusal.contains(why), "{text}: {refusal}");
    }
}

#[test]
fn every_cut_of_a_text_is_read_or_refused() {
    for text in [ESRI, GDAL, WKT2, PROJJSON] {
        for end in 0..text.len() {
            assert!(code(&text[..end]).is_err(), "{}", &text[..end]);
        }
    }
}

#[test]
fn table_of_the_documentation_is_that_of_the_program() {
    let documented = include_str!("../../../API.md");
    for crs in Crs::all() {
        assert!(documented.contains(&format!("\n| {} | {} |", crs.code(), crs.name())), "{crs}");
    }
}
