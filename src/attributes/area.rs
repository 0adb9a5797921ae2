//! The attributes of an area, in the order in which tiles, answers and tables carry them.
//!
//! To add one: write its row, then its value where the compiler asks for it, then a test that knows its number. A row is
//! for operators alone until it says for whom else.

use super::attribute::{AttributeUnit, Carrier, ValueSource, attributes, count, number, text};
use super::format::ValueFormat::{Count, Decimal, Density, Rate, Share};
use crate::domain::role::Role;

attributes! {
    /// What is said of an area.
    AreaAttribute in AREA_ATTRIBUTES;

    Code: "Official code, meaningful only with its edition" =>
        text("code", "Mã", "Code").from(ValueSource::Boundaries).public().always_known();
    Name: "Official name" =>
        text("name", "Tên", "Name").from(ValueSource::Boundaries).public().always_known();
    Level: "commune, district or province" =>
        text("level", "Cấp", "Level").from(ValueSource::Boundaries).public().always_known();
    Parent: "Code of the area of the next wider level" =>
        text("parent", "Mã đơn vị cấp trên", "Code of the wider area").from(ValueSource::Boundaries).public();
    Population: "Residents at the middle of the period" =>
        count("population", "Số dân", "Residents").from(ValueSource::Counts).public();
    AreaKm2: "Geodesic area, km²" =>
        number(Decimal, "area_km2", "Diện tích", "Area")
            .unit(AttributeUnit::SquareKilometres)
            .from(ValueSource::Boundaries)
            .public();
    Incidents: "Incidents of the filter, known by a point or by their commune" =>
        count("incidents", "Số vụ", "Incidents").from(ValueSource::Counts).public();
    Detected: "Incidents found by police work beside the count, of the same days and severities" =>
        count("detected", "Số vụ do lực lượng chức năng phát hiện", "Incidents found by police work")
            .short("Phát hiện", "Found by police")
            .only_in(Carrier::AnswersAndTables)
            .public();
    Rate: "Incidents per 100,000 person-years" =>
        number(Rate, "rate", "Tỷ suất", "Rate")
            .unit(AttributeUnit::Per100kPersonYears)
            .from(ValueSource::Counts)
            .public();
    RateSmoothed: "Empirical-Bayes rate per 100,000 person-years" =>
        number(Rate, "rate_smoothed", "Tỷ suất làm trơn", "Smoothed rate")
            .unit(AttributeUnit::Per100kPersonYears)
            .public();
    RateLow: "Exact lower 95 % limit of the rate" =>
        number(Rate, "rate_low", "Tỷ suất, giới hạn dưới 95 %", "Rate, lower 95 % limit")
            .unit_in_label(AttributeUnit::Per100kPersonYears)
            .public();
    RateHigh: "Exact upper 95 % limit of the rate" =>
        number(Rate, "rate_high", "Tỷ suất, giới hạn trên 95 %", "Rate, upper 95 % limit")
            .unit_in_label(AttributeUnit::Per100kPersonYears)
            .public();
    Ratio: "Median relative risk against the common level of all areas" =>
        number(Decimal, "ratio", "Tỷ số nguy cơ so với mức chung", "Relative risk against the common level")
            .short("So mức chung", "Against the common level")
            .public();
    RatioLow: "Lower end of the credible interval of the relative risk" =>
        number(Decimal, "ratio_low", "Tỷ số, đầu dưới của khoảng", "Relative risk, lower end").public();
    RatioHigh: "Upper end of the credible interval of the relative risk" =>
        number(Decimal, "ratio_high", "Tỷ số, đầu trên của khoảng", "Relative risk, upper end").public();
    Grade: "A to E, or range, insufficient, suppressed, none" =>
        text("grade", "Xếp loại", "Grade").public().always_known();
    GradeBest: "Band of the lower end of the interval" =>
        text("grade_best", "Xếp loại tốt nhất có thể", "Best likely grade").public();
    GradeWorst: "Band of the upper end of the interval" =>
        text("grade_worst", "Xếp loại kém nhất có thể", "Worst likely grade").public();
    ProbLetter: "Probability of the band of the median, that of the letter where one is shown, 0 to 1" =>
        number(Share, "prob_letter", "Xác suất đúng loại", "Probability of the grade")
            .public();
    Reliability: "Share of the estimate that comes from the area itself, 0 to 1" =>
        number(Share, "reliability", "Độ tin cậy", "Reliability").public();
    Difference: "Against the common level: higher, lower or not_clearly_different" =>
        text("difference", "So với mức chung", "Against the common level").public();
    Trend: "Against the window before: up, down or equal" =>
        text("trend", "Xu hướng so với kỳ trước", "Trend against the window before")
            .short("So với kỳ trước", "Against the period before")
            .public();
    HotSpot: "Whether high or low rates gather around the area by Gi*, for analysts: hot, cold or none" =>
        text("hot_spot", "Điểm nóng (Gi*)", "Hot spot (Gi*)").least(Role::Planner);
    PeerGroup: "Group of areas that live alike, an id of /meta" =>
        text("peer_group", "Nhóm cùng địa bàn", "Peer group").public();
    Statutory: "Official decision: met, not_met or insufficient" =>
        text("statutory", "Công nhận theo quy định", "Official decision")
            .short("An toàn ANTT", "Statutory standard")
            .public()
            .always_known();
    StatutoryCheck: "Our check beside the decision: agrees, disagrees or unknown" =>
        text("statutory_check", "Đối chiếu với quyết định", "Our check against the decision").least(Role::Planner);
    MovementGrade: "Grade of the movement: excellent, good, average or weak" =>
        text("movement_grade", "Phân loại phong trào", "Grade of the movement").least(Role::Planner);
    Models: "Active community models on the last day of the period" =>
        count("models", "Mô hình đang hoạt động", "Active community models")
            .short("Mô hình", "Models")
            .public()
            .always_known();
    ModelDensity: "Active community models per 10,000 residents" =>
        number(Density, "model_density", "Mô hình trên 10.000 dân", "Models per 10,000 residents")
            .short("Trên 10.000 dân", "Per 10,000 residents")
            .unit_in_label(AttributeUnit::Per10kResidents)
            .public();
    ModelDensityKm2: "Active community models per km²" =>
        number(Decimal, "model_density_km2", "Mô hình trên km²", "Models per km²")
            .short("Trên 1 km²", "Per km²")
            .unit_in_label(AttributeUnit::PerSquareKilometre)
            .public();
    ModelDensityResidential: "Active community models per residential area" =>
        number(Decimal, "model_density_residential", "Mô hình trên mỗi khu dân cư", "Models per residential area")
            .short("Trên một khu dân cư", "Per residential area")
            .unit_in_label(AttributeUnit::PerResidentialArea)
            .least(Role::Planner);
    ResidentialServed: "Residential areas served by a community model over residential areas, 0 to 1" =>
        number(Share, "residential_served", "Tỷ lệ khu dân cư có mô hình", "Share of residential areas with a model")
            .short("Khu dân cư có mô hình", "Residential areas with a model")
            .least(Role::Planner);
    CertifiedShare: "Recognised residential areas over residential areas, 0 to 1; for the public the nearest tenth" =>
        number(Share, "certified_share", "Tỷ lệ khu dân cư được công nhận", "Share of residential areas recognised")
            .short("Đã công nhận", "Certified")
            .public();
    PersonYears: "Residents times years of the period" =>
        number(Count, "person_years", "Người-năm", "Person-years")
            .unit_in_label(AttributeUnit::PersonYears)
            .only_in(Carrier::AnswersAndTables)
            .public();
    Expected: "Incidents expected at the common rate of all areas" =>
        number(Rate, "expected", "Số vụ theo mức chung", "Incidents at the common rate")
            .only_in(Carrier::AnswersAndTables)
            .public();
    ProbAbove1: "Probability that the relative risk exceeds 1" =>
        number(Share, "prob_above_1", "Xác suất cao hơn mức chung", "Probability of lying above the common level")
            .only_in(Carrier::AnswersAndTables)
            .public();
    WithoutPoint: "Those of the incidents that are known by their commune alone, without a point" =>
        count("without_point", "Trong đó chỉ biết xã", "Of these known by commune only")
            .least(Role::Planner)
            .only_in(Carrier::AnswersAndTables);
    Withheld: "Why there is no single letter; absent where there is one" =>
        text("withheld", "Lý do không xếp loại", "Why there is no grade").only_in(Carrier::Answers).public();
}
